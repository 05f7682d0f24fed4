"""Which place is meant, and when."""

from placedex.places.boundary_files import Feature
from placedex.places.changes import (
    Change,
    Succession,
    renumbered,
    successions,
    successor,
)
from placedex.places.codes import CODE, NINE_SIGNS, Codes, code_reason, look_up_codes
from placedex.places.geometry import Boundaries, read_boundaries
from placedex.places.likeness import Likeness, Profiles, Similar, similar
from placedex.places.neighbours import Neighbours, bundled_neighbours
from placedex.places.place import (
    COMBINED_AUTHORITY,
    DISTRICT,
    REGION,
    Hexagon,
    Place,
)
from placedex.places.postcodes import (
    Located,
    Postcode,
    Postcodes,
    open_postcodes,
    parse_postcode,
)
from placedex.places.read import (
    bundled_register,
    bundled_registers,
    read_changes,
    read_register,
)
from placedex.places.recoding import Recoded, Recoding, Table, gather, make_table, recode
from placedex.places.register import Register
from placedex.places.registers import Found, Registers, all_registers
from placedex.places.rules import NotMerged, Part, Rule, Sums, WeightedMeans
from placedex.places.search import Match, Names, bundled_names, find_place
from placedex.places.sharing import SplitBy
from placedex.places.whereabouts import NearestAreas, PostcodeFinder, bundled_nearest_areas

__all__ = [
    "CODE",
    "COMBINED_AUTHORITY",
    "DISTRICT",
    "NINE_SIGNS",
    "REGION",
    "Boundaries",
    "Change",
    "Codes",
    "Feature",
    "Found",
    "Hexagon",
    "Likeness",
    "Located",
    "Match",
    "Names",
    "NearestAreas",
    "Neighbours",
    "NotMerged",
    "Part",
    "Place",
    "Postcode",
    "PostcodeFinder",
    "Postcodes",
    "Profiles",
    "Recoded",
    "Recoding",
    "Register",
    "Registers",
    "Rule",
    "Similar",
    "SplitBy",
    "Succession",
    "Sums",
    "Table",
    "WeightedMeans",
    "all_registers",
    "bundled_names",
    "bundled_nearest_areas",
    "bundled_neighbours",
    "bundled_register",
    "bundled_registers",
    "code_reason",
    "find_place",
    "gather",
    "look_up_codes",
    "make_table",
    "open_postcodes",
    "parse_postcode",
    "read_boundaries",
    "read_changes",
    "read_register",
    "recode",
    "renumbered",
    "similar",
    "successions",
    "successor",
]
