"""Kinds of golden cases: what answers a case is told by its number and by what it holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.golden.case import Case

Answer = Callable[[Case], float]


@dataclass(frozen=True, slots=True)
class Kind:
    """An answer to the cases of one number that hold some things.

    Each of `tables` is the beginning of the name of a table; each of `inputs`, `params` and
    `expected` is a key of the case, which may have stars, and which one of several words parted by
    a bar may be. The rest of the name of a case, and how often there is one, is nothing.
    """

    number: str
    answer: Answer
    tables: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()

    def fits(self, case: Case) -> bool:
        """Whether the case is of this kind."""
        return (
            case.number == self.number
            and case.has(*self.tables)
            and _all_there(self.inputs, case.inputs)
            and _all_there(self.params, case.params)
            and _all_there(self.expected, case.expected)
        )


def _all_there(wanted: Iterable[str], keys: Iterable[str]) -> bool:
    return all(
        any(fnmatchcase(key, word) for key in keys for word in one.split("|")) for one in wanted
    )


def answer_of(case: Case, kinds: Iterable[Kind]) -> Answer:
    """The answer to a case.

    Errors: NotImplementedError with the reason for a case of no known kind.
    """
    of_number = [kind for kind in kinds if kind.number == case.number]
    if not of_number:
        raise NotImplementedError("a kind that is not known here")
    for kind in of_number:
        if kind.fits(case):
            return kind.answer
    raise NotImplementedError(f"a case of {case.number} without what such a case is known by")
