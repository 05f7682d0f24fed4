"""Other people's answers: all that placedex can do agree, and the runner can fail."""

import json
from pathlib import Path

import pytest

from tests.golden.__main__ import main, run
from tests.golden.coinr_edges import OTHERWISE, UNTOLD

LATER = {
    "D": "clusters",
    "E": "small areas",
    "G": "evidence",
}
SKIPPED_METHODS = {
    # A form for records of claims, which says nothing of how they are read.
    "G01_claim_schema.schema": "a case of G01 without what such a case is known by",
}
INPUT = "it is an input of other tables"
SKIPPED_COINR = {
    "asem_iData.csv": INPUT,
    "asem_iMeta.csv": INPUT,
    "asem_iData_panel.csv": INPUT,
    "asem_iMeta_norm_params.csv": INPUT,
    "weights_uneven.csv": INPUT,
    "em_input.csv": INPUT,
    "panel_holes.csv": INPUT,
    "sens_noisy_weights.csv": INPUT,
    "sens_UA1__draws.csv": INPUT,
    "sens_SA1__draws.csv": INPUT,
    "sobol_ishigami__design.csv": INPUT,
    "(no file) impute_panel(df,imp_type='linear')": "COINr stops with an error",
    **{f"edge_cases.json {name}": why for name, why in OTHERWISE.items()},
    # Five small calls of which the answers do not tell what they were given.
    "edge_cases.json check_boundary": UNTOLD,
    "edge_cases.json imean_grp_NAgroup": UNTOLD,
    "edge_cases.json imean_grp_allNA_group": UNTOLD,
    "edge_cases.json prc2": UNTOLD,
    "edge_cases.json prc3": UNTOLD,
}


def write(folder: Path, name: str, *, expected: object) -> None:
    content = {
        "id": name,
        "tolerance": 0,
        "inputs": {"x": [4, 2, 2, 1]},
        "expected": expected,
    }
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")


def test_no_method_disagrees_and_only_what_is_listed_is_skipped(shared: Path) -> None:
    verdicts = list(run(shared / "golden" / "methods"))

    assert [str(one) for one in verdicts if one.outcome == "failed"] == []
    skipped = {one.name: one.why for one in verdicts if one.outcome == "skipped"}
    unknown = {name for name, why in skipped.items() if name[0] in LATER and "not known" in why}
    assert {name: skipped[name] for name in set(skipped) - unknown} == SKIPPED_METHODS


def test_no_call_of_coinr_disagrees_and_only_what_is_listed_is_skipped(shared: Path) -> None:
    verdicts = list(run(shared / "golden" / "coinr"))

    assert [str(one) for one in verdicts if one.outcome == "failed"] == []
    skipped = {one.name: one.why for one in verdicts if one.outcome == "skipped"}
    assert skipped == SKIPPED_COINR


def test_a_kind_that_is_not_known_is_skipped_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "Z01_nothing_v2", expected={"y": 1})

    code = main([str(tmp_path)])

    said = capsys.readouterr().out
    assert code == 0
    assert "skipped Z01_nothing_v2" in said
    assert said.endswith("0 passed, 0 failed, 1 skipped\n")


def test_a_wrong_number_fails_with_its_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = {"min": [1, 2, 2, 4]}
    write(tmp_path, "B03_rank_ties", expected=right)
    write(tmp_path, "B03_rank_ties_v2", expected=right | {"max": [1, 3, 3, 5]})

    code = main([str(tmp_path)])

    said = capsys.readouterr().out
    assert code == 1
    assert "passed  B03_rank_ties " in said
    assert "failed  B03_rank_ties_v2" in said
    assert "largest difference 0.2" in said
    assert said.endswith("1 passed, 1 failed, 0 skipped\n")


def test_an_answer_that_placedex_does_not_give_fails(tmp_path: Path) -> None:
    write(tmp_path, "B03_rank_ties", expected={"by chance": [1, 2, 3, 4]})

    assert main([str(tmp_path)]) == 1


def test_a_call_of_coinr_that_is_not_known_is_skipped(tmp_path: Path) -> None:
    manifest = [{"file": "new.csv", "call": "something_new(coin)", "input": "", "detail": ""}]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    (verdict,) = run(tmp_path)

    assert (verdict.outcome, verdict.why) == ("skipped", "a call that is not known here")


def test_a_table_of_coinr_with_one_other_cell_fails(tmp_path: Path) -> None:
    manifest = [
        {
            "file": "func_log_CT_orig__raw.csv",
            "call": "log_CT_orig(x, na.rm=TRUE)$x",
            "input": "raw",
        }
    ]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "raw.csv").write_text("uCode,a\nAUT,1\nBEL,\nCHE,1\n", encoding="utf-8")
    answer = tmp_path / "func_log_CT_orig__raw.csv"

    answer.write_text("uCode,a\nCHE,0\nBEL,NA\nAUT,0\n", encoding="utf-8")
    (right,) = run(tmp_path)
    answer.write_text("uCode,a\nCHE,0\nBEL,NA\nAUT,0.001\n", encoding="utf-8")
    (wrong,) = run(tmp_path)

    assert (right.outcome, wrong.outcome) == ("passed", "failed")


def test_a_file_that_is_no_case_is_no_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "A01_list.json").write_text("[1, 2]", encoding="utf-8")
    (tmp_path / "A01_torn.json").write_text('{"id": ', encoding="utf-8")

    code = main([str(tmp_path)])

    assert code == 1
    assert capsys.readouterr().out.endswith("0 passed, 1 failed, 1 skipped\n")


@pytest.mark.parametrize("words", [[], ["nowhere"], ["a", "b"]])
def test_without_a_folder_the_runner_says_how_it_is_used(words: list[str]) -> None:
    assert main(words) == 2
