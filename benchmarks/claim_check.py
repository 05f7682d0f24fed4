"""How long a check of ten pages takes: `python -m benchmarks.claim_check WORKSPACE [DOCUMENT]`.

The workspace must be built. Without a document ten pages are made up: 4,000 words with a figure in
each third sentence. Printed are the seconds of the whole command, of which loading Python and the
code is a part, and those of the check alone, each the least of several.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

TIMES, WORDS, LIMIT = 5, 4_000, 1.0
_FILLER = (
    "Partners across the area will go on working together on what residents and firms ask for. "
    "The plan says who does what, and how everybody can see whether it was done. "
)
_FIGURES = (
    "Gigabit broadband reaches {share:.1f}% of premises in Birmingham. ",
    "The tech sector employs {count:,} people in the West Midlands. ",
    "Businesses spent £{money:.1f} billion on research and development in the West Midlands. ",
    "5G coverage is {share:.1f}% in Coventry. ",
)


def made_up() -> str:
    """Ten pages of text with figures."""
    parts: list[str] = []
    number = 0
    while sum(len(part.split()) for part in parts) < WORDS:
        form = _FIGURES[number % len(_FIGURES)]
        parts += [_FILLER, form.format(share=80 + number % 20, count=1000 + 37 * number,
                                       money=1 + number % 9 / 2)]  # fmt: skip
        number += 1
    return "".join(parts)


def of_command(workspace: Path, document: Path) -> float:
    """The seconds that the command takes, from a process that is not there to its end."""
    words = [sys.executable, "-m", "placedex", "claims", "check", str(document)]
    words += ["--workspace", str(workspace), "--format", "json"]
    started = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - started


def of_check(workspace: Path, document: Path) -> float:
    """The seconds that the check takes where the code is loaded: a server's answer."""
    from placedex.cli.claims_known import figures_at_hand
    from placedex.evidence import read_document
    from placedex.ledger.verdict_text import check_document

    started = time.perf_counter()
    with figures_at_hand(workspace) as observations:
        check_document(
            read_document(document),
            observations,
            documents=workspace / "documents",
            day=date(2026, 7, 1),
        )
    return time.perf_counter() - started


def main(words: list[str]) -> int:
    """Print both times; the exit code is 1 if the check takes a second or more."""
    if len(words) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    workspace = Path(words[0])
    with tempfile.TemporaryDirectory() as folder:
        document = Path(words[1]) if len(words) == 2 else Path(folder) / "speech.txt"
        if len(words) == 1:
            document.write_text(made_up(), encoding="utf-8")
        check = min(of_check(workspace, document) for _ in range(TIMES))
        command = min(of_command(workspace, document) for _ in range(TIMES))
    print(f"the check alone: {check:.2f} s; the whole command: {command:.2f} s")
    return 0 if check < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
