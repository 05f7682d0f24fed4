"""Which published files the West Midlands workspace takes its figures from."""

from dataclasses import dataclass

LICENCE = "Open Government Licence v3.0"
ONS = "Office for National Statistics"
OFCOM_PAGE = (
    "https://www.ofcom.org.uk/phones-and-broadband/coverage-and-speeds/infrastructure-research"
)
COMMIT_DAY = "2026-06-26"
RENUMBERED = (
    "Sheffield and its neighbour Barnsley were renumbered on 1 April 2025; figures published under "
    "the old codes are kept under the new ones."
)
TERRITORIAL = (
    "Published under international territorial levels; the same areas are kept under their own "
    "codes: TLC to TLK as the regions E12000001 to E12000009, TLB as England, TLL as Wales, TLM as "
    "Scotland and TLN as Northern Ireland."
)
EXTRA_REGIO = "The figure kept for the United Kingdom is published for 'UK less Extra-Regio'."
KEPT_UK = "The figure kept for the United Kingdom includes Extra-Regio, the offshore part."


@dataclass(frozen=True, slots=True)
class ElsFile:
    """A file of ONS Explore Local Statistics: its title, its indicators by their names there."""

    title: str
    indicators: dict[str, str]
    note: str = ""


ELS = {
    "gigabit-capable-broadband": ElsFile(
        "Gigabit capable broadband", {"Gigabit capable broadband": "gigabit-premises"}
    ),
    "premises-below-30": ElsFile(
        "Premises below 30Mbps", {"Premises below 30Mbps": "below-30-premises"}
    ),
    "network-coverage-4g": ElsFile("4G coverage", {"4G coverage": "4g-area"}),
    "network-coverage-5g": ElsFile("5G coverage", {"5G coverage": "5g-area"}),
    "qualifications-level-3-or-above": ElsFile(
        "Level 3 or above qualifications (Great Britain)",
        {"Level 3 or above qualifications (Great Britain)": "level-3"},
        RENUMBERED,
    ),
    "qualifications-none-gb": ElsFile(
        "No qualifications", {"No qualifications": "no-qualifications"}, RENUMBERED
    ),
    "apprenticeships": ElsFile(
        "Apprenticeship starts (England)",
        {"Apprenticeship starts (England)": "apprenticeship-starts"},
    ),
    "further-education-and-skills-participation": ElsFile(
        "Further education and skills participation",
        {"Further education and skills participation": "further-education-participation"},
    ),
    "gcses-in-english-and-maths": ElsFile(
        "GCSEs in English and maths", {"GCSEs in English and Maths": "gcse-english-maths"}
    ),
    "research-and-development-business": ElsFile(
        "Business expenditure on research and development",
        {"Business expenditure on research and development": "business-r-and-d"},
    ),
    "business-demography": ElsFile(
        "Business demography",
        {
            "Business births": "business-births",
            "High growth businesses": "high-growth-businesses",
        },
    ),
    "foreign-direct-investment": ElsFile(
        "Foreign direct investment",
        {"Inward foreign direct investment": "inward-fdi"},
        TERRITORIAL,
    ),
    "total-value-of-uk-exports": ElsFile(
        "Value of UK exports", {"Value of UK exports": "exports"}, TERRITORIAL
    ),
    "gross-value-added": ElsFile(
        "Gross value added per hour worked",
        {"Gross value added per hour worked": "gva-per-hour"},
        f"{TERRITORIAL} {EXTRA_REGIO} {RENUMBERED}",
    ),
    "gross-median-weekly-pay": ElsFile(
        "Gross median weekly pay", {"Gross median weekly pay": "median-weekly-pay"}, RENUMBERED
    ),
    "gross-disposable-household-income-per-head": ElsFile(
        "Gross disposable household income per head",
        {"Gross disposable household income": "gdhi-per-head"},
        RENUMBERED,
    ),
    "employment-rate": ElsFile("Employment rate", {"Employment rate": "employment-rate"}),
}
# Numerators of reckoned indicators: their figures of this year are kept for every place, so that
# they meet the gross value added of that year.
MEETING = {"business-r-and-d": "2023", "inward-fdi": "2023", "exports": "2023"}

HISTORY = {
    "gigabit": ("gigabit-premises", "Gigabit capable broadband"),
    "4g": ("4g-area", "4G coverage"),
    "5g": ("5g-area", "5G coverage"),
    "below30": ("below-30-premises", "Premises below 30Mbps"),
}

