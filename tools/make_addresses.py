"""Make the tables of addresses: where each file of a source can be fetched, and from which page.

Run it from the project's folder: python -m tools.make_addresses SHARED_DATA [FOLDER]

The manifest of the published files gives repository, commit and path of each: at that commit the
file stays what it is, and the table has its SHA-256. A file that is kept there in another form than
the one that is read has no address, and the page on which it stands.
"""

import csv
import gzip
import hashlib
import io
import os
import sys
from pathlib import Path
from urllib.parse import quote

from placedex.observations.sources import Described, bundled_sources
from placedex.store import write_text

ADDRESSES = (
    Path(__file__).parent.parent / "src" / "placedex" / "observations" / "sources" / "addresses"
)
# Those whose publisher keeps them in a repository of its own.
PAGES = dict.fromkeys(
    ("ons-els", "ons-els-history"), "https://github.com/ONSdigital/explore-local-statistics-data"
)
R_FILE = "It is a file of R there: write it out as CSV, packed with gzip."
Row = tuple[str, str, str, str, str]


def main(arguments: list[str]) -> None:
    """Write a table for each bundled source whose files are in the manifest."""
    data = Path(arguments[0])
    folder = Path(arguments[1]) if len(arguments) > 1 else ADDRESSES
    with (data / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        listed = {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}
    pages = read_pages(data / "regional-accounts" / "edd_dict.csv")
    for source in bundled_sources():
        files = source.files(data)
        if not files:
            continue
        top = Path(os.path.commonpath([path.parent for path in files]))
        # A name that is told by its folder needs it where the file is laid, too.
        if any("/" in name for table in source.layout.tables for name in table.files):
            top = top.parent
        rows = [row_of(path, source, top, (data, listed, pages)) for path in files]
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(["file", "url", "page", "sha256", "note"])
        writer.writerows(sorted(rows))
        write_text(folder / f"{source.code}.csv", buffer.getvalue())


def read_pages(path: Path) -> dict[str, str]:
    """The publisher's page of each file of the regional accounts, by the file's stem."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: row["page_url"]
            for row in csv.DictReader(file)
            if row["page_url"].startswith("https://")
        }


def row_of(
    path: Path,
    source: Described,
    top: Path,
    told: tuple[Path, dict[str, dict[str, str]], dict[str, str]],
) -> Row:
    """The row of one file: its name here, its address, the publisher's page, and its hash."""
    data, listed, pages = told
    name = path.relative_to(data).as_posix()
    page = PAGES.get(source.code) or pages.get(path.stem) or source.page
    kept = listed.get(name)
    if kept is None:
        stem = name.removesuffix(".csv.gz")
        kept = next(row for ending in ("rds", "rda") if (row := listed.get(f"{stem}.{ending}")))
        where = f"{kept['repository']}/blob/{kept['commit']}/{quote(kept['path_in_repository'])}"
        return (path.relative_to(top).as_posix(), "", f"https://github.com/{where}", "", R_FILE)
    packed = name.endswith(".gz") and not kept["path_in_repository"].endswith(".gz")
    file = path.relative_to(top).as_posix()
    where = f"{kept['repository']}/{kept['commit']}/{quote(kept['path_in_repository'])}"
    url = f"https://raw.githubusercontent.com/{where}"
    return (
        file.removesuffix(".gz") if packed else file,
        url,
        page,
        hash_of(path, kept, packed),
        "",
    )


def hash_of(path: Path, kept: dict[str, str], packed: bool) -> str:
    """The SHA-256 of a file as published; empty if only a transcript of it is here."""
    stated = kept["sha256_16_of_published"]
    if stated.startswith("("):
        return ""
    content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if not digest.startswith(stated):
        raise ValueError(f"{path} has the SHA-256 {digest}; the manifest says {stated}.")
    return digest


if __name__ == "__main__":
    main(sys.argv[1:])
