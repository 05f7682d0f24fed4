"""What is fetched for a workspace is read and checked first, laid edition beside edition, dated."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from placedex.errors import BadWorkspace
from placedex.observations import Observation
from placedex.observations.sources import Source, installed_sources, read_sources
from placedex.store import hash_file
from placedex.store.fetch import Cache, Limits, Mirror, Offline, Web, fetched_days
from placedex.store.fetch.mirror import content_hash
from placedex.store.fetch.web import Clock
from placedex.workspace import build_workspace, export_build, open_workspace, taken
from placedex.workspace.fetch import PUBLISHED, FetchReport, fetch_sources
from tests.store.server import Server, answers, cuts, gives, running

FIRST, THEN = date(2026, 11, 2), date(2026, 12, 15)
TABLE = "code,value\nE08000025,{}\n"
LAYOUT = """\
code: take-up
title: Take-up as we were told
publisher: The council
licence: Open Government Licence v3.0
page: https://example.org/take-up
files: [take-up.csv]
place: {column: code}
indicator: full-fibre-take-up
value: value
period: 2025-07
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as told:
        yield told


@pytest.fixture
def council(example: Path, server: Server) -> Path:
    """A workspace with a layout of its own, and a table of addresses beside it.

    Its index compares regions: a build with published files compares every district, of which the
    workspace has too few.
    """
    spec = example / "indexes" / "local-digital-index.yaml"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(
        text.replace("kinds: [district,", "kinds: [region,", 1).replace(
            ", region, nation]", ", nation]"
        ),
        encoding="utf-8",
    )
    addresses = example / "sources" / "addresses"
    addresses.mkdir(parents=True)
    (example / "sources" / "take-up.yaml").write_text(LAYOUT, encoding="utf-8")
    (addresses / "take-up.csv").write_text(
        f"file,url,page\ntake-up.csv,{server.address}/t,https://example.org/take-up\n",
        encoding="utf-8",
    )
    return example


def fetched(workspace: Path, day: date) -> FetchReport:
    """What a fetch of the council's source gives on a day."""
    clock = Clock(today=lambda: day, wait=lambda _: None)
    limits = Limits(seconds=2, between=0, tries=2)
    web = Web(Cache(workspace / "cache"), "placedex/test", limits=limits, clock=clock)
    sources = read_sources(workspace / "sources")
    return fetch_sources(sources, web, workspace=open_workspace(workspace), today=day)


def table(value: object) -> bytes:
    return TABLE.format(value).encode()


def known(workspace: Path, day: date | None = None) -> Observation:
    """The one figure that stands, now or on a day."""
    with open_workspace(workspace).observations(workspace / PUBLISHED) as observations:
        then = observations if day is None else observations.known_on(day)
        [one] = then.series("E08000025", "full-fibre-take-up")
    return one


def test_the_table_of_addresses_of_a_workspace_is_fetched_and_read(
    council: Path, server: Server
) -> None:
    server.on("/t", gives(table(30)))

    report = fetched(council, FIRST)

    assert [(code, one.how) for code, one in report.fetched] == [("take-up", "new")]
    assert report.missing == 0
    assert (council / PUBLISHED / "take-up" / "take-up.csv").read_bytes() == table(30)
    assert known(council).value == 30


def test_the_day_of_fetching_is_on_the_origin_in_database_site_and_export(
    council: Path, server: Server, tmp_path: Path
) -> None:
    server.on("/t", gives(table(30)))
    fetched(council, FIRST)

    build_workspace(open_workspace(council), version="1", figures=council / PUBLISHED)
    export_build(
        council,
        form="csv",
        output=tmp_path / "out",
        version="1",
        choice=taken.Choice(indicators=("full-fibre-take-up",)),
    )

    with duckdb.connect(council / "build" / "placedex.duckdb", read_only=True) as connection:
        days = dict(connection.execute("SELECT code, accessed FROM origin").fetchall())
    page = (council / "build" / "site" / "sources.html").read_text(encoding="utf-8")
    exported = "".join(path.read_text("utf-8") for path in (tmp_path / "out").glob("*origin*.csv"))
    assert days["take-up/take-up.csv"] == FIRST
    assert "2 November 2026" in page
    assert "2026-11-02" in exported


