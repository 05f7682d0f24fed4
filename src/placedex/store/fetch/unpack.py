"""Archives unpacked: no entry leaves the folder, and none grows beyond the limits."""

import zipfile
from pathlib import Path

from placedex.store.fetch.address import Limits
from placedex.store.fetch.cache import Fetched
from placedex.store.fetch.look import check_entries, chunks


def unpack(fetched: Fetched, folder: Path, *, limits: Limits | None = None) -> tuple[Path, ...]:
    """The files of a fetched ZIP archive, unpacked into a folder, in the order of the archive.

    Errors: Unfetched for an entry that leads out of the folder, and for one that unpacks beyond the
            limits, whatever the archive says of its size; then nothing of it is left.
    """
    limits = limits or Limits()
    written: list[Path] = []
    with zipfile.ZipFile(fetched.path) as archive:
        check_entries(archive, fetched.path.stat().st_size, fetched.address, limits=limits)
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            path = folder / entry.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as packed, path.open("wb") as file:
                # zipfile stops at the size that the archive states, which was checked above.
                for piece in chunks(packed):
                    file.write(piece)
            written.append(path)
    return tuple(written)
