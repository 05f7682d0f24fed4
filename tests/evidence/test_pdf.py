"""A PDF is read page by page, and refused where there is nothing to be read."""

import subprocess
import sys
from pathlib import Path

import pytest

from placedex.errors import UnreadableDocument
from placedex.evidence import About, Document, read_document
from placedex.evidence.formats.lines import DIVIDED, join_lines
from tests.evidence.pdfs import PAINT, pdf, with_password, written

typst = pytest.importorskip("typst", reason="typst makes the PDFs")

PLAN = """
#set document(title: "The plan")
#set page(width: 9cm, height: 8cm)
#set text(hyphenate: true, lang: "en")
#set par(justify: true)
= Digital Roadmap
The West Midlands has a multi-city testbed and infrastructure characteristics that
internationalisation of well-known telecommunications organisations could revolutionise, with
£15.3 billion of turnover. It stands in the West Midlands-wide plan.

- First bullet point
- Second with 12-15% of premises
#pagebreak()
On the second page, 2,400 businesses employ 144,000 people.
"""


def read(folder: Path, content: bytes, *, about: About | None = None) -> Document:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return read_document(path, about=about)


def test_paragraphs_are_whole_and_pages_are_kept(tmp_path: Path) -> None:
    source = tmp_path / "plan.typ"
    source.write_text(PLAN, encoding="utf-8")

    document = read(tmp_path, typst.compile(str(source)))

    assert document.text == (
        "Digital Roadmap\n"
        "The West Midlands has a multi-city testbed and infrastructure characteristics that "
        "internationalisation of well-known telecommunications organisations could revolutionise, "
        "with £15.3 billion of turnover. It stands in the West Midlands-wide plan.\n"
        "• First bullet point\n"
        "• Second with 12-15% of premises\n\n"
        "On the second page, 2,400 businesses employ 144,000 people."
    )
    assert document.title == "The plan"
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_of(document.text.index("£15.3")) == 1
    assert document.page_of(document.text.index("2,400")) == 2
    assert document.pages[0].end == document.pages[1].start
    assert document.pages[1].end == len(document.text)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (f"tele{DIVIDED}communications", "telecommunications"),
        (f"a multi{DIVIDED}city plan", "a multi-city plan"),
        (f"re{DIVIDED}fresh and re-fresh", "re-fresh and re-fresh"),
        (f"e{DIVIDED}mail and email", "email and email"),
        (f"from 12{DIVIDED}15% of it", "from 12-15% of it"),
        (f"in West{DIVIDED}Midlands", "in West-Midlands"),
        ("tele-\r\ncommunications", "telecommunications"),
        ("cost – \nabout £4m", "cost – about £4m"),
        ("Joanna\nHead of Clusters", "Joanna\nHead of Clusters"),
        ("worth £15.3\nbillion in all", "worth £15.3 billion in all"),
        ("one thing:\n• first\n• second", "one thing:\n• first\n• second"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_lines_are_joined_and_divided_words_mended(page: str, text: str) -> None:
    assert join_lines((page,)) == (text,)


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"a\.pdf is encrypted and asks for a password"):
        read(tmp_path, with_password())


def test_a_pdf_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"no text on any of its 2 pages.*OCR"):
        read(tmp_path, pdf(PAINT, PAINT))


def test_pages_that_are_only_pictures_are_named(tmp_path: Path) -> None:
    pages = (PAINT, written("Words"), b"", PAINT, PAINT)

    with pytest.raises(UnreadableDocument, match=r"no text on page 1 and 4-5 of 5.*1, 4, 5\]"):
        read(tmp_path, pdf(*pages))


def test_pictures_that_are_known_and_empty_pages_are_passed_over(tmp_path: Path) -> None:
    about = About("a.pdf", "a", pictures=(1,))

    document = read(tmp_path, pdf(PAINT, b"", written("Words")), about=about)

    assert document.text.strip() == "Words"
    assert document.page_of(document.text.index("Words")) == 3


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="damaged, or no PDF"):
        read(tmp_path, b"%PDF-1.7\nnothing more")


LONG = """
import sys
from pathlib import Path
from placedex.evidence import read_document
told = []
document = read_document(Path(sys.argv[1]), progress=lambda done, of: told.append((done, of)))
print(len(document.pages), document.page_of(document.text.index("Figure 437 ")))
print(told[0], told[-1], len(told))
# Not ru_maxrss, which a process takes over from the one that started it.
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux tells the memory")
def test_five_hundred_pages_tell_their_progress_and_stay_small(tmp_path: Path) -> None:
    source = tmp_path / "long.typ"
    words = "#lorem(350)"
    source.write_text(
        f"#for number in range(1, 501) [Figure #number of them. {words} #pagebreak(weak: true)]"
    )
    (tmp_path / "long.pdf").write_bytes(typst.compile(str(source)))

    done = subprocess.run(
        [sys.executable, "-c", LONG, str(tmp_path / "long.pdf")],
        capture_output=True,
        text=True,
        check=True,
    )

    lines = done.stdout.splitlines()
    assert lines[:2] == ["500 437", "(1, 500) (500, 500) 500"]
    assert int(lines[2]) < 500
