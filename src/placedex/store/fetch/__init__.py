"""Published files fetched: from the web, from a mirror, or from what was kept before."""

from placedex.store.fetch.address import Address, Limits
from placedex.store.fetch.cache import Cache, Fetched, Record, shared_cache
from placedex.store.fetch.laid import Laid, fetched_days, note_laid, read_laid
from placedex.store.fetch.look import look_at
from placedex.store.fetch.mirror import Mirror, Offline
from placedex.store.fetch.unpack import unpack
from placedex.store.fetch.web import Web

__all__ = [
    "Address",
    "Cache",
    "Fetched",
    "Laid",
    "Limits",
    "Mirror",
    "Offline",
    "Record",
    "Web",
    "fetched_days",
    "look_at",
    "note_laid",
    "read_laid",
    "shared_cache",
    "unpack",
]
