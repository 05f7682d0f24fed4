"""The words by which a person's name is told from other capitals; each list is a file beside."""

from functools import cache
from importlib import resources

from placedex.places import bundled_register

HONORIFICS = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
    "baroness", "baron", "cllr", "councillor", "rev", "reverend", "ald", "alderman", "rt", "hon",
    "messrs", "madam",
))  # fmt: skip
TITLES = frozenset((
    "ceo", "cto", "cfo", "coo", "cio", "chief", "director", "head", "manager", "mayor", "leader",
    "lead", "minister", "commissioner", "consultant", "chair", "chairman", "chairwoman",
    "chairperson", "professor", "officer", "founder", "co-founder", "cofounder", "president",
    "vice-president", "secretary", "councillor", "mp", "mep", "partner", "member", "spokesperson",
    "spokesman", "spokeswoman", "adviser", "advisor", "analyst", "engineer", "teacher",
    "headteacher", "principal", "dean", "chancellor", "vice-chancellor", "lecturer", "researcher",
    "economist", "author", "owner", "entrepreneur", "apprentice", "student", "executive",
    "coordinator", "co-ordinator", "organiser", "ambassador", "trustee", "governor", "editor",
    "journalist", "solicitor", "lawyer", "nurse", "doctor", "gp", "resident", "volunteer",
    "treasurer", "architect", "developer", "designer", "specialist", "supervisor", "administrator",
    "md", "evp", "svp", "vp",
))  # fmt: skip
SAID = frozenset((
    "said", "says", "added", "adds", "commented", "comments", "explained", "explains", "told",
    "tells", "stated", "states", "noted", "notes", "remarked", "concluded", "continued",
    "welcomed", "recalls",
))  # fmt: skip
# Parts of a street's name that are surnames too.
STREETS = frozenset((
    "street", "road", "avenue", "square", "park", "house", "lane", "court", "place", "gate",
    "bridge", "station", "way", "drive", "close", "terrace", "crescent", "gardens", "wharf",
    "quay", "row",
))  # fmt: skip
# After a name these make it that of a house or a firm: "Henry Boot PLC".
BODIES = frozenset((
    "group", "plc", "ltd", "limited", "llp", "llc", "inc", "gmbh", "ag", "corporation", "company",
    "holdings", "partners", "partnership", "associates", "brothers", "sons", "university",
    "school", "college", "academy", "hospital", "hospice", "centre", "center", "institute",
    "institution", "foundation", "trust", "building", "buildings", "hall", "theatre", "library",
    "museum", "gallery", "stadium", "arena", "airport", "award", "awards", "prize", "lecture",
    "medal", "report", "review", "fund", "scholarship", "council", "bank", "investments",
    "capital", "ventures", "consulting", "services", "solutions", "technologies", "technology",
    "systems", "software", "media", "studios", "works", "labs", "laboratory", "estate", "quarter",
    "campus", "day", "week", "festival", "show", "cup", "act", "index", "stores", "homes",
    "insurance", "motors", *STREETS,
))  # fmt: skip
# Companies that are called like a person.
FIRMS = frozenset((
    "john lewis", "grant thornton", "morgan stanley", "thomas cook", "laura ashley", "ted baker",
    "paul smith", "henry boot", "harvey nichols", "marie curie", "austin reed", "howard kennedy",
    "philip morris", "jack wills", "ernest jones", "samuel smith", "robert walters",
    "michael page", "robert half", "joseph rowntree", "george home", "russell group",
    "aston martin", "marshall wace", "alan turing", "robert bosch", "stanley gibbons",
    "fred perry", "adam smith",
))  # fmt: skip
PARTICLES = frozenset((
    "de", "van", "von", "der", "den", "al", "el", "bin", "ben", "del", "la", "le", "di", "da",
    "du", "ap",
))  # fmt: skip


@cache
def first_names() -> frozenset[str]:
    """First names that are seldom anything else, in small letters."""
    return _list("first-names")


@cache
def doubtful_names() -> frozenset[str]:
    """First names that are words or places too: Will, Victoria, Dudley."""
    return _list("doubtful-names")


@cache
def surnames() -> frozenset[str]:
    """Common surnames, in small letters."""
    return _list("surnames")


@cache
def other_words() -> frozenset[str]:
    """Words that are part of no person's name: of bodies, programmes, months, offices."""
    return _list("other-words") | BODIES - STREETS | TITLES | HONORIFICS | SAID


@cache
def place_names() -> tuple[frozenset[str], frozenset[str]]:
    """The names of places in small letters, and the first words of them."""
    names = frozenset(place.name.lower() for place in bundled_register().places)
    return names, frozenset(name.replace("-", " ").split()[0] for name in names)


@cache
def _list(name: str) -> frozenset[str]:
    file = resources.files("placedex.evidence.masking") / "lists" / f"{name}.txt"
    lines = file.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
