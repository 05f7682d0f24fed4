"""What went wrong, what was wanted and what to do: one short tree of errors."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one place of one file."""

    file: str
    row: int | None
    column: str | None
    met: str
    wanted: str
    do: str

    def __str__(self) -> str:
        # A table has rows and columns; YAML has lines and keys.
        row, column = ("line", "key") if self.file.endswith(".yaml") else ("row", "column")
        where = [self.file]
        if self.row is not None:
            where.append(f"{row} {self.row}")
        if self.column:
            where.append(f"{column} {self.column}")
        return f"{', '.join(where)}: {self.met}. Wanted {self.wanted}. {self.do}"


class PlacedexError(Exception):
    """Anything that placedex refuses, with what was met, what was wanted and what to do."""


class Refused(PlacedexError, ValueError):
    """A text that was given means nothing here; its three parts can be told apart."""

    def __init__(self, met: str, wanted: str, do: str) -> None:
        self.met, self.wanted, self.do = met, wanted, do
        super().__init__(f"{met}. Wanted {wanted}. {do}")


class BadUsage(PlacedexError, ValueError):
    """The command line or a call asks for something that does not exist."""


class BadQuestion(Refused, BadUsage):
    """A question asks by a word that means nothing here."""


class UnknownPlace(Refused, BadUsage, LookupError):
    """A code or a name is no place in the register."""


class AmbiguousPlace(Refused, BadUsage, LookupError):
    """A name could be two places; the message gives the choices."""


class CannotRecode(Refused, BadUsage):
    """A table cannot be moved to other places without making figures up."""


class MissingLibrary(PlacedexError, ImportError):
    """An optional library is wanted and not installed."""


class BadWorkspace(PlacedexError, ValueError):
    """A workspace cannot be read, or it comes from a newer version."""


class UnreadableSource(PlacedexError, ValueError):
    """A published file is not as its publisher is known to write it."""


class UnreadableDocument(Refused):
    """A document is missing, empty, encrypted, without words, damaged or not what it says."""


class Unfetched(PlacedexError, OSError):
    """A published file cannot be fetched, or what came is not that file."""


class BadPeriod(Refused):
    """A text is not a period of time."""


class BadSpec(PlacedexError, ValueError):
    """The specification of an index asks for what cannot be done; it names node and step."""


class MixedMeasures(PlacedexError, ValueError):
    """Figures that mean different things would be put together as if they were one measure."""


class UnreadableStore(PlacedexError, OSError):
    """The built database is missing, cut short, foreign or from a newer version."""


class BuildUnderWay(PlacedexError, RuntimeError):
    """Another build of the same workspace has not finished."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the same thing between reading and writing."""


class Faults(PlacedexError, ValueError):
    """Every fault that was met at once, each with its file, row and column."""

    shown = 20

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        lines = [str(fault) for fault in faults[: self.shown]]
        if len(faults) > self.shown:
            lines.append(
                f"... and {len(faults) - self.shown} more: placedex check prints every one."
            )
        super().__init__("\n".join(lines))
