"""A download that grows: what has come so far, and by what it can be gone on with."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a file, with the marks that its server gave it."""

    path: Path

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return self.path.stat().st_size if self.path.is_file() else 0

    @property
    def etag(self) -> str:
        """The server's mark of this very content."""
        return self._marks().get("etag", "")

    @property
    def last_modified(self) -> str:
        """When the server says that the file was changed."""
        return self._marks().get("last_modified", "")

    @property
    def validator(self) -> str:
        """The mark by which the rest may be asked for; a weak one will not do."""
        return "" if self.etag.startswith("W/") else self.etag or self.last_modified

    def goes_on(self, response: "BaseHTTPResponse") -> int:
        """How long the whole file is, if a response goes on where this part ends; else 0."""
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if response.status != 206 or found is None or int(found[1]) != self.size:
            return 0
        return 0 if found[2] == "*" else int(found[2])

    def begin(self, response: "BaseHTTPResponse") -> int | None:
        """Make ready for what comes: go on if the server does, else begin anew; gives the total.

        A total of 0 is unknown; None says that what comes does not belong to what is here.
        """
        marks = {
            "etag": response.headers.get("ETag", ""),
            "last_modified": response.headers.get("Last-Modified", ""),
        }
        if response.status == 206:
            total = self.goes_on(response)
            if not total or marks["etag"] != self.etag:
                self.drop()
                return None
            return total
        self.drop()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch()
        self._about.write_text(json.dumps(marks), "utf-8")
        length = response.headers.get("Content-Length", "")
        return int(length) if length.isdigit() else 0

    def drop(self) -> None:
        """Forget what has come."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)

    @property
    def _about(self) -> Path:
        return self.path.with_suffix(".json")

    def _marks(self) -> dict[str, str]:
        try:
            marks: dict[str, str] = json.loads(self._about.read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return marks