def test_a_file_that_nobody_fetched_has_no_day(council: Path, server: Server) -> None:
    server.on("/t", gives(table(30)))
    fetched(council, FIRST)
    place = council / PUBLISHED / "take-up"
    (place / "take-up.csv").write_bytes(table(31))

    assert known(council).value == 31
    assert known(council).origin.accessed is None


def test_a_file_that_has_not_changed_keeps_the_day_on_which_it_first_came(
    council: Path, server: Server
) -> None:
    """By the server's mark, and where it gives none, by the content."""
    server.on("/t", gives(table(30), ETag='"1"'), gives(table(30)), gives(table(30)))
    fetched(council, FIRST)

    again = [fetched(council, THEN), fetched(council, THEN)]

    assert [one.how for report in again for _, one in report.fetched] == ["unchanged"] * 2
    assert known(council).origin.accessed == FIRST
    assert all(report.editions == () for report in again)


def test_a_new_edition_is_laid_beside_the_old_and_each_is_known_from_its_day(
    council: Path, server: Server
) -> None:
    server.on("/t", gives(table(30), ETag='"1"'), gives(table(41), ETag='"2"'))
    fetched(council, FIRST)

    report = fetched(council, THEN)

    assert report.editions == ("take-up/edition-2026-12-15/take-up.csv",)
    assert (council / PUBLISHED / "take-up" / "take-up.csv").read_bytes() == table(30)
    assert (known(council).value, known(council).origin.accessed) == (41, THEN)
    assert known(council, date(2026, 12, 14)).value == 30
    assert known(council, date(2026, 12, 15)).value == 41


def test_of_two_editions_of_one_day_the_later_stands(council: Path, server: Server) -> None:
    server.on("/t", *(gives(table(value)) for value in (30, 41, 42)))

    places = [one for _ in range(3) for one in fetched(council, FIRST).editions]

    assert places == [
        "take-up/edition-2026-11-02/take-up.csv",
        "take-up/edition-2026-11-02-2/take-up.csv",
    ]
    assert known(council).value == 42


def test_an_edition_that_comes_back_is_the_newest_again(council: Path, server: Server) -> None:
    server.on("/t", gives(table(30)), gives(table(41)), gives(table(30)))

    for day in (FIRST, THEN, date(2027, 1, 4)):
        fetched(council, day)

    assert known(council).value == 30
    assert known(council, date(2026, 12, 31)).value == 41


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE html><html>Sign in</html>", "is a web page"),
        (b"code,percent\nE08000025,41\n", "'value'"),
        (b"code,value\nE08000999,41\n", "E08000999"),
        (b"code,value\nE08000025,41\nE08000025,42\n", "row 3"),
        (b"code,value\nE08000025,41\nE080", "Line: 3"),
    ],
)
def test_what_its_source_cannot_read_or_check_is_refused_and_the_old_stays(
    council: Path, server: Server, body: bytes, words: str
) -> None:
    server.on("/t", gives(table(30)), gives(body))
    fetched(council, FIRST)

    report = fetched(council, THEN)

    [(code, _, why)] = report.failed + report.refused
    assert code == "take-up"
    assert words in why
    assert report.fetched == ()
    assert known(council).value == 30
    assert not (council / ".placedex" / "fetching").exists()


def test_a_refused_file_of_a_new_workspace_leaves_nothing(council: Path, server: Server) -> None:
    server.on("/t", gives(b"code,percent\nE08000025,41\n"))

    fetched(council, FIRST)

    assert list((council / PUBLISHED).rglob("*.csv")) == []


def test_a_broken_line_is_gone_on_with_and_the_table_is_read(council: Path, server: Server) -> None:
    body = table(30) + b"E08000026,41\n" * 1
    server.on("/t", cuts(body, 12, ETag='"1"'), gives(body, ETag='"1"'))

    report = fetched(council, FIRST)

    assert report.missing == 0
    assert server.asked[1][1]["Range"] == "bytes=12-"
    assert known(council).value == 30


