"""Sources: publishers whose files placedex reads as they stand."""

from placedex.observations.sources.claims import Claims, built_in, claim, installed_sources
from placedex.observations.sources.described import Described, bundled_sources, read_sources
from placedex.observations.sources.desk import Desk, open_desk, other_registers
from placedex.observations.sources.kept import Shelf
from placedex.observations.sources.layout import Layout, read_layout
from placedex.observations.sources.source import Source
from placedex.store.fetch import Address

__all__ = [
    "Address",
    "Claims",
    "Described",
    "Desk",
    "Layout",
    "Shelf",
    "Source",
    "built_in",
    "bundled_sources",
    "claim",
    "installed_sources",
    "open_desk",
    "other_registers",
    "read_layout",
    "read_sources",
]
