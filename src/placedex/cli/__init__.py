"""How people ask: one command, one file for each verb."""

from placedex.cli.main import main

__all__ = ["main"]
