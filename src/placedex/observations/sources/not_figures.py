"""Not figures: files and sheets that no source reads on purpose, each with the reason why."""

from functools import cache
from importlib import resources
from pathlib import PurePath

from pydantic import RootModel

from placedex.observations.sources.shapes import Part
from placedex.store import read_settings


class NotFigures(Part):
    """Files, or sheets of them, that hold no figure which is kept, and why."""

    why: str
    files: tuple[str, ...]
    sheets: tuple[str, ...] = ()

    def speaks_of(self, path: PurePath) -> bool:
        """Whether a file bears such a name."""
        return any(path.match(form) for form in self.files)


class _File(RootModel[tuple[NotFigures, ...]]):
    """A file of reasons: a list of entries."""


@cache
def bundled_reasons() -> tuple[NotFigures, ...]:
    """The reasons that come with placedex."""
    folder = resources.files("placedex.observations.sources")
    with resources.as_file(folder / "not_figures.yaml") as path:
        return read_settings(path, _File).root


def why_not(path: PurePath, *, sheet: str | None = None) -> str | None:
    """Why a file, or one sheet of a workbook, is not read; nothing if no reason is known."""
    for reason in bundled_reasons():
        if reason.speaks_of(path) and (
            not reason.sheets if sheet is None else sheet.strip() in reason.sheets
        ):
            return reason.why
    return None
