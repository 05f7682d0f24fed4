"""Published tables as text: packed or not, in other encodings, and what is refused."""

import gzip
from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from placedex.store import find_files, read_table


def test_cells_are_text_without_the_blanks_around_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffcode, name \r\nA, Ayton\r\n\r\nB,"x, y"\r\n'.encode())

    table = read_table(path)

    assert table.header == ("code", "name")
    assert table.column("name") == ("Ayton", "x, y")
    assert table.numbers == (2, 4)


def test_a_packed_table_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress("code;name\nA;Côte\n".encode("latin-1")))

    assert read_table(path, encoding="latin-1", delimiter=";").column("name") == ("Côte",)


@pytest.mark.parametrize(
    ("name", "content", "encoding", "words"),
    [
        ("a.csv", b"code\nC\xf4te\n", "utf-8", r"not in the encoding utf-8 \(byte 6\).*latin-1"),
        ("a.csv", b"code\nA\n", "utf-9", "'utf-9' is no encoding"),
        ("a.csv.gz", b"code\nA\n", "utf-8", "Wanted a whole file packed by gzip"),
        ("a.csv.gz", gzip.compress(b"code\nA\n")[:-9], "utf-8", "Wanted a whole file packed"),
        ("a.csv", b"code,name\nA\n", "utf-8", "a.csv, line 2: 1 cells. Wanted 2"),
        ("a.csv", b'code\n"A\n', "utf-8", "Wanted a CSV file with every quotation mark closed"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(
    tmp_path: Path, name: str, content: bytes, encoding: str, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UnreadableSource, match=words):
        read_table(path, encoding=encoding)


def test_a_file_right_in_a_folder_comes_before_one_below(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "b" / "x.csv", tmp_path / "a" / "x.csv", tmp_path / "x.csv"):
        path.write_text("code\n", encoding="utf-8")

    found = [path.relative_to(tmp_path).as_posix() for path in find_files("x.csv", [tmp_path])]

    assert found == ["x.csv", "a/x.csv", "b/x.csv"]
    assert list(find_files("y.csv", [tmp_path])) == []
