"""A real server on this machine that misbehaves as told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


@dataclass
class Server:
    """The server's address, what it answers to each path, and what it was asked."""

    address: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def on(self, path: str, *answers: Answer) -> str:
        """Answer a path so, one answer for each request, the last for all that follow."""
        self.answers[path] = list(answers)
        return f"{self.address}{path}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: "_HttpServer"

    def do_GET(self) -> None:
        """Answer as the test said."""
        told = self.server.told
        told.asked.append((self.path, dict(self.headers.items())))
        answers = told.answers[self.path]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        answer(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def give(self, body: bytes, status: int = 200, /, **headers: str) -> None:
        """A whole answer; headers are written with underscores for hyphens."""
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def cut(self) -> None:
        """Break the line."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.close()


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    told: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """A line that was broken on purpose is no error."""


@contextmanager
def running() -> Iterator[Server]:
    """A server that runs while the test does."""
    http = _HttpServer(("127.0.0.1", 0), Handler)
    http.told = Server(f"http://127.0.0.1:{http.server_address[1]}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield http.told
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def gives(body: bytes, **headers: str) -> Answer:
    """Give a body whole, and the rest of it where a range is asked for."""

    def answer(handler: Handler) -> None:
        wanted = handler.headers.get("Range", "")
        if handler.headers.get("If-None-Match") and handler.headers["If-None-Match"] == headers.get(
            "ETag"
        ):
            handler.give(b"", 304, **headers)
            return
        same = handler.headers.get("If-Range", headers.get("ETag")) == headers.get("ETag")
        if wanted and same:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                handler.give(b"", 416)
                return
            span = f"bytes {start}-{len(body) - 1}/{len(body)}"
            handler.give(body[start:], 206, Content_Range=span, **headers)
            return
        handler.give(body, **headers)

    return answer


def cuts(body: bytes, after: int, **headers: str) -> Answer:
    """Announce a body, give its beginning and break the line."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[:after])
        handler.cut()

    return answer


def answers(status: int, **headers: str) -> Answer:
    """Answer with a status and no body."""

    def answer(handler: Handler) -> None:
        handler.give(b"", status, **headers)

    return answer
