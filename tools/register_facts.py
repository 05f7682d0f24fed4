"""Facts about places that no table of the shared data holds: days, memberships, islands."""

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
ENDED_AUTHORITIES = {"E47000010": "E12000001", "E47000011": "E12000001"}

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
