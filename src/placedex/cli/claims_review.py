"""`placedex claims review`: what a person says of each claim of a document, one at a time."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from placedex.errors import AmbiguousPlace, BadUsage, ChangedMeanwhile, Refused, UnknownPlace

if TYPE_CHECKING:
    from placedex.evidence import Claim, Desk, OnDesk, Passage, Reviewed, State
    from placedex.places import Register

ASK = "a accept, m mend, r reject, n note, s skip, b back, q quit"


def review(
    workspace: Path,
    document: str = "",
    *,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    by: Annotated[str, Parameter(name="--by")] = "",
) -> None:
    """Accept, mend or reject the claims of WORKSPACE's documents, one at a time.

    Each answer is saved at once, in documents/claims of the workspace.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    document
        The code or the file of one document; without it, every document is gone through.
    everything
        Ask again about claims that were answered, too.
    by
        Who answers; it is kept with each answer.
    """
    from placedex.workspace import document_desk, open_workspace

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadUsage(
            "claims review asks about one claim after another, and there is no terminal to answer "
            "in. Wanted a terminal. Run it in one, or review on a page: placedex serve WORKSPACE, "
            "then /review/."
        )
    opened = open_workspace(workspace)
    desk = document_desk(opened)
    codes = [document] if document else [one.code for one in desk.documents()]
    if not codes:
        raise BadUsage(f"No document lies in {desk.folder}. Wanted one at least. Put it there.")
    console = Console(highlight=False, soft_wrap=True)
    for code in codes:
        if not _Asking(desk, code, console, opened.register, by, everything).go():
            break


@dataclass(slots=True)
class _Asking:
    """One document gone through, claim by claim."""

    desk: "Desk"
    code: str
    console: Console
    register: "Register"
    by: str
    everything: bool
    number: int = field(default=0)

    def go(self) -> bool:
        """Ask about each claim; whether to go on with the next document."""
        from placedex.evidence import State

        opened = self.desk.open(self.code)
        self._head(opened)
        asked = [
            one.code for one in opened.review.claims if self.everything or one.state is State.OPEN
        ]
        self.number = 0
        while self.number < len(asked):
            opened = self.desk.open(self.code)
            reviewed = opened.review.find(asked[self.number])
            if reviewed is None:
                self.number += 1
                continue
            self._show(opened, reviewed, total=len(asked))
            try:
                if not self._answer(reviewed):
                    return False
            except (Refused, UnknownPlace, AmbiguousPlace, ChangedMeanwhile) as error:
                self._say(str(error))
        self._foot()
        return True

    def _answer(self, reviewed: "Reviewed") -> bool:
        """Ask for one answer and keep it; whether to go on."""
        from placedex.evidence import State

        key = self._ask(ASK)
        steps: dict[str, Callable[[], int]] = {
            "a": lambda: self._keep(reviewed, state=State.ACCEPTED),
            "r": lambda: self._keep(reviewed, state=State.REJECTED, asks="Why"),
            "m": lambda: self._mend(reviewed),
            "n": lambda: self._keep(reviewed, state=reviewed.state, asks="Note") - 1,
            "s": lambda: 1,
            "b": lambda: -1,
        }
        if key == "q":
            return False
        if key not in steps:
            self._say(f"'{key}' is no answer. Wanted one of: {ASK}.")
            return True
        self.number = max(self.number + steps[key](), 0)
        return True

    def _mend(self, reviewed: "Reviewed") -> int:
        from placedex.evidence import FIELDS, State, mend, said_of
        from placedex.evidence.mend import WORDS

        said = said_of(reviewed.claim)
        self._say("Enter keeps what is there; - empties it.")
        answers = {}
        for key in FIELDS:
            given = self._ask(f"{WORDS[key]} [{said[key]}]")
            if given:
                answers[key] = "" if given == "-" else given
        claim = mend(reviewed.claim, answers, register=self.register)
        return self._keep(reviewed, state=State.MENDED, claim=claim)

    def _keep(
        self,
        reviewed: "Reviewed",
        *,
        state: "State",
        claim: "Claim | None" = None,
        asks: str = "",
    ) -> int:
        """Save an answer; 1, as one claim is done."""
        now = replace(
            reviewed,
            claim=claim or reviewed.claim,
            state=state,
            note=(self._ask(asks) if asks else "") or reviewed.note,
            by=self.by or reviewed.by,
            on=date.today(),
        )
        self.desk.answer(self.code, now, mark=reviewed.mark)
        return 1

    def _head(self, opened: "OnDesk") -> None:
        self._say(f"{opened.title} ({self.code})", style="bold")
        if opened.document is None:
            self._say("Its file is not here: claims are shown without their sentences.")
        if opened.moved:
            self._say(f"The document changed; claims that stand elsewhere now: {opened.moved}.")
        for words in opened.lost:
            self._say(words)

    def _show(self, opened: "OnDesk", reviewed: "Reviewed", *, total: int) -> None:
        from placedex.evidence import mask_passage, names_in, passage, said_of

        self._say(
            f"\n{self.number + 1} of {total}: {reviewed.code}, {reviewed.state}", style="bold"
        )
        if opened.document is not None:
            found = passage(opened.document, reviewed.claim.span)
            self._quote(mask_passage(found, known=names_in(opened.document.text)))
        else:
            self._say(f"{reviewed.figure} (page {reviewed.page})")
        said = [f"{key} {words}" for key, words in said_of(reviewed.claim).items() if words]
        self._say("; ".join(said))
        if reviewed.note:
            self._say(f"Note: {reviewed.note}")

    def _quote(self, found: "Passage") -> None:
        """The sentence with its claim in reverse and between marks, since colours may be off."""
        start, end = found.claim.start, found.claim.end
        text = Text(f"p. {found.page}: ", style="dim")
        text.append(plain(found.words[:start]), style="not dim")
        text.append(f">>{plain(found.words[start:end])}<<", style="bold reverse not dim")
        text.append(plain(found.words[end:]), style="not dim")
        self.console.print(text)

    def _foot(self) -> None:
        from placedex.evidence import State

        review = self.desk.open(self.code).review
        counts = ", ".join(f"{review.count(state)} {state.value}" for state in State)
        self._say(f"{self.code}: {counts}.")

    def _say(self, words: str, *, style: str = "") -> None:
        self.console.print(Text(plain(words), style=style))

    def _ask(self, words: str) -> str:
        try:
            return self.console.input(Text(f"{plain(words)}: ")).strip()
        except EOFError:
            return "q"


def plain(words: str) -> str:
    """Words of a document without the signs that steer a terminal, each run of space as one."""
    kept = "".join(letter if letter.isprintable() or letter.isspace() else "" for letter in words)
    lead = "\n" if kept.startswith("\n") else ""
    gap_before, gap_after = kept[:1].isspace() and not lead, kept[-1:].isspace()
    return f"{lead}{' ' * gap_before}{' '.join(kept.split())}{' ' * gap_after}"
