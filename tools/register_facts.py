"""Facts about places that no table of the shared data holds: days, memberships, islands."""

DESCRIPTION = """\
name: UK 2025
day: 2025-04-01
about: >-
  The United Kingdom on 1 April 2025: its nations, regions, combined authorities, counties and the
  361 districts, with the districts and authorities that ended since 2012. A place that ended bears
  the first day on which it was no longer there. Longitude and latitude are those of a district's
  middle; a larger place has the mean of its districts', weighted by their areas. Column and row
  are a district's hexagon in a cartogram whose odd rows stand half a cell to the right. Also holds
  Welsh, former and official names.
sources:
  - publisher: Office for National Statistics
    title: Names and codes of local authority districts, regions and combined authorities
    licence: Open Government Licence v3.0
  - publisher: Office for National Statistics
    title: Local Authority District to Combined Authority (May 2025) lookup in England
    licence: Open Government Licence v3.0
  - publisher: Office for National Statistics
    title: Local Authority Districts (December 2022), names, codes and centroids in the UK
    licence: Open Government Licence v3.0
  - publisher: Office for National Statistics
    title: Boundaries and changes of code of UK areas, 2014 to 2025
    licence: Open Government Licence v3.0
  - publisher: mySociety
    title: UK local authority names and codes
    licence: Creative Commons Attribution 4.0
"""

COUNTRY_GROUPS = {
    "K03000001": ("Great Britain", ("E92000001", "S92000003", "W92000004")),
    "K04000001": ("England and Wales", ("E92000001", "W92000004")),
}
UNITED_KINGDOM = ("K02000001", "United Kingdom")

# Days on which an Act or an Order took effect: (name, started, ended).
COMBINED_AUTHORITIES = {
    "E47000001": ("Greater Manchester", "2011-04-01", ""),
    "E47000002": ("South Yorkshire", "2014-04-01", ""),
    "E47000003": ("West Yorkshire", "2014-04-01", ""),
    "E47000004": ("Liverpool City Region", "2014-04-01", ""),
    "E47000005": ("North East", "2014-04-15", "2018-11-02"),
    "E47000006": ("Tees Valley", "2016-04-01", ""),
    "E47000007": ("West Midlands", "2016-06-17", ""),
    "E47000008": ("Cambridgeshire and Peterborough", "2017-03-03", ""),
    "E47000009": ("West of England", "2017-02-09", ""),
    "E47000010": ("North East", "2018-11-02", "2024-05-07"),
    "E47000011": ("North of Tyne", "2018-11-02", "2024-05-07"),
    "E47000012": ("York and North Yorkshire", "2024-02-01", ""),
    "E47000013": ("East Midlands", "2024-02-27", ""),
    "E47000014": ("North East", "2024-05-07", ""),
    "E47000015": ("Devon and Torbay", "2025-02-05", ""),
    "E47000016": ("Hull and East Yorkshire", "2025-02-05", ""),
    "E47000017": ("Greater Lincolnshire", "2025-02-05", ""),
    "E47000018": ("Lancashire", "2025-02-05", ""),
}
ENDED_AUTHORITIES = {
    "E47000005": "E12000001",
    "E47000010": "E12000001",
    "E47000011": "E12000001",
}
# A county that ended: (name, region, year).
ENDED_COUNTIES = {"E11000004": ("Tyne and Wear", "E12000001", 2013)}
# Changes that no table holds: (old, new, day). An old code that stands twice was split.
MORE_CHANGES = (
    ("E11000004", "E11000007", "2013-04-01"),
    ("E47000005", "E47000010", "2018-11-02"),
    ("E47000005", "E47000011", "2018-11-02"),
)
# Codes that were given up because an Order moved the boundary between two places.
BOUNDARY_MOVED = {
    "E06000048",  # The Gateshead and Northumberland (Boundary Change) Order 2013
    "E08000020",
    "E11000004",
    "E07000097",  # The East Hertfordshire and Stevenage (Boundary Change) Order 2013
    "E07000101",
    "E07000100",  # The St Albans and Welwyn Hatfield (Boundary Change) Order 2012
    "E07000104",
    "E08000016",  # The Barnsley and Sheffield (Boundary Change) Order 2024
    "E08000019",
    "S12000015",  # Fife, and Perth and Kinross: Boundaries Amendment Order 2017
    "S12000024",
    "S12000044",  # Glasgow City and North Lanarkshire: Boundaries Amendment Order 2018
    "S12000046",
}
# A name in a table that belongs to another place.
REFUSED_NAMES = {"Yorkshire and The Humber MCA"}
# Names that no table beside them holds.
OTHER_NAMES = {
    "W92000004": ("Cymru",),
    "E06000010": ("Hull",),
    "E47000002": ("Sheffield City Region",),
    "E47000014": ("North East Mayoral Combined Authority",),
}