def test_a_file_put_there_by_hand_is_not_overwritten(council: Path, server: Server) -> None:
    place = council / PUBLISHED / "take-up"
    place.mkdir(parents=True)
    (place / "take-up.csv").write_bytes(table(29))
    server.on("/t", gives(table(30)))

    report = fetched(council, FIRST)

    assert report.editions == ("take-up/edition-2026-11-02/take-up.csv",)
    assert (place / "take-up.csv").read_bytes() == table(29)
    assert known(council).value == 30


def test_a_build_does_not_read_again_what_the_fetch_read(council: Path, server: Server) -> None:
    server.on("/t", gives(table(30)))
    fetched(council, FIRST)

    report = build_workspace(open_workspace(council), version="1", figures=council / PUBLISHED)

    assert report.read == ()


def test_two_workspaces_share_a_cache_and_a_third_needs_no_web(
    council: Path, server: Server, tmp_path: Path
) -> None:
    server.on("/t", gives(table(30), ETag='"1"'))
    fetched(council, FIRST)
    others = [shutil.copytree(council, tmp_path / name) for name in ("second", "third")]
    for one in others:
        shutil.rmtree(one / ".placedex")
    cache = Cache(council / "cache")
    sources = read_sources(council / "sources")
    web = Web(cache, "placedex/test", limits=Limits(between=0))

    ways: tuple[Web | Offline, ...] = (web, Offline(cache))

    reports = [
        fetch_sources(sources, way, workspace=open_workspace(other), today=THEN)
        for way, other in zip(ways, others, strict=True)
    ]

    assert [report.fetched[0][1].how for report in reports] == ["unchanged", "kept before"]
    assert len(server.asked) == 2
    assert [known(other).origin.accessed for other in others] == [FIRST, FIRST]


def test_a_server_that_is_gone_leaves_what_was_there(council: Path, server: Server) -> None:
    server.on("/t", gives(table(30)), answers(404))
    fetched(council, FIRST)

    report = fetched(council, THEN)

    assert "answers 404" in report.failed[0][2]
    assert known(council).value == 30


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("../out.csv,https://example.org/a,https://example.org/", "stays inside"),
        ("a.csv,ftp://example.org/a,https://example.org/", "no address of a file"),
        ("a.csv,,", "no address of a file"),
        ("a.csv,https://example.org/a,\na.csv,https://example.org/b,", "there twice"),
    ],
)
def test_a_wrong_row_of_a_table_of_addresses_is_named(council: Path, rows: str, words: str) -> None:
    path = council / "sources" / "addresses" / "take-up.csv"
    path.write_text(f"file,url,page\n{rows}\n", encoding="utf-8")

    with pytest.raises(BadWorkspace, match=words) as refused:
        read_sources(council / "sources")

    assert "take-up.csv, row " in str(refused.value)


def test_every_source_is_fetched_from_a_mirror_byte_for_byte_and_read(
    example: Path, shared: Path
) -> None:
    """Each file has the hash that its table states, and its source read it before it was laid."""
    data = shared / "data"
    # What is asked of Nomis is an answer, and no file that a mirror could hold.
    sources = [one for one in installed_sources() if one.addresses and one.code != "nomis"]

    report = fetch_sources(
        sources, Mirror(data, FIRST), workspace=open_workspace(example), today=FIRST
    )

    assert report.missing == 0
    assert {code for code, _ in report.fetched} == {one.code for one in sources}
    kept = {hash_file(path) for path in data.rglob("*") if path.is_file()}
    stated = 0
    for code, one in report.fetched:
        path = report.folder / code / Path(one.address.file).with_name(one.record.name)
        assert hash_file(path) in kept
        stated += bool(one.address.sha256)
        assert content_hash(path, one.address) == (one.address.sha256 or one.record.content)
    assert stated >= 340
    assert set(fetched_days(report.folder).values()) == {FIRST}
    left = open_workspace(example).claims(report.folder).unclaimed
    assert left == ()


def test_every_source_of_the_shared_files_has_a_table_of_every_file(shared: Path) -> None:
    for source in installed_sources():
        files = source.files(shared / "data")
        if files and tables_of(source):
            assert len(source.addresses) == len(files), source.code


def tables_of(source: Source) -> bool:
    return type(source).__name__ == "Described"
