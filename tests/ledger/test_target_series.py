"""The series of a target in its file: claims by their codes, each of which must be there."""

from pathlib import Path

import pytest

from placedex.errors import Faults
from placedex.ledger import Known, read_ledger

TEXT = """
- code: jobs
  name: More jobs
  place: E08000025
  measure: {counted: jobs, unit: jobs, series: [plan-12, plan-13]}
  value: 160
  by: 2030
  cites: [source:plan]
"""


def written(folder: Path) -> Path:
    (folder / "targets.yaml").write_text(TEXT, encoding="utf-8")
    return folder


def test_claims_are_read_as_the_series_of_a_target(tmp_path: Path) -> None:
    ledger = read_ledger(written(tmp_path), Known(claims={"plan-12", "plan-13"}))

    measure = ledger.targets["jobs"].measure
    assert measure is not None
    assert measure.series == ("plan-12", "plan-13")


def test_a_claim_that_is_not_there_is_a_fault_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Faults, match=r"line 2, key measure.series: 'plan-13' is no claim"):
        read_ledger(written(tmp_path), Known(claims={"plan-12"}))
