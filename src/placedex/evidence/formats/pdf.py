"""PDF: the words of each page, lines joined to paragraphs and words that were divided mended."""

from collections.abc import Iterator
from typing import Any

from placedex.errors import UnreadableDocument
from placedex.evidence.formats.content import Content, Progress
from placedex.evidence.formats.lines import join_lines

_PASSWORD = 4
PAGE_END = "\n\n"


def read_pdf(
    content: bytes,
    *,
    file: str,
    pictures: frozenset[int] = frozenset(),
    progress: Progress | None = None,
) -> Content:
    """The words of every page; `pictures` are pages that are known to hold nothing to be read.

    Errors: UnreadableDocument if it is damaged, asks for a password, or has pages on which
            something is drawn and nothing written.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error, file) from None
    with document:
        total = len(document)
        pages, unwritten = [], []
        for number, (text, drawn) in enumerate(_pages(document), start=1):
            pages.append(text)
            if not text.strip() and drawn and number not in pictures:
                unwritten.append(number)
            if progress is not None:
                progress(number, total)
        title = str(document.get_metadata_dict().get("Title", "")).strip()
    if unwritten:
        raise _unwritten(unwritten, total, file)
    joined = join_lines(tuple(pages))
    starts, start = [], 0
    for text in joined:
        starts.append(start)
        start += len(text) + len(PAGE_END)
    return Content(PAGE_END.join(joined), tuple(starts), title)


def _pages(document: Any) -> Iterator[tuple[str, bool]]:
    """The words of each page as written, and whether anything is drawn on it."""
    for page in document:
        words = page.get_textpage()
        try:
            text = words.get_text_range()
            yield text, bool(text) or next(iter(page.get_objects(max_depth=2)), None) is not None
        finally:
            words.close()
            page.close()


def _unopened(error: Any, file: str) -> UnreadableDocument:
    if getattr(error, "err_code", None) == _PASSWORD:
        return UnreadableDocument(
            f"{file} is encrypted and asks for a password",
            "a PDF that anybody can open",
            "Open it with its password and save it without one, if you may.",
        )
    return UnreadableDocument(
        f"{file} is damaged, or no PDF ({str(error).rstrip('.')})",
        "a whole PDF",
        "Fetch it again from its publisher.",
    )


def _unwritten(numbers: list[int], total: int, file: str) -> UnreadableDocument:
    if len(numbers) == total:
        which = "its one page" if total == 1 else f"any of its {total:,} pages"
    else:
        which = f"page {_ranges(numbers)} of {total:,}"
    shown = ", ".join(map(str, numbers[:3])) + ", ..." * (len(numbers) > 3)
    return UnreadableDocument(
        f"{file} has pictures and no text on {which}",
        "a PDF whose words can be marked and copied",
        "Have the words recognised (OCR) and saved with it. If there is nothing to read on those "
        f"pages, write `pictures: [{shown}]` beside it in documents/documents.yaml.",
    )


def _ranges(numbers: list[int]) -> str:
    """Numbers in a few words: 1, 3-5 and 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
