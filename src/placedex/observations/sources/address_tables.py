"""Tables of addresses: where each file of a source is kept, and the page that leads there."""

from functools import cache
from importlib import resources
from pathlib import Path

from placedex.errors import BadWorkspace, Unfetched
from placedex.store import read_rows
from placedex.store.fetch import Address

NEEDED = ("file", "url", "page")


def read_address_table(path: Path) -> tuple[Address, ...]:
    """The addresses in a table, one a row: file, url and page, and if known sha256 and note.

    A row without a url is of a file that must be taken from the page by hand.
    Errors: BadWorkspace with file and row for a row that is no address, or a file that is there
            twice.
    """
    addresses: dict[str, Address] = {}
    for row in read_rows(path, wanted=NEEDED):
        told = {name: (row.cells.get(name) or "").strip() for name in (*NEEDED, "sha256", "note")}
        try:
            address = Address(**told)
        except Unfetched as error:
            raise BadWorkspace(f"{path}, row {row.number}: {error}") from None
        if address.file in addresses:
            raise BadWorkspace(
                f"{path}, row {row.number}: '{address.file}' is there twice. Wanted each file "
                "once. Take one of the rows out."
            )
        addresses[address.file] = address
    return tuple(addresses.values())


@cache
def read_addresses(source: str) -> tuple[Address, ...]:
    """The addresses of a bundled source's files; none if no table gives them."""
    folder = resources.files("placedex.observations.sources") / "addresses"
    with resources.as_file(folder / f"{source}.csv") as path:
        return read_address_table(path) if path.is_file() else ()
