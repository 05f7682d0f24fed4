"""What is kept on disk: one DuckDB file, made whole and swapped in; knows no domain."""

from placedex.store.builds import Builds
from placedex.store.database import (
    connect_memory,
    create_database,
    insert_rows,
    open_database,
)
from placedex.store.files import hash_file, hash_text, read_rows, write_bytes, write_text
from placedex.store.migrations import Migration, migrate
from placedex.store.settings import parse_settings, read_settings, read_yaml

__all__ = [
    "Builds",
    "Migration",
    "connect_memory",
    "create_database",
    "hash_file",
    "hash_text",
    "insert_rows",
    "migrate",
    "open_database",
    "parse_settings",
    "read_rows",
    "read_settings",
    "read_yaml",
    "write_bytes",
    "write_text",
]
