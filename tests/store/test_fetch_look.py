"""What was fetched is looked at before it is kept, and a mirror gives the same files."""

import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from placedex.errors import Unfetched
from placedex.store.fetch import (
    Address,
    Cache,
    Laid,
    Limits,
    Mirror,
    Offline,
    Web,
    fetched_days,
    note_laid,
    read_laid,
    unpack,
)
from tests.store.server import Server, gives, running

TABLE = b"place,value\n" + b"E08000025,1\n" * 20_000
PAGE = "https://example.org/statistics"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as told:
        yield told


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return Web(Cache(tmp_path / "cache"), "placedex/test", limits=Limits(seconds=2, between=0))


def of(url: str, file: str = "table.csv", sha256: str = "") -> Address:
    return Address(file, url, PAGE, sha256)


def kept_files(web: Web) -> list[Path]:
    return list(web.cache.folder.glob("files/*/*"))


def test_a_web_page_for_a_table_is_refused_with_its_words(server: Server, web: Web) -> None:
    page = b"<!DOCTYPE html><html><title>Page not found</title></html>"
    url = server.on("/a.csv", gives(page))

    with pytest.raises(Unfetched, match="is a web page .*Page not found"):
        web.fetch(of(url))

    assert kept_files(web) == []


@pytest.mark.parametrize(
    ("file", "body", "why"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"PK\x03\x04\x00\x00", "bytes that are no text"),
        ("a.json", b'{"a": [1, 2', "not whole JSON"),
        ("a.parquet", b"PAR1 and then nothing", "whole Parquet"),
        ("a.xlsx", b"PK\x03\x04 cut", "cannot be unpacked"),
        ("a.csv.gz", gzip.compress(TABLE)[:-20], "cannot be unpacked"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    server: Server, web: Web, file: str, body: bytes, why: str
) -> None:
    url = server.on("/f", gives(body))

    with pytest.raises(Unfetched, match=why):
        web.fetch(of(url, file))

    assert kept_files(web) == []


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused(server: Server, web: Web) -> None:
    url = server.on("/a.zip", gives(archive(a=bytes(50_000_000))))

    with pytest.raises(Unfetched, match="unpacks to more than"):
        web.fetch(of(url, "a.zip"))


def test_a_gzip_bomb_is_refused_before_it_is_unpacked_whole(server: Server, web: Web) -> None:
    url = server.on("/a.csv.gz", gives(gzip.compress(bytes(50_000_000))))

    with pytest.raises(Unfetched, match="unpacks to more than"):
        web.fetch(of(url, "a.csv.gz"))


@pytest.mark.parametrize("name", ["../up.csv", "/etc/up.csv", "a/../../up.csv", "..\\up.csv"])
def test_a_path_that_climbs_out_of_an_archive_is_refused(
    server: Server, web: Web, name: str
) -> None:
    url = server.on("/a.zip", gives(archive(**{name: b"x"})))

    with pytest.raises(Unfetched, match="leads out of it"):
        web.fetch(of(url, "a.zip"))


def test_a_good_archive_is_unpacked_into_its_folder(
    server: Server, web: Web, tmp_path: Path
) -> None:
    url = server.on("/a.zip", gives(archive(one__a_csv=b"a\n1\n", b=b"b")))

    files = unpack(web.fetch(of(url, "a.zip")), tmp_path / "out")

    assert [path.relative_to(tmp_path / "out").as_posix() for path in files] == ["one/a_csv", "b"]
    assert files[0].read_bytes() == b"a\n1\n"


def test_a_mirror_gives_the_same_file_by_its_name_packed_or_not(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "table.csv.gz").write_bytes(gzip.compress(TABLE, mtime=0))

    fetched = Mirror(tmp_path, date(2026, 11, 22)).fetch(of("https://example.org/table.csv"))

    assert fetched.how == "from a mirror"
    assert gzip.decompress(fetched.path.read_bytes()) == TABLE


def test_a_mirror_with_two_files_of_one_name_says_which(tmp_path: Path) -> None:
    for name, content in (("a", b"x\n1\n"), ("b", b"x\n2\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "table.csv").write_bytes(content)

    with pytest.raises(Unfetched, match=r"2 times, and not alike: a/table.csv, b/table.csv"):
        Mirror(tmp_path, date(2026, 11, 22)).fetch(of("https://example.org/table.csv"))


def test_a_mirror_without_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unfetched, match="has no file table.csv"):
        Mirror(tmp_path, date(2026, 11, 22)).fetch(of("https://example.org/table.csv"))


def test_a_mirror_takes_of_two_files_of_one_name_the_one_with_the_stated_hash(
    tmp_path: Path,
) -> None:
    """The hash is that of the published file, whether the mirror has it packed or not."""
    for name, content in (("a", b"x\n1\n"), ("b", b"x\n2\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "table.csv.gz").write_bytes(gzip.compress(content, mtime=0))
    mirror = Mirror(tmp_path, date(2026, 11, 22))

    for content in (b"x\n1\n", b"x\n2\n"):
        digest = hashlib.sha256(content).hexdigest()
        fetched = mirror.fetch(of("https://example.org/table.csv", sha256=digest))
        assert gzip.decompress(fetched.path.read_bytes()) == content
        assert (fetched.record.content, fetched.record.name) == (digest, "table.csv.gz")
    with pytest.raises(Unfetched, match="gives a file with the SHA-256"):
        mirror.fetch(of("https://example.org/table.csv", sha256="0" * 64))


def test_a_file_of_a_mirror_bears_the_name_of_the_address(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes(TABLE)

    fetched = Mirror(tmp_path, date(2026, 11, 22)).fetch(
        of("https://example.org/table.csv", "edition-of-may.csv")
    )

    assert fetched.record.name == "edition-of-may.csv"


def test_a_mirror_of_fetched_files_keeps_the_day_on_which_they_were_fetched(
    tmp_path: Path,
) -> None:
    (tmp_path / "table.csv").write_bytes(TABLE)
    digest = hashlib.sha256(TABLE).hexdigest()
    laid = Laid("table.csv", "", "table.csv", "u", digest, digest, date(2025, 3, 1))
    note_laid(tmp_path, [laid])

    fetched = Mirror(tmp_path, date(2026, 11, 22)).fetch(of("https://example.org/table.csv"))

    assert fetched.record.fetched == date(2025, 3, 1)
    assert read_laid(tmp_path) == (laid,)


def test_a_note_of_what_was_fetched_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".fetched.json").write_text('[{"file": 1', encoding="utf-8")

    with pytest.raises(Unfetched, match="Take it out and fetch again: the files themselves stay"):
        fetched_days(tmp_path)


@pytest.mark.parametrize("kept", ["web", "offline", "mirror"])
def test_a_file_of_which_only_the_page_is_known_must_be_taken_by_hand(
    web: Web, tmp_path: Path, kept: str
) -> None:
    address = Address("a.csv", "", "https://example.org/page", note="Save the first sheet.")
    ways: dict[str, Web | Offline | Mirror] = {
        "web": web,
        "offline": Offline(Cache(tmp_path)),
        "mirror": Mirror(tmp_path, date(2026, 11, 22)),
    }

    with pytest.raises(
        Unfetched, match=r"by hand from the page https://example.org/page. Save the first"
    ):
        ways[kept].fetch(address)


@pytest.mark.parametrize("name", ["", "/a.csv", "../a.csv", "a/../../b.csv", "..\\b.csv"])
def test_a_name_that_leaves_its_folder_is_no_address(name: str) -> None:
    with pytest.raises(Unfetched, match="stays inside its folder"):
        of("https://example.org/a.csv", name)


def test_an_address_that_is_not_on_the_web_is_refused() -> None:
    with pytest.raises(Unfetched, match="begins with https"):
        of("file:///etc/passwd")
