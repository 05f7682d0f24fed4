"""`check` meets every fault at once and builds nothing."""

from pathlib import Path

from placedex.workspace import check_workspace

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
