"""Origins: the file, edition and address that a figure came from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures were published: enough to find them again and to tell whether they changed."""

    code: str
    publisher: str
    title: str
    edition: str
    url: str
    licence: str
    published: date | None = None
    accessed: date | None = None
    file: str = ""
    sha256: str = ""
    note: str = ""
