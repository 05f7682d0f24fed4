"""Marked texts: the words of a document with the verdict at each number, fit to be shown."""

import io
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from placedex.ledger.verdict import Verdict
    from placedex.ledger.verdict_text import Checked

_COLOURS = {
    "confirmed": "green",
    "rounded otherwise": "yellow",
    "superseded": "yellow",
    "contradicted": "red",
    "internally inconsistent": "red",
    "conflicts with another document": "magenta",
    "not comparable": "cyan",
    "unknown": "dim",
}
_WIDTH = 100
_KEPT = "\n\t"


def as_text(checked: "Checked", *, coloured: bool) -> str:
    """The text with each number marked, then each number with its verdict, one after the other."""
    from rich.console import Console
    from rich.text import Text

    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=None if coloured else _WIDTH,
        force_terminal=coloured,
        no_color=not coloured,
        highlight=False,
        markup=False,
        emoji=False,
    )
    verdicts = checked.judged.verdicts
    if not verdicts:
        return "No figure was found in the text.\n"
    console.print(_marked(checked))
    for number, verdict in enumerate(verdicts, start=1):
        console.print()
        console.print(_head(number, verdict))
        for line in _lines(verdict):
            console.print(Text(f"    {line}"))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def to_content(checked: "Checked") -> dict[str, object]:
    """Every verdict, every pair of claims that stand side by side, and the scale, as content."""
    from placedex.ledger.verdict_record import pair_record, to_record

    document = checked.document
    return {
        "document": document.file,
        "sha256": document.sha256,
        "claims": [to_record(one, shown=shown) for one in checked.judged.verdicts],
        "pairs": [pair_record(one, shown=shown) for one in checked.judged.pairs],
    }


def as_reviews(checked: "Checked", *, day: date) -> list[dict[str, object]]:
    """A ClaimReview of schema.org for each claim."""
    from placedex.ledger.verdict_record import to_claim_review

    address = checked.document.address
    return [
        to_claim_review(one, day=day, author="placedex", url=f"{address}#claim-{number}",
                        shown=shown)
        for number, one in enumerate(checked.judged.verdicts, start=1)
    ]  # fmt: skip


@lru_cache(maxsize=4096)
def shown(words: str) -> str:
    """Words of a document fit to be shown: persons masked, and no signs that steer a terminal."""
    from placedex.evidence import mask

    return _harmless(mask(words).text)


def _harmless(words: str) -> str:
    return "".join(
        one if one in _KEPT or unicodedata.category(one)[0] != "C" else "\N{REPLACEMENT CHARACTER}"
        for one in words
    )


def _marked(checked: "Checked") -> "Text":
    """The text with [number verdict: words] at each claim, persons masked over the whole of it."""
    from rich.text import Text

    from placedex.evidence import mask

    masked = mask(checked.document.text)
    text, at = Text(), 0
    for number, verdict in enumerate(checked.judged.verdicts, start=1):
        span = masked.moved(verdict.claim.span)
        if span.start < at:
            continue
        text.append(_harmless(masked.text[at : span.start]))
        words = _harmless(masked.text[span.start : span.end])
        word = verdict.word.value
        text.append(f"[{number} {word}: {words}]", style=_COLOURS[word])
        at = span.end
    text.append(_harmless(masked.text[at:]))
    return text


def _head(number: int, verdict: "Verdict") -> "Text":
    from rich.text import Text

    words = " ".join(shown(verdict.claim.words).split())
    word = verdict.word.value
    return Text.assemble(f"{number}. {words}: ", (word, f"bold {_COLOURS[word]}"))


def _lines(verdict: "Verdict") -> list[str]:
    """How a verdict was reached, what it was held against, and what is safe to say."""
    lines = []
    for one in verdict.findings:
        lead = f"{one.word.value}: " if one.word and one.word is not verdict.word else ""
        lines.append(f"{lead}{shown(one.working)}")
    lines += [f"why: {shown(reason)}" for reason in verdict.reasons[:4]]
    lines += [
        f"against: {shown(held.words)} ({shown(held.source)}; {held.address or held.citation})"
        for held in verdict.against[:4]
    ]
    safe = verdict.safe
    lines.append(f"safe to say: {shown(safe.sentence)}")
    lines += [f"source: {shown(safe.source)}"] if safe.source else []
    lines += [f"caveat: {shown(safe.caveat)}"] if safe.caveat else []
    lines += [f"until: {safe.until}"] if safe.until else []
    return lines
