"""`placedex fetch` brings the files of a source, and says what could not be had."""

import shutil
from pathlib import Path

import pytest

from placedex.observations.sources import installed_sources
from placedex.observations.sources.address_tables import read_addresses
from placedex.workspace.fetch import PUBLISHED
from tests.conftest import Run


def test_a_mirror_gives_a_source_and_the_build_reads_it(
    example: Path, shared: Path, run: Run
) -> None:
    """The ons-els files of the mirror, each where its source looks for it."""
    done = run("fetch", example, "--source", "ons-els", "--mirror", shared / "data" / "ons-els")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("from a mirror: 54 files\n")
    assert f"--figures {example / PUBLISHED}" in done.stdout
    laid = example / PUBLISHED / "ons-els" / "gigabit-capable-broadband"
    there = shared / "data" / "ons-els" / "gigabit-capable-broadband"
    for name in ("gigabit-capable-broadband.csv", "gigabit-capable-broadband.json"):
        assert (laid / name).read_bytes() == (there / name).read_bytes()
    assert run("build", example, "--figures", example / PUBLISHED).returncode == 0


def test_a_file_that_the_mirror_lacks_is_named_and_the_others_come(
    example: Path, shared: Path, tmp_path: Path, run: Run
) -> None:
    mirror = tmp_path / "mirror"
    shutil.copytree(shared / "data" / "ons-els" / "claimant-count", mirror / "claimant-count")

    done = run("fetch", example, "--source", "ons-els", "--mirror", mirror)

    assert done.returncode == 1
    assert "from a mirror: 2 files" in done.stdout
    assert "failed: ons-els: The mirror" in done.stdout
    assert "52 of 54 files are not there: 52 could not be fetched" in done.stderr
    assert (example / PUBLISHED / "ons-els" / "claimant-count").is_dir()


def test_offline_without_a_cache_says_what_to_do(
    example: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLACEDEX_CACHE", str(tmp_path / "cache"))

    done = run("fetch", example, "--offline")

    assert done.returncode == 1
    assert "Fetch it once without --offline" in done.stdout
    assert "by hand: bres: 'bres-itl2/ITL2_Employment" in done.stdout
    assert "10 must be taken by hand" in done.stderr


def test_a_file_without_an_address_is_told_with_its_page_until_it_lies_there(
    example: Path, shared: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLACEDEX_CACHE", str(tmp_path / "cache"))
    place = example / PUBLISHED / "digital-exclusion-risk" / "england_lsoa_depahri.csv.gz"

    before = run("fetch", example, "--offline", "--source", "digital-exclusion-risk")
    place.parent.mkdir(parents=True)
    kept = shared / "data" / "digital-exclusion" / "depahri" / place.name
    shutil.copyfile(kept, place)
    after = run("fetch", example, "--offline", "--source", "digital-exclusion-risk")

    assert before.returncode == 1
    assert "by hand from the page https://github.com/humaniverse/DEPAHRI/blob/" in before.stdout
    assert f"Put it there: {place}" in before.stdout
    assert after.returncode == 0


def test_addresses_are_listed_with_the_page_they_were_published_on(example: Path, run: Run) -> None:
    done = run("fetch", example, "--list", "--source", "ons-els")

    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(lines) == len(read_addresses("ons-els")) == 54
    assert {len(one.sha256) for one in read_addresses("ons-els")} == {64}
    assert {len(line) for line in lines} == {4}
    assert all(url.startswith("https://") and page for _, _, url, page in lines)


@pytest.mark.parametrize("code", ["nothing", "jobs"])
def test_a_source_that_is_not_there_or_has_no_address_is_refused(
    example: Path, run: Run, code: str
) -> None:
    (example / "sources").mkdir(exist_ok=True)
    (example / "sources" / "jobs.yaml").write_text(
        "code: jobs\ntitle: T\npublisher: P\nlicence: L\nfiles: [jobs.csv]\nplace: {column: code}\n"
        "indicator: jobs\nvalue: value\nperiod: '2024'\n",
        encoding="utf-8",
    )

    done = run("fetch", example, "--source", code)

    assert done.returncode == 2
    assert f"'{code}'" in done.stderr
    assert "Wanted one of" in done.stderr


def test_every_address_of_a_bundled_source_leads_to_a_file_that_it_reads(tmp_path: Path) -> None:
    for source in installed_sources():
        for address in source.addresses:
            path = tmp_path / source.code / address.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        if source.addresses:
            files = source.files(tmp_path / source.code)
            assert len(files) == len(source.addresses)
