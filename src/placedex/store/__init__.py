"""What is kept on disk: one DuckDB file, made whole and swapped in; knows no domain."""

from placedex.store.builds import Builds
from placedex.store.cells import Cell, cells_like
from placedex.store.csv_header import csv_header
from placedex.store.database import (
    connect_memory,
    create_database,
    insert_rows,
    open_database,
)
from placedex.store.engine import Engine, open_engine
from placedex.store.engine_duckdb import engine_on
from placedex.store.files import (
    find_twins,
    hash_file,
    hash_text,
    read_rows,
    write_bytes,
    write_text,
)
from placedex.store.json_file import read_json
from placedex.store.migrations import Migration, migrate
from placedex.store.settings import (
    parse_settings,
    read_plain_yaml,
    read_settings,
    read_yaml,
)
from placedex.store.tables import TextTable, find_files, read_table
from placedex.store.yaml_text import yaml_text

__all__ = [
    "Builds",
    "Cell",
    "Engine",
    "Migration",
    "TextTable",
    "cells_like",
    "connect_memory",
    "create_database",
    "csv_header",
    "engine_on",
    "find_files",
    "find_twins",
    "hash_file",
    "hash_text",
    "insert_rows",
    "migrate",
    "open_database",
    "open_engine",
    "parse_settings",
    "read_json",
    "read_plain_yaml",
    "read_rows",
    "read_settings",
    "read_table",
    "read_yaml",
    "write_bytes",
    "write_text",
    "yaml_text",
]
