"""The built site over a real HTTP server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from placedex.api import make_server
from placedex.errors import PlacedexError, UnreadableStore
from placedex.workspace import build_workspace, open_workspace


@contextmanager
def served(workspace: Path) -> Iterator[HTTPConnection]:
    server = make_server(workspace)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        yield connection
    finally:
        connection.close()
        server.shutdown()
        thread.join()
        server.server_close()


def get(connection: HTTPConnection, path: str) -> tuple[int, str, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Content-Type", ""), answer.read().decode()


def test_pages_styles_and_data_come_with_their_types(built: Path) -> None:
    with served(built) as connection:
        assert get(connection, "/")[:2] == (200, "text/html; charset=utf-8")
        status, kind, text = get(connection, "/places/e08000026.html")
        assert (status, kind) == (200, "text/html; charset=utf-8")
        assert "Coventry" in text
        assert get(connection, "/site.css")[:2] == (200, "text/css; charset=utf-8")


@pytest.mark.parametrize(
    "path", ["/nowhere.html", "/../placedex.duckdb", "/%2e%2e/placedex.duckdb", "/places", "/data/"]
)
def test_what_is_not_a_page_is_not_found_and_said_by_the_sites_own_page(
    built: Path, path: str
) -> None:
    with served(built) as connection:
        status, kind, text = get(connection, path)
        if status == 301:
            status, kind, text = get(connection, f"{path}/")

    if path in {"/places"}:
        assert status == 200
    else:
        assert (status, kind) == (404, "text/html; charset=utf-8")
        assert "placedex" in text


def test_a_new_build_shows_at_the_next_request(example: Path) -> None:
    build_workspace(open_workspace(example), version="test")
    with served(example) as connection:
        assert "A new title" not in get(connection, "/")[2]
        path = example / "placedex.toml"
        text = path.read_text(encoding="utf-8").replace(
            "Local Digital Index of the West Midlands", "A new title"
        )
        path.write_text(text, encoding="utf-8")
        build_workspace(open_workspace(example), version="test")

        assert "A new title" in get(connection, "/")[2]


def test_an_unbuilt_workspace_is_not_served(example: Path) -> None:
    with pytest.raises(UnreadableStore, match="has no site yet"):
        make_server(example)


def test_a_port_that_is_taken_is_said_to_be(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(PlacedexError, match=f"port {port}"):
            make_server(built, port=port)
