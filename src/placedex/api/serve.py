"""The built site over HTTP, each request answered from one whole build, and the reviews."""

import secrets
from datetime import date
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from placedex.api.review import Answer, Asked, ReviewPages, is_loopback, is_review
from placedex.api.support import PATH as SUPPORT
from placedex.api.support import answer_support
from placedex.errors import PlacedexError
from placedex.workspace import site_folder

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
LONGEST_FORM, MOST_FIELDS = 65_536, 40


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers with the files of the present build; a swap shows at the next request."""

    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".json": "application/json",
        ".parquet": "application/vnd.apache.parquet",
        ".svg": "image/svg+xml",
        ".yaml": "application/yaml",
    }

    def __init__(
        self, *args: Any, workspace: Path, reviews: ReviewPages, quiet: bool, **options: Any
    ) -> None:
        self._quiet, self._workspace = quiet, workspace
        self._reviews = reviews
        try:
            folder = site_folder(workspace)
        except PlacedexError:
            # The build was taken away: nothing is found until there is one again.
            folder = workspace / "build" / "nothing"
        super().__init__(*args, directory=str(folder), **options)

    def do_GET(self) -> None:
        """A file of the site, a page of reviews, or the answer to a question as JSON."""
        path, _, query = self.path.partition("?")
        if is_review(self.path):
            self._give(self._reviews.answer(self._asked()))
        elif path == SUPPORT:
            status, body = answer_support(self._workspace, query, today=date.today())
            self._give(Answer(status, body, kind="application/json; charset=utf-8"))
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """The headers of what a GET would give."""
        if is_review(self.path):
            self._give(self._reviews.answer(self._asked()))
        else:
            super().do_HEAD()

    def do_POST(self) -> None:
        """What a person says of a claim; nothing else can be sent."""
        if not is_review(self.path):
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST_FORM:
            self.close_connection = True
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            sent = self.rfile.read(int(length)).decode()
            form = dict(parse_qsl(sent, keep_blank_values=True, max_num_fields=MOST_FIELDS))
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        self._give(self._reviews.answer(self._asked(form)))

    def _asked(self, form: dict[str, str] | None = None) -> Asked:
        told = self.headers
        return Asked(self.path, told.get("Host", ""), form, told.get("Sec-Fetch-Site", ""))

    def _give(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def end_headers(self) -> None:
        """Add to every answer the headers that keep a page to itself."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        """Folders are not listed."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """An error; a page that is not there is said by the site's own page."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say what was asked for, unless told to be quiet."""
        if not self._quiet:
            super().log_message(format, *args)


def make_server(
    workspace: Path, *, host: str = "127.0.0.1", port: int = 0, quiet: bool = True
) -> ThreadingHTTPServer:
    """A server of a workspace's built site, ready to `serve_forever`; port 0 takes a free one.

    Errors: UnreadableStore if the workspace has not been built; PlacedexError if the port is taken.
    """
    site_folder(workspace)
    reviews = ReviewPages(workspace, secrets.token_urlsafe(32), is_loopback(host))
    handler = partial(SiteHandler, workspace=workspace, reviews=reviews, quiet=quiet)
    try:
        return ThreadingHTTPServer((host, port), handler)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise PlacedexError(
            f"The site cannot be served on {host}, port {port}: {why}. Wanted an address of this "
            "machine and a free port. Name others: --port 0 takes any."
        ) from None
