"""The audit of the ASEM index against the alphas that COINr gives of it."""

from pathlib import Path

import pytest

from placedex.index import Aggregate, Given, GroupMean, Impute, MinMax, Rank, Screen, Treat
from placedex.index.audit import audit
from tests.golden.case import read_case
from tests.golden.coinr_calls import groups_of
from tests.golden.coinr_tables import Folder
from tests.golden.composites import asem_index


def test_the_audit_of_the_asem_index_has_the_alphas_of_coinr(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "A08_cronbach.json")
    folder = Folder(shared / "golden" / "coinr")
    steps = (Screen(places=0.9), Treat(most=5), MinMax(), Given(), Aggregate(), Rank())
    fill = Impute(GroupMean(groups_of(folder, "EurAsia_group")))

    found = audit(asem_index(folder.rows("asem_iData"), folder.about, fill, *steps))

    alphas = {one.node: one.alpha for one in found.coherence.dimensions}
    wanted = {key.partition(":")[2]: value for key, value in case.expected["alpha"].items()}
    assert {node: alphas[node] for node in wanted} == pytest.approx(wanted, abs=1e-6)
