"""A built workspace with documents, served to be reviewed."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from placedex.api import make_server
from placedex.evidence import (
    Review,
    begin_review,
    read_review,
    review_path,
    write_review,
)
from tests.evidence.claims import TEXT, find, on_disk

# The claims that nobody spoke of are read anew from it, so that it names the place they are of.
PLAN = TEXT.replace("The digital plan", "The digital plan of the West Midlands")


@dataclass(frozen=True, slots=True)
class Served:
    """A server of a workspace whose document is the plan of the tests."""

    workspace: Path
    port: int

    @property
    def review(self) -> Review:
        return read_review(review_path(self.workspace / "documents", "plan"))

    def ask(
        self, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """The status, headers and text of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if form is None:
            connection.request("GET", path, headers=told)
        else:
            told["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(form), told)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.headers), text

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of a page's form."""
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', self.ask(path)[2]))


def workspace_of(built: Path, folder: Path, text: str = PLAN) -> Path:
    """A copy of a built workspace with one document and its open claims."""
    workspace = folder / "workspace"
    shutil.copytree(built, workspace, symlinks=True)
    document = on_disk(workspace, text)
    path = review_path(workspace / "documents", document.code)
    write_review(begin_review(document, find(document)), path)
    return workspace


@contextmanager
def served(workspace: Path, *, host: str = "127.0.0.1") -> Iterator[Served]:
    server = make_server(workspace, host=host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Served(workspace, server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
