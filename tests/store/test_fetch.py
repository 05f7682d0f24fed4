"""Published files are fetched whole or not at all, whatever the server does."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import platformdirs
import pytest

from placedex.errors import Unfetched
from placedex.store import hash_file
from placedex.store.fetch import Address, Cache, Limits, Offline, Web, shared_cache
from placedex.store.fetch.address import redirected
from placedex.store.fetch.web import Clock
from tests.store.server import Handler, Server, answers, cuts, gives, running

TABLE = b"place,value\n" + b"E08000025,1\n" * 20_000
PAGE = "https://example.org/statistics"
HASTY = Limits(seconds=2, between=0, tries=3)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as told:
        yield told


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def web(tmp_path: Path, waits: list[float]) -> Web:
    clock = Clock(today=lambda: date(2026, 11, 22), wait=waits.append)
    return Web(Cache(tmp_path / "cache"), "placedex/test", limits=HASTY, clock=clock)


def of(url: str, file: str = "table.csv", sha256: str = "") -> Address:
    return Address(file, url, PAGE, sha256)


def kept_files(web: Web) -> list[Path]:
    return list(web.cache.folder.glob("files/*/*"))


def test_a_file_is_kept_with_its_hash_its_day_and_where_it_came_from(
    server: Server, web: Web
) -> None:
    url = server.on("/a.csv", gives(TABLE, ETag='"1"'))

    fetched = web.fetch(of(url))

    assert fetched.how == "new"
    assert fetched.path.read_bytes() == TABLE
    assert fetched.record.sha256 == hash_file(fetched.path)
    assert fetched.record.size == len(TABLE)
    assert fetched.record.fetched == date(2026, 11, 22)
    assert (fetched.record.url, fetched.record.page, fetched.record.etag) == (url, PAGE, '"1"')
    assert server.asked[0][1]["User-Agent"] == "placedex/test"


def test_an_unchanged_file_is_asked_for_by_its_mark_and_not_sent_again(
    server: Server, web: Web
) -> None:
    url = server.on("/a.csv", gives(TABLE, ETag='"1"'))
    first = web.fetch(of(url))

    second = web.fetch(of(url))

    assert server.asked[1][1]["If-None-Match"] == '"1"'
    assert (second.how, second.path) == ("unchanged", first.path)


def test_a_changed_file_is_kept_beside_the_old_one(server: Server, web: Web) -> None:
    url = server.on("/a.csv", gives(TABLE, ETag='"1"'), gives(TABLE + b"x,2\n", ETag='"2"'))
    first = web.fetch(of(url))

    second = web.fetch(of(url))

    assert second.how == "changed"
    assert first.path.read_bytes() == TABLE
    assert second.path.read_bytes() == TABLE + b"x,2\n"


def test_a_broken_line_is_gone_on_with_where_it_broke(server: Server, web: Web) -> None:
    url = server.on("/a.csv", cuts(TABLE, 100_000, ETag='"1"'), gives(TABLE, ETag='"1"'))

    fetched = web.fetch(of(url))

    assert fetched.path.read_bytes() == TABLE
    assert server.asked[1][1]["If-Range"] == '"1"'
    start = int(server.asked[1][1]["Range"].removeprefix("bytes=").removesuffix("-"))
    assert 0 < start <= 100_000


def test_a_file_that_changed_while_the_line_was_broken_is_begun_anew(
    server: Server, web: Web
) -> None:
    other = TABLE.replace(b"E08000025", b"E08000026")
    url = server.on("/a.csv", cuts(TABLE, 100_000, ETag='"1"'), gives(other, ETag='"2"'))

    assert web.fetch(of(url)).path.read_bytes() == other


def test_a_server_that_goes_on_with_another_file_is_not_believed(server: Server, web: Web) -> None:
    other = TABLE.replace(b"E08000025", b"E08000026")

    def wrong_rest(handler: Handler) -> None:
        start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        span = f"bytes {start}-{len(other) - 1}/{len(other)}"
        handler.give(other[start:], 206, Content_Range=span, ETag='"2"')

    url = server.on(
        "/a.csv", cuts(TABLE, 100_000, ETag='"1"'), wrong_rest, gives(other, ETag='"2"')
    )

    assert web.fetch(of(url)).path.read_bytes() == other


def test_a_line_that_keeps_breaking_is_an_error_and_leaves_no_file(
    server: Server, web: Web, waits: list[float]
) -> None:
    url = server.on("/a.csv", cuts(TABLE, 1_000))

    with pytest.raises(Unfetched, match="could not be fetched in 3 tries"):
        web.fetch(of(url))

    assert kept_files(web) == []
    assert waits == [0.5, 1.0]


def test_what_was_kept_before_stays_when_a_new_try_fails(server: Server, web: Web) -> None:
    url = server.on("/a.csv", gives(TABLE, ETag='"1"'), answers(500))
    first = web.fetch(of(url))

    with pytest.raises(Unfetched, match="the server answers 500"):
        web.fetch(of(url))

    assert Offline(web.cache).fetch(of(url)).path == first.path
    assert first.path.read_bytes() == TABLE


def test_a_server_that_announces_too_many_bytes_is_not_believed(server: Server, web: Web) -> None:
    def too_long(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(TABLE) + 50))
        handler.end_headers()
        handler.wfile.write(TABLE)
        handler.cut()

    url = server.on("/a.csv", too_long)

    with pytest.raises(Unfetched, match="could not be fetched"):
        web.fetch(of(url))


def test_a_server_that_announces_too_few_bytes_is_asked_for_the_rest(
    server: Server, web: Web
) -> None:
    def too_short(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100003")
        handler.end_headers()
        handler.wfile.write(TABLE[:100_003])

    url = server.on("/a.csv", too_short, gives(TABLE))

    assert web.fetch(of(url)).path.read_bytes() == TABLE


def test_redirects_are_followed_and_what_was_reached_is_kept(server: Server, web: Web) -> None:
    last = server.on("/new.csv", gives(TABLE))
    url = server.on("/old.csv", answers(302, Location="/new.csv"))

    assert web.fetch(of(url)).record.reached == last


def test_redirects_in_a_circle_are_named(server: Server, web: Web) -> None:
    url = server.on("/a.csv", answers(302, Location="/b.csv"))
    server.on("/b.csv", answers(302, Location="/a.csv"))

    with pytest.raises(Unfetched, match=r"in a circle: .*/a.csv -> .*/b.csv -> .*/a.csv"):
        web.fetch(of(url))


def test_redirects_without_end_are_refused(server: Server, web: Web) -> None:
    for number in range(20):
        server.on(f"/{number}.csv", answers(302, Location=f"/{number + 1}.csv"))

    with pytest.raises(Unfetched, match="on 9 times"):
        web.fetch(of(f"{server.address}/0.csv"))


@pytest.mark.parametrize(
    ("begun", "location", "why"),
    [
        ("https://8.8.8.8/a", "http://8.8.4.4/a", "not secure"),
        ("https://8.8.8.8/a", "https://127.0.0.1/a", "inside a private network"),
        ("https://8.8.8.8/a", "https://[::1]/a", "inside a private network"),
        ("https://8.8.8.8/a", "https://10.0.0.1/a", "inside a private network"),
        ("https://8.8.8.8/a", "file:///etc/passwd", "no address on the web"),
    ],
)
def test_a_redirect_that_leads_astray_is_not_followed(begun: str, location: str, why: str) -> None:
    with pytest.raises(Unfetched, match=why):
        redirected(of(begun), begun, location)


def test_a_server_that_is_busy_is_asked_again_when_it_says(
    server: Server, web: Web, waits: list[float]
) -> None:
    url = server.on("/a.csv", answers(429, Retry_After="7"), answers(503), gives(TABLE))

    assert web.fetch(of(url)).path.read_bytes() == TABLE
    assert waits == [7.0, 1.0]


def test_a_wait_that_is_too_long_is_shortened(server: Server, web: Web, waits: list[float]) -> None:
    url = server.on("/a.csv", answers(429, Retry_After="86400"), gives(TABLE))

    web.fetch(of(url))

    assert waits == [120.0]


def test_a_file_that_is_gone_is_not_asked_for_again(server: Server, web: Web) -> None:
    url = server.on("/a.csv", answers(404))

    with pytest.raises(Unfetched, match=f"answers 404.*{PAGE}"):
        web.fetch(of(url))

    assert len(server.asked) == 1


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(server: Server, web: Web) -> None:
    web.limits = replace(HASTY, largest=1_000)
    url = server.on("/a.csv", gives(TABLE))

    with pytest.raises(Unfetched, match="240,012 bytes or more. Wanted at most 1,000"):
        web.fetch(of(url))


def test_a_file_that_hides_its_length_is_refused_when_it_passes_the_limit(
    server: Server, web: Web
) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(TABLE)
        handler.cut()

    web.limits = replace(HASTY, largest=1_000_000)
    url = server.on("/a.csv", endless)

    with pytest.raises(Unfetched, match="Wanted at most 1,000,000"):
        web.fetch(of(url))


def test_a_server_that_drips_is_given_up(server: Server, web: Web) -> None:
    def drips(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)
        handler.cut()

    web.limits = replace(HASTY, tries=1, patience=0.2)
    url = server.on("/a.csv", drips)

    with pytest.raises(Unfetched, match=r"only \d+ bytes came"):
        web.fetch(of(url))


def test_a_silent_server_is_given_up(server: Server, web: Web) -> None:
    web.limits = replace(HASTY, tries=1, seconds=0.2)
    url = server.on("/a.csv", lambda _: time.sleep(1))

    with pytest.raises(Unfetched, match="timed out"):
        web.fetch(of(url))


def test_a_file_with_another_hash_than_stated_is_refused(server: Server, web: Web) -> None:
    url = server.on("/a.csv", gives(TABLE))

    with pytest.raises(Unfetched, match="Wanted 0000"):
        web.fetch(of(url, sha256="0000"))

    assert kept_files(web) == []


def test_requests_to_one_host_are_spaced(server: Server, web: Web, waits: list[float]) -> None:
    web.limits = replace(HASTY, between=60)
    for name in ("/a.csv", "/b.csv"):
        server.on(name, gives(TABLE))
        web.fetch(of(f"{server.address}{name}"))

    assert len(waits) == 1
    assert 59 < waits[0] <= 60


def test_two_fetches_at_once_give_one_whole_file(server: Server, web: Web) -> None:
    url = server.on("/a.csv", gives(TABLE, ETag='"1"'))
    found: list[bytes] = []

    def fetch() -> None:
        other = Web(web.cache, "placedex/test", limits=HASTY)
        found.append(other.fetch(of(url)).path.read_bytes())

    threads = [threading.Thread(target=fetch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [TABLE] * 8
    assert len(kept_files(web)) == 1


def test_a_kept_file_that_was_tampered_with_is_fetched_again(server: Server, web: Web) -> None:
    url = server.on("/a.csv", gives(TABLE, ETag='"1"'))
    web.fetch(of(url)).path.write_bytes(TABLE.replace(b"1", b"2"))

    with pytest.raises(Unfetched, match="was not fetched before"):
        Offline(web.cache).fetch(of(url))
    assert web.fetch(of(url)).path.read_bytes() == TABLE


def test_nothing_is_asked_of_the_web_offline(server: Server, web: Web) -> None:
    url = server.on("/a.csv", gives(TABLE))

    with pytest.raises(Unfetched, match="Fetch it once without --offline"):
        Offline(web.cache).fetch(of(url))

    assert server.asked == []


def test_the_cache_of_this_user_is_the_systems_place_for_one_or_the_named_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PLACEDEX_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    system = shared_cache().folder
    monkeypatch.setenv("PLACEDEX_CACHE", str(tmp_path / "own"))

    assert system == platformdirs.user_cache_path("placedex", appauthor=False)
    assert shared_cache().folder == tmp_path / "own"


def test_a_file_that_comes_again_keeps_its_first_day_and_a_changed_one_gets_a_new(
    server: Server, web: Web
) -> None:
    url = server.on("/a.csv", gives(TABLE), gives(TABLE), gives(TABLE + b"E08000026,2\n"))
    days = iter((date(2026, 1, 1), date(2026, 2, 2), date(2026, 3, 3)))
    dated = replace(web, clock=Clock(today=lambda: next(days), wait=lambda _: None))

    came = [dated.fetch(of(url)) for _ in range(2)]
    changed = replace(dated, clock=Clock(today=lambda: date(2026, 3, 3))).fetch(of(url))

    assert [one.record.fetched for one in came] == [date(2026, 1, 1)] * 2
    assert (changed.how, changed.record.fetched) == ("changed", date(2026, 3, 3))
