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
    coherence,
    coinr,
    composites,
    growth,
    published,
    uncertainty,
)
from tests.golden.case import Case, read_case

Answer = Callable[[Case], float]
KINDS: dict[str, Answer] = {
    kind: answer
    for room in (composites, aggregated, uncertainty, changes, published, growth, coherence)
    for kind, answer in room.KINDS.items()
}


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


def known(kind: str) -> Answer | None:
    """The answer for a kind of case, by its name or by the longest beginning of it, in words."""
    words = kind.split("_")
    beginnings = ("_".join(words[:count]) for count in range(len(words), 1, -1))
    return next((KINDS[one] for one in beginnings if one in KINDS), None)


def run(folder: Path) -> Iterator[Verdict]:
    """The verdict of every case in a folder: JSON cases, and a manifest of COINr's calls."""
    if (folder / "manifest.json").is_file():
        yield from (
            judge(name, answer, tolerance=tolerance)
            for name, answer, tolerance in coinr.cases(folder)
        )
        return
    for path in sorted(folder.glob("*.json")):
        case = read_case(path)
        answer = known(case.kind)
        if answer is None:
            yield Verdict(case.name, "skipped", why="a kind that is not known here")
            continue
        yield judge(case.name, partial(answer, case), tolerance=case.tolerance)


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
