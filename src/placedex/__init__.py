"""placedex measures, explains and steers a place's digital economy.

The names here are loaded when they are first used, so that `import placedex` costs nothing.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_HOMES = {
    "Index": "index",
    "Indicator": "observations",
    "Observations": "observations",
    "Panel": "observations",
    "Place": "places",
    "PlacedexError": "errors",
    "Register": "places",
    "Spec": "index",
    "Workspace": "workspace",
    "build": "index",
    "build_workspace": "workspace",
    "bundled_register": "places",
    "check_workspace": "workspace",
    "copy_example": "workspace",
    "freeze": "index",
    "make_panel": "observations",
    "open_workspace": "workspace",
    "read_spec": "index",
}

__all__ = [*sorted(_HOMES), "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"placedex has no '{name}'. Wanted one of {', '.join(__all__)}.")
    return getattr(import_module(f"placedex.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)


def _version() -> str:
    try:
        return version("placedex")
    except PackageNotFoundError:
        return "0+unknown"