CITY_REGIONS = {
    "E61000001": ("Greater London Authority", "E12000007", "2000-07-03"),
    "N34000001": ("Belfast City Region", "N92000002", ""),
    "N34000002": ("Derry-Londonderry City Region", "N92000002", ""),
    "W42000001": ("Cardiff Capital Region", "W92000004", ""),
    "W42000002": ("Growing Mid Wales", "W92000004", ""),
    "W42000003": ("North Wales Economic Ambition Board", "W92000004", ""),
    "W42000004": ("Swansea Bay City Region", "W92000004", ""),
}
CITY_REGION_DISTRICTS = {
    "N34000001": (1, 3, 7, 8, 10, 11),
    "N34000002": (5,),
    "W42000001": (13, 14, 15, 16, 18, 19, 20, 21, 22, 24),
    "W42000002": (8, 23),
    "W42000003": (1, 2, 3, 4, 5, 6),
    "W42000004": (9, 10, 11, 12),
}

METROPOLITAN_COUNTIES = {
    "E11000001": range(1, 11),
    "E11000002": range(11, 16),
    "E11000003": (16, 17, 18, 19, 38, 39),
    "E11000005": range(25, 32),
    "E11000006": range(32, 37),
    "E11000007": (21, 22, 23, 24, 37),
}
LONDON = {"E13000001": "Inner London", "E13000002": "Outer London"}
INNER_LONDON = frozenset({1, 7, 12, 13, 14, 19, 20, 22, 23, 25, 28, 30, 32, 33})

# The days of changes whose table gives the year alone, or that it leaves out.
CHANGES = {
    "E06000048": "2013-04-01",
    "E07000097": "2013-04-01",
    "E07000100": "2012-04-01",
    "E07000101": "2013-04-01",
    "E07000104": "2012-04-01",
    "E08000020": "2013-04-01",
    "S12000015": "2018-02-02",
    "S12000024": "2018-02-02",
    "S12000044": "2019-04-01",
    "S12000046": "2019-04-01",
    "E47000010": "2024-05-07",
    "E47000011": "2024-05-07",
}
# Unitary authorities of the reform of 2009, and the one that was renumbered since.
UNITARIES_OF_2009 = {f"E060000{number}" for number in (47, 48, 49, 50, 51, 52, 54, 55, 56)}
NORTHERN_IRELAND_DISTRICTS = "2015-04-01"

# Where an island stands: so many cells east and north of a place on the mainland.
ISLANDS = {
    "E06000046": ("E06000044", -0.6, -2.7),
    "E06000053": ("E06000052", -1.0, -2.6),
    "S12000013": ("S12000017", -2.5, 1.5),
    "S12000023": ("S12000017", 0.5, 3.4),
    "S12000027": ("S12000017", 2.5, 5.2),
    "W06000001": ("W06000002", -2.0, 1.5),
}
# Northern Ireland's middle: so many cells east and north of Cumberland.
NORTHERN_IRELAND = ("E06000063", -6.5, 0.0)

