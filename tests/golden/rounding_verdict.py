"""Whether a reference rounds to a number as it is written: G05 of the golden cases."""

from placedex.ledger.verdict_written import rounds, written
from tests.golden.case import Case, difference
from tests.golden.kinds import Kind


def rounding_verdict(case: Case) -> float:
    """The verdict of each row: rounds, differs, or differs unless it is said to be approximate.

    A row may say itself that its number is approximate, and give the words it is written in.
    """
    ours = [
        rounds(
            written(float(row["as_written"]), str(row.get("words", ""))),
            float(row["reference"]),
            approximate=bool(row.get("approximate", False)),
        ).value
        for row in case.inputs["rows"]
    ]
    return difference({"verdict": ours}, case.expected)


KINDS: tuple[Kind, ...] = (Kind("G05", rounding_verdict, inputs=("rows",), expected=("verdict",)),)
