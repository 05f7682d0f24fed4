"""Run every golden case in a folder: `python -m tests.golden FOLDER`.

Prints a line for each case with its largest difference, then `N passed, N failed, N skipped`. A
case of a kind that is not known is a skip with its name, never a pass.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.golden import (
    aggregated,
    changes,
    claims,
    coherence,
    coinr,
    composites,
    deprivation,
    development,
    filled,
    growth,
    ledger_growth,
    networks,
    normalised,
    penalties,
    published,
    rounding,
    rounding_verdict,
    sensitivity,
    sets_of_ranks,
    uncertainty,
    weights,
)
from tests.golden.case import Case, read_case
from tests.golden.kinds import Kind, answer_of

KINDS: tuple[Kind, ...] = tuple(
    kind
    for room in (
        aggregated,
        changes,
        claims,
        coherence,
        composites,
        deprivation,
        development,
        filled,
        growth,
        networks,
        ledger_growth,
        normalised,
        penalties,
        published,
        rounding,
        rounding_verdict,
        sensitivity,
        sets_of_ranks,
        uncertainty,
        weights,
    )
    for kind in room.KINDS
)


@dataclass(frozen=True)
class Verdict:
    """How one case came out."""

    name: str
    outcome: str
    difference: float | None = None
    why: str = ""

    def __str__(self) -> str:
        measured = "" if self.difference is None else f"largest difference {self.difference:.3g}"
        return f"{self.outcome:7s} {self.name:44s} {measured}{self.why}"


def judge(name: str, answer: Callable[[], float], *, tolerance: float) -> Verdict:
    """Run one case and hold its difference against its tolerance."""
    try:
        found = answer()
    except NotImplementedError as error:
        return Verdict(name, "skipped", why=str(error))
    except Exception as error:  # noqa: BLE001
        return Verdict(name, "failed", why=f"{type(error).__name__}: {error}".splitlines()[0])
    return Verdict(name, "passed" if found <= tolerance else "failed", found)


def answered(case: Case) -> float:
    """The difference of a case from its expected answers.

    Errors: NotImplementedError for a case of no known kind, or one that expects nothing.
    """
    answer = answer_of(case, KINDS)
    if not case.expects:
        raise NotImplementedError("it expects nothing")
    return answer(case)


def run(folder: Path) -> Iterator[Verdict]:
    """The verdict of every case in a folder: JSON cases, and a manifest of COINr's calls."""
    if (folder / "manifest.json").is_file():
        yield from (
            judge(name, answer, tolerance=tolerance)
            for name, answer, tolerance in coinr.cases(folder)
        )
        return
    for path in sorted(folder.glob("*.json")):
        try:
            case = read_case(path)
        except ValueError as error:
            yield Verdict(path.stem, "failed", why=f"it cannot be read: {error}")
            continue
        yield judge(case.name, partial(answered, case), tolerance=case.tolerance)


def main(words: list[str]) -> int:
    """Print the verdicts; the exit code is 1 if a case failed."""
    if len(words) != 1 or not Path(words[0]).is_dir():
        print("usage: python -m tests.golden FOLDER", file=sys.stderr)
        return 2
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for verdict in run(Path(words[0])):
        counts[verdict.outcome] += 1
        print(verdict, flush=True)
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