# NUTS areas of the United Kingdom that ended, with the areas that came in their place
# (Eurostat, NUTS 2006, 2010 and 2013; Commission Regulations 105/2007, 31/2011 and 1319/2013).
NUTS_ENDED_2013 = {
    "UKD31": ("Greater Manchester South", ("UKD33", "UKD34", "UKD35")),
    "UKD32": ("Greater Manchester North", ("UKD36", "UKD37")),
    "UKD43": ("Lancashire CC", ("UKD44", "UKD45", "UKD46", "UKD47")),
    "UKH13": ("Norfolk", ("UKH15", "UKH16", "UKH17")),
    "UKH33": ("Essex CC", ("UKH34", "UKH35", "UKH36", "UKH37")),
    "UKI1": ("Inner London", ("UKI3", "UKI4")),
    "UKI11": ("Inner London - West", ("UKI31", "UKI32", "UKI33", "UKI34")),
    "UKI12": ("Inner London - East", ("UKI41", "UKI42", "UKI43", "UKI44", "UKI45")),
    "UKI2": ("Outer London", ("UKI5", "UKI6", "UKI7")),
    "UKI21": ("Outer London - East and North East", ("UKI51", "UKI52", "UKI53", "UKI54")),
    "UKI22": ("Outer London - South", ("UKI61", "UKI62", "UKI63")),
    "UKI23": ("Outer London - West and North West", ("UKI71", "UKI72", "UKI73", "UKI74", "UKI75")),
    "UKJ23": ("Surrey", ("UKJ25", "UKJ26")),
    "UKJ24": ("West Sussex", ("UKJ27", "UKJ28")),
    "UKJ33": ("Hampshire CC", ("UKJ35", "UKJ36", "UKJ37")),
    "UKJ42": ("Kent CC", ("UKJ43", "UKJ44", "UKJ45", "UKJ46")),
}
NUTS_ENDED_2010 = {
    "UKD2": ("Cheshire", ("UKD6", "UKD7")),
    "UKD21": ("Halton and Warrington", ("UKD61", "UKD71")),
    "UKD22": ("Cheshire CC", ("UKD62", "UKD63")),
    "UKD5": ("Merseyside", ("UKD7",)),
    "UKD51": ("East Merseyside", ("UKD71",)),
    "UKD52": ("Liverpool", ("UKD72",)),
    "UKD53": ("Sefton", ("UKD73",)),
    "UKD54": ("Wirral", ("UKD74",)),
    "UKE43": ("Calderdale, Kirklees and Wakefield", ("UKE44", "UKE45")),
    "UKF23": ("Northamptonshire", ("UKF24", "UKF25")),
    "UKG34": ("Dudley and Sandwell", ("UKG36", "UKG37")),
    "UKG35": ("Walsall and Wolverhampton", ("UKG38", "UKG39")),
    "UKH22": ("Bedfordshire CC", ("UKH24", "UKH25")),
}

# Codes in published tables that are no place of a geography: (name, the words of the publisher).
GROUPINGS = {
    "K99000001": "UK not allocated",
    "K99000002": "UK less Extra-Regio",
    "K99000004": "Outside of England and Unknown",
    "TLB": "England",
    "TLZ": "Extra-Regio",
    "UK": "United Kingdom",
    "UKX": "United Kingdom less Extra-Regio",
    "UKZ": "Extra-Regio NUTS 1",
    "UKZZ": "Extra-Regio NUTS 2",
    "UKZZZ": "Extra-Regio NUTS 3",
}
# Northern Ireland's districts as the tables of fixed capital number them, and ITL 2021's code.
ITL_2021_RENUMBERED = {
    "TLN10": "TLN0A",
    "TLN11": "TLN0B",
    "TLN12": "TLN0C",
    "TLN13": "TLN0D",
    "TLN14": "TLN0E",
    "TLN15": "TLN0F",
    "TLN16": "TLN0G",
}

# The list of 2017 has 38 partnerships: the 39 of 2014 without E37000013, E37000026 and E37000031,
# and these two, which took their place (the one of Northamptonshire joined the South East
# Midlands). They had other codes by the list of 2020, of which the day stands for an unknown one.
PARTNERSHIPS_OF_2017 = {
    "E37000041": "South East Midlands",
    "E37000042": "Greater Cambridge and Greater Peterborough",
}
LEP_DAY = "2020-04-01"
