"""`placedex claims review` asks about one claim at a time and saves each answer."""

import os
import pty
import re
import select
import sys
from pathlib import Path
from time import monotonic

import pytest

from placedex.evidence import State, begin_review, read_review, review_path, write_review
from tests.conftest import Run
from tests.evidence.claims import TEXT, find, on_disk

HOSTILE = "The sector is worth £15.3 billion \x1b[2J\x1b]0;owned\x07 in all."
_STYLE = re.compile(r"\x1b\[[\d;]*m")


def prepared(workspace: Path, text: str = TEXT) -> Path:
    document = on_disk(workspace, text)
    path = review_path(workspace / "documents", document.code)
    write_review(begin_review(document, find(document)), path)
    return path


class Terminal:
    """The command in a terminal of its own."""

    def __init__(self, *words: object) -> None:
        self.shown = ""
        self._process, self._end = pty.fork()
        if self._process == 0:  # pragma: no cover
            os.environ.update(TERM="xterm", NO_COLOR="1", COLUMNS="200")
            os.execv(sys.executable, [sys.executable, "-m", "placedex", *map(str, words)])  # noqa: S606

    def wait_for(self, words: str) -> str:
        """What is shown up to and with these words."""
        until = monotonic() + 30
        while words not in self.shown:
            if monotonic() > until or not self._more():
                raise AssertionError(f"{words!r} was not shown, but {self.shown!r}")
        before, _, self.shown = self.shown.partition(words)
        return before + words

    def type(self, words: str) -> None:
        os.write(self._end, f"{words}\n".encode())

    def finish(self) -> tuple[int, str]:
        """The exit code, and what is left to be shown."""
        while self._more():
            pass
        os.close(self._end)
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1]), self.shown

    def _more(self) -> bool:
        ready, _, _ = select.select([self._end], [], [], 30)
        try:
            read = os.read(self._end, 4096) if ready else b""
        except OSError:
            return False
        # Weight and colour say nothing that the words do not.
        self.shown += _STYLE.sub("", read.decode(errors="replace"))
        return bool(read)


ENTER = ""
# What is waited for, and what is typed then.
ASKED, FIELD = "q quit: ", "]: "
MENDED = ("businesses", ENTER, ENTER, "businesses", ENTER, "E47000007", *[ENTER] * 5)
WRONG = ("businesses", "many", *[ENTER] * 9)
DIALOGUE = (
    ("1 of 5", None),
    (ASKED, "a"),
    ("2 of 5", None),
    (ASKED, "x"),
    ("'x' is no answer", None),
    (ASKED, "m"),
    *((FIELD, given) for given in WRONG),
    ("'many' is no number", None),
    (ASKED, "m"),
    *((FIELD, given) for given in MENDED),
    ("3 of 5", None),
    (ASKED, "r"),
    ("Why: ", "no claim"),
    ("4 of 5", None),
    (ASKED, "b"),
    ("3 of 5", None),
    ("Note: no claim", None),
    (ASKED, "n"),
    ("Note: ", "no claim at all"),
    (ASKED, "s"),
    ("4 of 5", None),
    (ASKED, "q"),
)


def test_claims_are_accepted_mended_and_rejected_in_a_terminal(example: Path) -> None:
    path = prepared(example)
    terminal = Terminal("claims", "review", example, "plan", "--by", "JB")

    for words, typed in DIALOGUE:
        terminal.wait_for(words)
        if typed is not None:
            terminal.type(typed)
    code, _ = terminal.finish()

    kept = read_review(path).claims
    assert code == 0
    assert [one.state.value for one in kept] == ["accepted", "mended", "rejected", "open", "open"]
    assert (kept[1].claim.measure, kept[1].claim.unit) == ("businesses", "businesses")
    assert kept[1].claim.place is not None
    assert kept[1].claim.place.code == "E47000007"
    assert (kept[2].note, kept[2].by) == ("no claim at all", "JB")


def test_a_claim_is_shown_in_its_sentence_without_the_names_of_persons(example: Path) -> None:
    prepared(example)
    terminal = Terminal("claims", "review", example)

    shown = terminal.wait_for(ASKED)
    terminal.type("q")
    terminal.finish()

    assert "[name], chief executive, said the sector is >>worth £15.3 billion<<, with" in shown
    assert "Jane" not in shown


def test_an_answer_is_saved_at_once(example: Path) -> None:
    path = prepared(example)
    terminal = Terminal("claims", "review", example)
    terminal.wait_for(ASKED)
    terminal.type("a")
    terminal.wait_for("2 of 5")

    assert read_review(path).claims[0].state is State.ACCEPTED

    terminal.wait_for(ASKED)
    terminal.type("q")
    assert terminal.finish()[0] == 0


def test_a_document_cannot_steer_the_terminal(example: Path) -> None:
    prepared(example, HOSTILE)
    terminal = Terminal("claims", "review", example, "plan")

    shown = terminal.wait_for(ASKED)
    terminal.type("q")
    terminal.finish()

    assert ">>worth £15.3 billion<<" in shown
    assert "\x1b[2J" not in shown
    assert "\x1b]0" not in shown


@pytest.mark.parametrize("words", [(), ("plan",)])
def test_without_a_terminal_it_says_so(example: Path, run: Run, words: tuple[str, ...]) -> None:
    prepared(example)

    done = run("claims", "review", example, *words)

    assert done.returncode == 2
    assert "no terminal to answer in" in done.stderr
    assert "placedex serve" in done.stderr
