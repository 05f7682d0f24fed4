"""Make the tables of addresses: where each file of a source is kept by its publisher.

Run it from the project's folder: python -m tools.make_addresses SHARED_DATA [FOLDER]

Only files that a publisher keeps in its own repository have one here; each is of a stated edition.
"""

import csv
import io
import sys
from pathlib import Path

from placedex.store import write_text

ADDRESSES = (
    Path(__file__).parent.parent / "src" / "placedex" / "observations" / "sources" / "addresses"
)
OWN = {"ons-els": "ONSdigital/explore-local-statistics-data"}


def main(arguments: list[str]) -> None:
    """Write a table for each source whose publisher keeps its files in a repository."""
    with (Path(arguments[0]) / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t"))
    folder = Path(arguments[1]) if len(arguments) > 1 else ADDRESSES
    for code, repository in OWN.items():
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(["file", "url", "page"])
        for row in listed:
            kept, path = row["file"], row["path_in_repository"]
            wanted = path.endswith((".csv", ".json")) and row["repository"] == repository
            if kept.startswith(f"{code}/") and wanted:
                at = f"{repository}/{row['commit']}/{path}"
                page = f"https://github.com/{repository}"
                writer.writerow([path, f"https://raw.githubusercontent.com/{at}", page])
        write_text(folder / f"{code}.csv", buffer.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
