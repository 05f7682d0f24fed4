"""Spark: whether its machines are alike."""

import platform
from importlib.metadata import version

from placedex.errors import BadUsage

LIBRARIES = ("placedex", "numpy", "numba")


def libraries() -> dict[str, str]:
    """The versions that decide what a replicate is: of Python, placedex, numpy and numba."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python, **{name: version(name) for name in LIBRARIES}}


def refuse_others(wanted: dict[str, str]) -> None:
    """Refuse to work on a machine whose libraries are not those of the machine that asks.

    Another numpy may draw other numbers from the same seed, and nothing would show it.
    Errors: BadUsage naming what differs.
    """
    met = libraries()
    apart = [name for name in wanted if met[name] != wanted[name]]
    if apart:
        raise BadUsage(
            f"A machine of the cluster has {_listed(met, apart)}. Wanted "
            f"{_listed(wanted, apart)}, as on the machine that asks. Install the same on each."
        )


def _listed(versions: dict[str, str], names: list[str]) -> str:
    return ", ".join(f"{name} {versions[name]}" for name in names)
