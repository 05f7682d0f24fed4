"""What a workspace says of its documents is read, or every fault is told with its line."""

from pathlib import Path

import pytest

from placedex.errors import BadWorkspace
from placedex.evidence import read_about
from placedex.store import hash_file

FAULTS = (
    ("1", "another file than it was"),
    ("3", "the code 'a' is in line 1 too"),
    ("4", "'1.tittle'"),
    ("6", "published"),
    ("7", "3.file"),
    ("8", "missing"),
)


def write(folder: Path, text: str) -> None:
    (folder / "documents.yaml").write_text(text, encoding="utf-8")


def test_a_document_is_known_by_its_files_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    write(
        tmp_path,
        "- file: a.txt\n  title: The plan\n  publisher: A council\n  published: 2024-02-19\n"
        "  address: https://example.org/plan\n  place: E47000007\n"
        f"  sha256: {hash_file(tmp_path / 'a.txt')}\n"
        "- file: Not There.pdf\n  pictures: [1, 24]\n",
    )

    about = read_about(tmp_path)

    assert list(about) == ["a.txt", "Not There.pdf"]
    assert (about["a.txt"].code, about["a.txt"].place) == ("a", "E47000007")
    assert about["a.txt"].published is not None
    assert about["a.txt"].published.isoformat() == "2024-02-19"
    assert (about["Not There.pdf"].code, about["Not There.pdf"].pictures) == ("not-there", (1, 24))


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    write(
        tmp_path,
        f"- file: a.txt\n  sha256: {'f' * 64}\n- file: A.txt\n  tittle: x\n"
        "- file: b.txt\n  published: soon\n- file: ../c.txt\n- title: x\n",
    )

    with pytest.raises(BadWorkspace) as caught:
        read_about(tmp_path)

    faults = str(caught.value).splitlines()
    told = [(fault.split(", line ")[1].split(":")[0], fault) for fault in faults]
    for (line, fault), (wanted, words) in zip(told, FAULTS, strict=True):
        assert line == wanted
        assert words in fault
    assert "Did you mean 'title'?" in faults[2]


def test_a_workspace_that_says_nothing_of_documents_is_no_fault(tmp_path: Path) -> None:
    assert dict(read_about(tmp_path)) == {}
    write(tmp_path, "")
    assert dict(read_about(tmp_path)) == {}
    write(tmp_path, "file: a.txt\n")
    with pytest.raises(BadWorkspace, match="Wanted a list"):
        read_about(tmp_path)
