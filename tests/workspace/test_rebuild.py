"""A build after a build: only the published files that changed are read again."""

import os
import shutil
from pathlib import Path

from placedex.observations.sources import Shelf
from placedex.store import connect_memory
from placedex.workspace import build_workspace, open_workspace


def pages(folder: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_reads_no_file_that_has_not_changed_and_gives_the_same_bytes(
    example: Path, shared: Path, tmp_path: Path
) -> None:
    figures = tmp_path / "published"
    shutil.copytree(shared / "data" / "ons-els", figures, copy_function=shutil.copyfile)
    first = build_workspace(open_workspace(example), version="1", figures=figures)
    before = pages(first.folder / "site")
    os.utime(next(figures.rglob("apprenticeships.csv*")), (1, 1))

    second = build_workspace(open_workspace(example), version="1", figures=figures)

    assert len(first.read) > 50
    assert second.read == ()
    assert pages(second.folder / "site") == before


def test_one_file_that_changed_is_read_again_and_no_other(example: Path, tmp_path: Path) -> None:
    (example / "sources").mkdir(exist_ok=True)
    (example / "sources" / "own.yaml").write_text(
        "code: own\ntitle: T\npublisher: P\nlicence: L\nfiles: [take-up-*.csv]\n"
        "place: {column: code}\nindicator: full-fibre-take-up\nvalue: value\n"
        "period: {file: '(\\d{6})', form: month}\n",
        encoding="utf-8",
    )
    figures = tmp_path / "published"
    figures.mkdir()
    for month in ("202407", "202507"):
        (figures / f"take-up-{month}.csv").write_text("code,value\nE08000025,30\n")

    first = read(example, figures)
    (figures / "take-up-202507.csv").write_text("code,value\nE08000025,41\n")

    assert first == ["take-up-202407.csv", "take-up-202507.csv"]
    assert read(example, figures) == ["take-up-202507.csv"]


def read(workspace: Path, figures: Path) -> list[str]:
    """The files that had to be read."""
    shelf = Shelf(workspace / ".placedex" / "readings")
    with connect_memory() as connection:
        open_workspace(workspace).readings(figures, connection=connection, shelf=shelf)
    shelf.tidy()
    return shelf.read


def test_of_every_published_file_only_the_one_that_changed_is_read_again(
    example: Path, shared: Path, tmp_path: Path
) -> None:
    """The value of one bid is changed; the other files are left alone."""
    figures = tmp_path / "published"
    shutil.copytree(shared / "data", figures, copy_function=shutil.copyfile)
    first = read(example, figures)
    changed = figures / "funding" / "levelling-up-fund" / "levelling-up-fund-round-1.csv"
    text = changed.read_text(encoding="utf-8")

    changed.write_text(text.replace("20000000.00", "20000001.00", 1), encoding="utf-8")

    assert len(first) > 340
    assert read(example, figures) == ["funding/levelling-up-fund/levelling-up-fund-round-1.csv"]