OFCOM = {
    "ofcom-mobile-2024": {
        "publisher": "Ofcom",
        "title": "Connected Nations 2024: mobile coverage by local authority",
        "edition": "September 2024",
        "url": OFCOM_PAGE,
        "licence": LICENCE,
        "file": "ofcom/mobile-by-laua.json",
        "note": (
            "Taken from a reuse of Ofcom's table that keeps some of its columns and reads a blank "
            f"as 0. Districts only. {RENUMBERED}"
        ),
    },
    "ofcom-broadband-2024": {
        "publisher": "Ofcom",
        "title": "Connected Nations 2024: fixed broadband coverage by local authority",
        "edition": "July 2024",
        "url": OFCOM_PAGE,
        "licence": LICENCE,
        "file": "ofcom/broadband-by-laua.json",
        "note": (
            "Taken from a reuse of Ofcom's table that keeps some of its columns. Districts only. "
            f"{RENUMBERED}"
        ),
    },
    "ofcom-full-fibre-take-up-2025": {
        "publisher": "Ofcom",
        "title": "Full-fibre take-up by local authority",
        "edition": "July 2025",
        "url": OFCOM_PAGE,
        "licence": LICENCE,
        "file": "ofcom/202507_full_fibre_take-up_laua_r01.csv",
        "note": f"Whole percentages. Districts only. {RENUMBERED}",
    },
}

GVA_PAGES = "https://www.ons.gov.uk/economy/"
GVA_DISTRICTS = {
    "publisher": ONS,
    "title": "Regional gross value added (balanced) by industry: local authorities by ITL1 region",
    "edition": "1998 to 2023, published 17 April 2025",
    "url": (
        f"{GVA_PAGES}grossdomesticproductgdp/datasets/"
        "regionalgrossvalueaddedbalancedbyindustrylocalauthoritiesbyitl1region"
    ),
    "licence": LICENCE,
    "published": "2025-04-17",
    "accessed": "2025-05-07",
    "file": "regional-accounts/RGVA_LAD.parquet",
    "note": f"Current prices. {RENUMBERED}",
}
WORKBOOK = {
    "publisher": ONS,
    "title": "UK business: activity, size and location, 2024, Table 1",
    "edition": "March 2024",
    "url": (
        "https://www.ons.gov.uk/businessindustryandtrade/business/activitysizeandlocation/"
        "datasets/ukbusinessactivitysizeandlocation"
    ),
    "licence": LICENCE,
    "published": "2024-09-25",
    "file": "industry/uk-business-counts/ukbusinessworkbook2024.xlsx",
    "note": f"Rounded to fives. {RENUMBERED}",
}
SUMMED = (
    "Summed over the districts of each combined authority of May 2025, since the publisher gives "
    "no figure for it."
)
OTHER = OFCOM | {
    "ons-gva-districts": GVA_DISTRICTS,
    "ons-gva-districts-summed": GVA_DISTRICTS
    | {"note": f"{SUMMED} Current prices; each district is rounded to whole millions."},
    "ons-gva-regions": {
        "publisher": ONS,
        "title": "Nominal and real regional gross value added (balanced) by industry",
        "edition": "1998 to 2023, published 17 April 2025",
        "url": (
            f"{GVA_PAGES}grossvalueaddedgva/datasets/"
            "nominalandrealregionalgrossvalueaddedbalancedbyindustry"
        ),
        "licence": LICENCE,
        "published": "2025-04-17",
        "accessed": "2025-05-07",
        "file": "regional-accounts/RGVA.parquet",
        "note": f"Current prices. {TERRITORIAL} {KEPT_UK}",
    },
    "ons-uk-business-2024": WORKBOOK,
    "ons-uk-business-2024-summed": WORKBOOK
    | {"note": f"{SUMMED} Each district is rounded to fives, so the sum may be some fives out."},
}

TERRITORIES = {
    "TLB": "E92000001",
    "TLC": "E12000001",
    "TLD": "E12000002",
    "TLE": "E12000003",
    "TLF": "E12000004",
    "TLG": "E12000005",
    "TLH": "E12000006",
    "TLI": "E12000007",
    "TLJ": "E12000008",
    "TLK": "E12000009",
    "TLL": "W92000004",
    "TLM": "S92000003",
    "TLN": "N92000002",
    "UK": "K02000001",
}
CORE_CITIES = (
    "E06000018",
    "E06000023",
    "E08000003",
    "E08000012",
    "E08000021",
    "E08000035",
    "E08000039",
    "N09000003",
    "S12000036",
    "S12000049",
    "W06000015",
)
