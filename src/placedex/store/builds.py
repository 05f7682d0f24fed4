"""Builds: each written aside, then swapped in whole; the last good one stays until then.

`build` is a link to a folder below `.placedex/builds`. Swapping the link is one atomic act of the
file system, so a reader finds the old build or the new one and a build that is killed leaves the
old one untouched. The build before the present one is kept too, for readers that are still in it.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from placedex.errors import BadWorkspace, BuildUnderWay


@dataclass(frozen=True, slots=True)
class Builds:
    """The builds of one workspace."""

    workspace: Path

    @property
    def link(self) -> Path:
        """Where readers find the present build."""
        return self.workspace / "build"

    @property
    def kept(self) -> Path:
        """The folder that holds every build."""
        return self.workspace / ".placedex" / "builds"

    def present(self) -> Path | None:
        """The folder of the present build, or nothing if there is none yet."""
        return self.link.resolve() if self.link.exists() else None

    @contextmanager
    def next(self) -> Iterator[Path]:
        """A new folder to build in; it is swapped in if all goes well, and removed if not.

        Errors: BuildUnderWay if another build of the workspace runs; BadWorkspace if `build` is a
                something that placedex did not make.
        """
        if not self._ours():
            raise BadWorkspace(
                f"{self.link} is something that placedex did not make. Wanted nothing there, or "
                "the link to the last build. Move it away and build again."
            )
        self.kept.mkdir(parents=True, exist_ok=True)
        with self._lock():
            self._clear()
            folder = self.kept / f"{self._last_number() + 1:06d}"
            aside = folder.with_name(f"{folder.name}.part")
            aside.mkdir()
            try:
                yield aside
                self._swap(aside, folder=folder)
            except BaseException:
                shutil.rmtree(aside, ignore_errors=True)
                raise
            self._clear()

    def _ours(self) -> bool:
        """Whether `build` is nothing yet, or a link to one of the kept builds."""
        if not self.link.is_symlink():
            return not self.link.exists()
        target = self.link.readlink()
        return target.parent == Path(".placedex", "builds") and target.name.isdigit()

    def _swap(self, aside: Path, *, folder: Path) -> None:
        _flush(aside)
        aside.rename(folder)
        link = self.kept / "link.part"
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.relpath(folder, self.workspace), target_is_directory=True)
        link.replace(self.link)

    def _last_number(self) -> int:
        return max(
            (int(path.name) for path in self.kept.iterdir() if path.name.isdigit()), default=0
        )

    def _clear(self) -> None:
        """Remove what killed builds left, and all but the present build and the one before."""
        present = self.present()
        for path in self.kept.glob("*.part"):
            path.unlink() if path.is_symlink() else shutil.rmtree(path)
        whole = sorted(path for path in self.kept.iterdir() if path.name.isdigit())
        for path in whole:
            newest = present is not None and int(path.name) >= int(present.name) - 1
            if not newest:
                shutil.rmtree(path)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.kept.parent / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BuildUnderWay(
                    f"Another build of {self.workspace} has not finished. Wanted one at a time. "
                    "Wait for it, or stop it; the last good build stands."
                ) from None
            yield


def _flush(folder: Path) -> None:
    """Have the file system write a folder's files before they are swapped in."""
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
