"""A DOCX is read in its order, with its notes; what could do harm is refused."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from placedex.errors import UnreadableDocument
from placedex.evidence import Document, read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(folder: Path, content: bytes) -> Document:
    path = folder / "a.docx"
    path.write_bytes(content)
    return read_document(path)


def word(body: str = "<w:p><w:r><w:t>Words</w:t></w:r></w:p>", *, before: str = "") -> bytes:
    """A DOCX whose document has this body; what stands before it is put into its head."""
    made = io.BytesIO()
    docx.Document().save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = (
                    f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{body}</w:body>'
                    "</w:document>"
                ).encode()
            new.writestr(entry.filename, content)
    return out.getvalue()


def test_headings_paragraphs_and_tables_stand_in_their_order(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "The plan"
    made.add_heading("Money")
    made.add_paragraph("A total of £4.9 billion.")
    table = made.add_table(2, 2)
    for cell, text in zip((*table.row_cells(0), *table.row_cells(1)), "abcd", strict=True):
        cell.text = text
    made.add_paragraph("After it.")
    made.sections[0].header.paragraphs[0].text = "On every page"
    made.save(str(tmp_path / "a.docx"))

    document = read_document(tmp_path / "a.docx")

    assert document.text == "Money\n\nA total of £4.9 billion.\n\na\tb\nc\td\n\nAfter it."
    assert document.title == "The plan"


def test_tracked_changes_are_read_as_they_would_stand(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Worth </w:t></w:r><w:del><w:r><w:delText>£3m</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>£4m</w:t></w:r></w:ins><w:r><w:tab/><w:t>now</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    assert read(tmp_path, word(body)).text == "Worth £4m\tnow\n\nIn a box"


def test_footnotes_come_last(tmp_path: Path) -> None:
    made, out = word(), io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r>'
        '</w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>In 2022 prices.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                part = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                text = text.replace(b"</Types>", part.encode())
            if entry.filename == "word/_rels/document.xml.rels":
                part = f'<Relationship Id="rN" Type="{relation}" Target="footnotes.xml"/>'
                text = text.replace(b"</Relationships>", f"{part}</Relationships>".encode())
            new.writestr(entry.filename, text)
        new.writestr("word/footnotes.xml", notes)

    assert read(tmp_path, out.getvalue()).text == "Words\n\nIn 2022 prices."


def test_a_document_that_would_read_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not to be read")
    entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'

    with pytest.raises(UnreadableDocument, match=r"declares entities in word/document\.xml"):
        read(tmp_path, word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before=entity))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/media/{number}.bin", bytes(80_000_000))
    assert len(out.getvalue()) < 1_000_000

    with pytest.raises(UnreadableDocument, match=r"would unpack to 241 MB.*at most 200 MB"):
        read(tmp_path, out.getvalue())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and nothing more", "is a damaged zip file"),
        (word()[:4000], "is a damaged zip file"),
        (word("<w:p>"), "no readable Word document"),
    ],
)
def test_a_damaged_document_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        read(tmp_path, content)


def test_a_zip_file_that_is_no_document_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("figures.csv", "a,b")

    with pytest.raises(UnreadableDocument, match="no readable Word document"):
        read(tmp_path, out.getvalue())
