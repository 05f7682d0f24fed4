"""Documents are read word for word, or refused with what was met, wanted and to do."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from placedex.errors import UnreadableDocument
from placedex.evidence import About, read_document

POUNDS = "The sector’s turnover is £4 billion – 5.4 % of it."


def file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_is_kept_character_for_character(tmp_path: Path) -> None:
    text = "\n\nOne\r\n  two \t£3m\n\n"

    document = read_document(file(tmp_path, "A plan.txt", text))

    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (document.code, document.file, document.title) == ("a-plan", "A plan.txt", "A plan")
    assert [(page.number, page.start, page.end) for page in document.pages] == [(1, 0, len(text))]


def test_what_is_known_of_a_document_stays_with_it(tmp_path: Path) -> None:
    about = About(
        "a.txt", "plan", "The plan", "A council", date(2024, 2, 19), "https://e.org", "E1"
    )

    document = read_document(file(tmp_path, "a.txt", "Words."), about=about)

    assert (document.code, document.title, document.publisher) == ("plan", "The plan", "A council")
    assert (document.published, document.address) == (date(2024, 2, 19), "https://e.org")
    assert document.place == "E1"


def test_a_file_that_is_not_the_one_that_was_known_is_refused(tmp_path: Path) -> None:
    about = About("a.txt", "a", sha256="0" * 64)

    with pytest.raises(UnreadableDocument, match=r"another file than it was.*0{64}.*new hash"):
        read_document(file(tmp_path, "a.txt", "Words."), about=about)


@pytest.mark.parametrize(
    "content",
    [
        POUNDS.encode(),
        POUNDS.encode("utf-8-sig"),
        POUNDS.encode("utf-16"),
        b"\xfe\xff" + POUNDS.encode("utf-16-be"),
        POUNDS.encode("utf-32"),
        POUNDS.encode("cp1252"),
    ],
    ids=["UTF-8", "marked UTF-8", "UTF-16", "UTF-16 turned round", "UTF-32", "Windows-1252"],
)
def test_a_text_reads_alike_in_every_encoding(tmp_path: Path, content: bytes) -> None:
    assert read_document(file(tmp_path, "a.txt", content)).text == POUNDS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (POUNDS.encode() + b" caf\xe9", "other characters of it are"),
        ("Доход вырос на 5 процентов".encode("cp1251"), "too much of it is beyond ASCII"),
        ("The plan doesn’t say, and the region’s firms did not.".encode("mac-roman"), "accented"),
        (b"It cost 5\x81 in all, and the region paid.", "nor Windows-1252"),
        (POUNDS.encode("utf-16-le"), "a zero at character 1"),
        (b"\xff\xfe" + "odd".encode("utf-16-le") + b"\x00\xd8", "UTF-16-LE and is not"),
        (b"\xef\xbb\xbfcaf\xe9", "UTF-8 and is not"),
    ],
    ids=["damaged", "Cyrillic", "Macintosh", "undefined", "unmarked UTF-16", "half", "no UTF-8"],
)
def test_a_text_in_no_known_encoding_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"a\.txt.*{words}.*Wanted.*UTF-8"):
        read_document(file(tmp_path, "a.txt", content))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "", "a.txt is empty"),
        ("a.md", " \n\ufeff \n", "no words"),
        ("a.html", "<script>one()</script><p> </p>", "no words"),
        ("a.txt", "%PDF-1.7 ...", "ends in .txt but begins like a PDF"),
        ("a.pdf", "Words.", "ends in .pdf but begins like a text"),
        ("a.pdf", "<!doctype html><p>404", "begins like an HTML page"),
        ("a.txt", "\n<!-- x --><html><p>Words", "begins like an HTML page"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
        ("a.html", b"\x89PNG\r\n", "begins like a picture"),
        ("a.doc", "Words.", "has the suffix '.doc'"),
        ("plan", "Words.", "has no suffix"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    tmp_path: Path, name: str, content: bytes | str, words: str
) -> None:
    if words == "no words" and name == "a.md":
        content = str(content).replace("\ufeff", "")

    with pytest.raises(UnreadableDocument, match=words):
        read_document(file(tmp_path, name, content))


def test_a_document_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"none\.txt is missing"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(UnreadableDocument, match="is a folder"):
        read_document(tmp_path)


def test_markdown_keeps_its_marks_and_takes_its_title_from_the_first_heading(
    tmp_path: Path,
) -> None:
    text = "Cover\n\n# The **plan** #\n\nSee [£4m](https://e.org/2024)."

    document = read_document(file(tmp_path, "a.md", text))

    assert (document.text, document.title) == (text, "The **plan")


def test_the_documents_of_the_region_are_read(shared: Path) -> None:
    for path in sorted((shared / "documents").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as whole:
            assert read_document(path).text == whole.read()


def test_the_spans_of_the_claims_by_hand_give_their_words(shared: Path) -> None:
    import json

    texts = {path.name: read_document(path).text for path in (shared / "documents").glob("*.txt")}
    lines = (shared / "gold" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [one for one in map(json.loads, lines) if one["document"] in texts]

    assert claims
    for one in claims:
        assert texts[one["document"]][one["start"] : one["end"]] == one["quote"]
