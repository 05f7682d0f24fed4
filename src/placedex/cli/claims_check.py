"""`placedex claims check`: a speech or a press release with what is true of each of its numbers."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from placedex.cli.claims_known import figures_at_hand, workspace_meant

if TYPE_CHECKING:
    from placedex.evidence import Document
    from placedex.ledger.verdict_text import Checked

Format = Literal["text", "json", "claimreview"]
_LONGEST_NAME = 255
# What no text is: one word with the ending of a document.
_FILE_NAME = re.compile(r"\S+\.(?:txt|md|html?|pdf|docx)", re.IGNORECASE)


def check(
    text: Annotated[str, Parameter(allow_leading_hyphen=True)],
    *,
    workspace: Annotated[Path | None, Parameter(name="--workspace")] = None,
    format: Annotated[Format, Parameter(name="--format")] = "text",  # noqa: A002
    day: Annotated[date | None, Parameter(name="--day")] = None,
    place: Annotated[str | None, Parameter(name="--place")] = None,
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print each number of TEXT with what is true of it, its source, caveat and a safe sentence.

    Nothing in it is run or fetched; names, telephone numbers and e-mail addresses are masked.

    Parameters
    ----------
    text
        The words themselves, the name of a file, or - for standard input.
    workspace
        The folder of a workspace; else the present one if it is one, or the bundled example.
    format
        text to read; json for programs; claimreview for schema.org's ClaimReview as JSON-LD.
    day
        When it was said, if not today: figures are taken as they were known then.
    place
        The code or the name of the place that the text means by "the region".
    output
        Write to this file instead of standard output.
    """
    from placedex.cli.printed import put
    from placedex.ledger.verdict_folder import FOLDER
    from placedex.ledger.verdict_text import check_document

    document = _document(text, place)
    said = day or date.today()
    with workspace_meant(workspace) as folder, figures_at_hand(folder) as observations:
        checked = check_document(document, observations, documents=folder / FOLDER, day=said)
    put(_answer(checked, format, coloured=output is None and sys.stdout.isatty()), output)


def _answer(checked: "Checked", form: Format, *, coloured: bool) -> str:
    from placedex.cli.claims_marked import as_reviews, as_text, to_content
    from placedex.cli.printed import as_json

    if form == "json":
        return as_json(to_content(checked))
    if form == "claimreview":
        return as_json(as_reviews(checked, day=date.today()))
    return as_text(checked, coloured=coloured)


def _document(text: str, place: str | None) -> "Document":
    """The document in a file, or the one that the words themselves or standard input are."""
    from dataclasses import replace

    from placedex.errors import BadUsage
    from placedex.evidence import read_document
    from placedex.places import bundled_register

    if text != "-" and _is_file(text):
        read = read_document(Path(text))
    elif _FILE_NAME.fullmatch(text):
        raise BadUsage(
            f"{text} is no file. Wanted the name of one that is there, words with figures, or -. "
            "Look at its name."
        )
    else:
        words = sys.stdin.read() if text == "-" else text
        if not words.strip():
            raise BadUsage(
                "There is no text. Wanted words with figures, the name of a file, or - and words "
                "on standard input."
            )
        read = _of_words(words)
    if place is not None:
        read = replace(read, place=bundled_register().find(place).code)
    return read


def _is_file(text: str) -> bool:
    """Whether a text is the name of a file that is there; a text with line ends is none."""
    if "\n" in text or len(text) > _LONGEST_NAME * 8:
        return False
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _of_words(words: str) -> "Document":
    from placedex.evidence import Document, Page
    from placedex.store import hash_text

    return Document(
        code="text",
        title="the text that was given",
        publisher="",
        published=None,
        address="",
        file="text",
        sha256=hash_text(words),
        text=words,
        pages=(Page(1, 0, len(words)),),
    )
