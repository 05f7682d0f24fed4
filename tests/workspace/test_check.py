"""`check` meets every fault at once and builds nothing."""

import json
from pathlib import Path

import pytest

from placedex.errors import PlacedexError
from placedex.workspace import build_workspace, check_workspace, open_workspace
from tests.conftest import Run

SPEC = Path("indexes") / "local-digital-index.yaml"


def test_the_example_has_no_fault(example: Path) -> None:
    assert check_workspace(example) == ()
    assert not (example / "build").exists()


def test_faults_of_figures_and_of_specs_are_met_together(example: Path) -> None:
    with (example / "figures" / "figures.csv").open("a", encoding="utf-8") as file:
        file.write("E08000999,gva,2023,x,,,published,nobody\n")
    text = (example / SPEC).read_text(encoding="utf-8")
    (example / SPEC).write_text(text.replace("weight: 0.5", "weight: -1", 1), encoding="utf-8")

    faults = check_workspace(example)

    assert len(faults) == 4
    assert sum("figures.csv, row 3265" in fault for fault in faults) == 3
    assert sum("has the weight -1" in fault for fault in faults) == 1


def test_a_folder_that_is_no_workspace_says_what_to_do(tmp_path: Path) -> None:
    [fault] = check_workspace(tmp_path)

    assert "has no placedex.toml" in fault
    assert "placedex init" in fault


def test_an_index_that_cannot_be_built_is_a_fault(example: Path) -> None:
    text = (example / SPEC).read_text(encoding="utf-8")
    (example / SPEC).write_text(
        text.replace("kinds: [district", "kinds: [county"), encoding="utf-8"
    )

    [fault] = check_workspace(example)

    assert "compares places of the kind 'county', and the workspace has none" in fault


def published(folder: Path, rows: str) -> Path:
    """A folder with one published file that a built-in source reads, and one that none does."""
    folder.mkdir()
    header = (
        "laua,laua_name,Full-fibre take-up (% of full-fibre coverage),"
        "Full-fibre take-up (% of all premises)\n"
    )
    name = "202507_full_fibre_take-up_laua_r01.csv"
    (folder / name).write_text(header + rows, encoding="utf-8")
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")
    return folder


def test_a_check_with_published_files_meets_what_a_build_with_them_meets(
    example: Path, tmp_path: Path
) -> None:
    figures = published(tmp_path / "files", "E08000999,Nowhere,40,30\nE08000025,Birmingham,x,30\n")

    faults = check_workspace(example, figures)

    with pytest.raises(PlacedexError) as met:
        build_workspace(open_workspace(example), version="1", figures=figures)
    assert faults == tuple(str(met.value).splitlines())
    assert any("202507_full_fibre_take-up_laua_r01.csv" in fault for fault in faults)
    assert check_workspace(example) == ()
    assert not (example / "build").exists()


def test_a_file_that_cannot_be_read_is_a_fault_beside_those_of_the_specs(
    example: Path, tmp_path: Path
) -> None:
    figures = tmp_path / "files"
    published(figures, "")
    [path] = figures.glob("*.csv")
    path.write_text("code,value\n", encoding="utf-8")
    text = (example / SPEC).read_text(encoding="utf-8")
    (example / SPEC).write_text(text.replace("weight: 0.5", "weight: -1", 1), encoding="utf-8")

    faults = check_workspace(example, figures)

    assert len(faults) == 2
    assert path.name in faults[0]
    assert "has the weight -1" in faults[1]


def test_a_check_with_published_files_says_what_a_build_would_say(
    example: Path, tmp_path: Path, run: Run
) -> None:
    """Regions only: of 361 districts the workspace has too few."""
    text = (example / SPEC).read_text(encoding="utf-8")
    (example / SPEC).write_text(text.replace("kinds: [district, ", "kinds: ["), encoding="utf-8")
    figures = published(tmp_path / "files", "E08000025,Birmingham,40,30\n")

    said = run("check", example, "--figures", figures)
    told = json.loads(run("check", example, "--figures", figures, "--format", "json").stdout)

    assert said.returncode == 0, said.stderr
    assert not (example / "build").exists()
    built = run("build", example, "--figures", figures).stdout
    common = [line for line in built.splitlines() if ", region: " in line or "not read" in line]
    assert len(common) == 2
    assert all(line in said.stdout.splitlines() for line in common)
    assert told["faults"] == []
    assert told["not_read"] == ["notes.txt"]
    assert {one["kind"]: one["components"] for one in told["ranked"]} == {
        "combined authority": 3,
        "region": 5,
        "nation": 5,
    }
