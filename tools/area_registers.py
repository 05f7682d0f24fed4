"""What the registers beside the main one are, in words, and where their codes were published."""

import textwrap

_ONS = (
    "  - publisher: Office for National Statistics\n    title: {}\n"
    "    licence: Open Government Licence v3.0\n"
)


def _about(name: str, day: str, words: str, *, within: str = "") -> str:
    outside = f"within: [{within}]\n" if within else ""
    lines = textwrap.wrap(words, 96)
    return f"name: {name}\nday: {day}\n{outside}about: >-\n" + "".join(
        f"  {line}\n" for line in lines
    )


def _sources(*titles: str) -> str:
    return "sources:\n" + "".join(_ONS.format(title) for title in titles)


ABOUT = {
    "itl-2025": _about(
        "ITL 2025",
        "2025-01-01",
        "International territorial levels 1, 2 and 3 of the United Kingdom, in their form of 2025.",
    ),
    "itl-2021": _about(
        "ITL 2021",
        "2021-01-01",
        "International territorial levels 1, 2 and 3 of the United Kingdom, in their form of 2021.",
    ),
    "nuts-2016": _about(
        "NUTS 2016",
        "2018-01-01",
        "Territorial units for statistics of the United Kingdom in the version of 2016, in "
        "force from 2018. Most codes became those of ITL 2021 with TL in place of UK.",
    ),
    "nuts-2013": _about(
        "NUTS 2013",
        "2015-01-01",
        "Territorial units for statistics of the United Kingdom in the version of 2013, in "
        "force from 2015.",
    ),
    "nuts-2010": _about(
        "NUTS 2010",
        "2012-01-01",
        "Territorial units for statistics of the United Kingdom in the version of 2010, in "
        "force from 2012. Areas that stayed have their names of 2013.",
    ),
    "nuts-2006": _about(
        "NUTS 2006",
        "2008-01-01",
        "Territorial units for statistics of the United Kingdom in the version of 2006, in "
        "force from 2008. Areas that stayed have their names of 2013.",
    ),
    "lau-1": _about(
        "LAU 1",
        "2018-01-01",
        "Local administrative units of Scotland in their form of 2016 to 2025, of which NUTS "
        "and ITL areas are made. Parents are the council area of April 2025 and the areas "
        "above.",
        within="uk-2025, itl-2025, nuts-2016",
    ),
    "wards-2025": _about(
        "wards 2025",
        "2025-05-01",
        "Wards of England and Wales that were there at some time from 2022 to 2025. The "
        "parent is the district of April 2025.",
        within="uk-2025",
    ),
    "groupings": _about(
        "groupings",
        "2025-04-01",
        "Codes that publishers use in tables for what is no place of a geography: what could "
        "not be allocated, the continental shelf, and totals with and without them.",
    ),
    "lep-2020": _about(
        "LEP 2020",
        "2020-04-01",
        "Local enterprise partnerships in England: those of 2020, and those of 2014 and 2017 "
        "that had ended by then, with the day of the list of 2020 for their unknown last day. "
        "They could overlap.",
    ),
    "lsip-2023": _about(
        "LSIP 2023",
        "2023-04-01",
        "Areas of the local skills improvement plans in England, made of districts of April 2023.",
    ),
    "ttwa-2011": _about(
        "TTWA 2011",
        "2015-08-01",
        "Travel to work areas of the United Kingdom, made from the census of 2011.",
    ),
    "small-areas-2011": _about(
        "small areas 2011",
        "2011-03-27",
        "Lower layer super output areas of England and Wales and data zones of Scotland of "
        "2011, and the super output areas of Northern Ireland of 2001, which were used until "
        "2021. Parents are the middle layer area and the district of April 2025.",
    ),
    "small-areas-2021": _about(
        "small areas 2021",
        "2021-03-21",
        "Lower layer super output areas of England and Wales and data zones of Northern "
        "Ireland of 2021. Parents are the middle layer area and the district of April 2025; "
        "those of the data zones are not known here. The lookup names one part of an area of "
        "2011 that was split; the others are in the changes where no other area of the same "
        "middle layer area was split, and are not known elsewhere.",
    ),
    "middle-areas-2011": _about(
        "middle areas 2011",
        "2011-03-27",
        "Middle layer super output areas of England and Wales and intermediate zones of "
        "Scotland of 2011. The parent is the district of April 2025.",
    ),
    "middle-areas-2021": _about(
        "middle areas 2021",
        "2021-03-21",
        "Middle layer super output areas of England and Wales and super data zones of "
        "Northern Ireland of 2021. The parent is the district of April 2025. Changes follow from "
        "those of the small areas; those of Colchester, East Devon and Newham are not known.",
    ),
}
_EUROSTAT = (
    "  - publisher: Eurostat\n    title: NUTS, history of the codes of the United Kingdom\n"
    "    licence: Creative Commons Attribution 4.0\n"
)
SOURCES = {
    "itl-2025": _sources("LAD to ITL 3, 2 and 1 (2025) lookup in the UK"),
    "itl-2021": _sources(
        "Regional gross value added by industry, April 2024, tables 1c, 2c and 3c"
    ),
    "nuts-2016": _sources("LAD (2016) to NUTS 3, 2 and 1 (2018) lookup in the UK"),
    "nuts-2013": _sources("LAD (2013) to NUTS 3, 2 and 1 (2015) lookup in the UK"),
    "nuts-2010": _sources("LAD (2013) to NUTS 3, 2 and 1 (2015) lookup in the UK") + _EUROSTAT,
    "nuts-2006": _sources("LAD (2013) to NUTS 3, 2 and 1 (2015) lookup in the UK") + _EUROSTAT,
    "lau-1": _sources(
        "LAD (2016) to NUTS 3, 2 and 1 (2018) lookup in the UK",
        "LAD (2018) to NUTS 3, 2 and 1 (2018) lookup in the UK",
        "LAD to ITL 3, 2 and 1 (2025) lookup in the UK",
    ),
    "wards-2025": _sources("Explore local statistics, list of areas"),
    "groupings": _sources(
        "Explore local statistics", "Regional gross value added by industry, April 2024"
    ),
    "lep-2020": _sources(
        "Local enterprise partnerships (2020) names and codes in England",
        "LSOA (2011) to LEP (2014) lookup in England",
    ),
    "lsip-2023": _sources("LAD (2023) to LSIP (2023) lookup in England"),
    "ttwa-2011": _sources("LSOA (2011) to TTWA (2011) lookup in the UK"),
    "small-areas-2011": _sources(
        "LSOA (2011) to LSOA (2021) to LAD (2022) lookup in England and Wales",
        "Population-weighted centroids of small areas",
    )
    + "  - publisher: Scottish Government\n"
    "    title: Scottish Index of Multiple Deprivation 2020v2, for data zones and their councils\n"
    "    licence: Open Government Licence v3.0\n"
    "  - publisher: Northern Ireland Statistics and Research Agency\n"
    "    title: Northern Ireland Multiple Deprivation Measure 2017, for areas and their districts\n"
    "    licence: Open Government Licence v3.0\n",
    "small-areas-2021": _sources(
        "LSOA (2021) to LAD (April 2023) lookup in England and Wales",
        "Population-weighted centroids of small areas",
    ),
    "middle-areas-2011": _sources("MSOA (2011) names and districts"),
    "middle-areas-2021": _sources("MSOA (2021) names and districts"),
}
