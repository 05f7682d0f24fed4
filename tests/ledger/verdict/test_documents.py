"""Documents held against each other and against themselves, on what they really say."""

from pathlib import Path
from random import Random

import pytest

from placedex.errors import Faults
from placedex.evidence import Modality
from placedex.ledger.verdict import Told, Word
from placedex.ledger.verdict_documents import Kind, Pair
from placedex.ledger.verdict_elsewhere import COLUMNS, read_elsewhere
from placedex.ledger.verdict_free_table import read_free_table
from placedex.ledger.verdict_judge import Judged, judge
from placedex.observations import Observations
from placedex.places import bundled_register
from tests.ledger.verdict.told import (
    COMBINED,
    IN_COMBINED,
    IN_EITHER,
    IN_REGION,
    agency,
    authority,
    claim,
    techuk,
)

COMPANIES = agency(claim("more than 3,000 companies in the ICT sector", 3000, "companies",
                         place=IN_REGION, bound="more than"))  # fmt: skip
JOBS = agency(claim("57,000 people employed in the ICT sector", 57_000, "people", place=IN_REGION))
BUSINESSES = authority(claim("2,400 businesses in the tech sector", 2400, "businesses",
                             place=IN_COMBINED))  # fmt: skip
WORKERS = authority(claim("144,000 people employed in the tech sector", 144_000, "people",
                          place=IN_COMBINED))  # fmt: skip
WORTH = authority(claim("tech sector worth £15.3 billion", 15.3e9, "GBP", place=IN_EITHER))
USERS = authority(claim("46% of people are non or limited users of the internet",
                        46, "percent", place=IN_COMBINED))  # fmt: skip


@pytest.fixture(scope="module")
def elsewhere(shared: Path) -> tuple[Told, ...]:
    """Every figure that other pages tell, as a claim with its address."""
    return read_free_table(shared / "documents" / "figures.csv", bundled_register()).told


def between(judged: Judged, one: str, other: str) -> Pair:
    """The one pair of which one side has a measure with the one words, and one with the other."""
    found = [
        pair
        for pair in judged.pairs
        if {one, other} <= {pair.one.claim.measure, pair.other.claim.measure}
        or (one == other == pair.one.claim.measure == pair.other.claim.measure)
    ]
    assert len(found) == 1, [pair.words for pair in found]
    return found[0]


def test_companies_and_people_of_two_sectors_are_not_comparable(figures: Observations) -> None:
    judged = judge([COMPANIES, JOBS, BUSINESSES, WORKERS], figures)

    for one, other in ((COMPANIES, BUSINESSES), (JOBS, WORKERS)):
        pair = between(judged, one.claim.measure, other.claim.measure)
        assert pair.kind is Kind.NOT_COMPARABLE
        assert any(reason.startswith("another measure") for reason in pair.reasons)
        assert any(reason.startswith("another place") for reason in pair.reasons)


def test_a_valuation_told_as_a_worth_and_as_a_share_changed_its_meaning(
    figures: Observations, elsewhere: tuple[Told, ...]
) -> None:
    judged = judge([WORTH], figures, beside=elsewhere)

    changed = {
        pair.one.claim.measure if pair.other is WORTH else pair.other.claim.measure
        for pair in judged.pairs
        if pair.kind is Kind.CHANGED
    }
    assert changed == {
        "Tech sector VALUATION",
        "Claim: industry 'holds over £15 billion share in the economy'",
    }
    assert judged.verdicts[0].word is Word.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Digital sector growth rate", "Digital economy growth"),
        ("ICT sector employment", "ICT cluster employment"),
        ("VC raised by tech firms", "VC raised by tech firms"),
        ("5G testbed initial funding", "WM5G programme, as described in 2020"),
    ],
)
def test_a_conflict_that_a_reader_noted_is_found_and_both_sides_are_kept(
    one: str, other: str, figures: Observations, elsewhere: tuple[Told, ...]
) -> None:
    judged = judge(elsewhere, figures)

    conflicts = tuple(pair for pair in judged.pairs if pair.kind is Kind.CONFLICT)
    pair = between(Judged((), conflicts), one, other)

    assert pair.one.address.startswith("http")
    assert pair.other.address.startswith("http")
    assert pair.one.address != pair.other.address


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("ICT sector turnover", "ICT cluster turnover", Kind.ROUNDED),
        ("Digital sector GVA", "Digital economy contribution", Kind.ROUNDED),
        ("Digital roles as share of jobs", "Digital roles as share of jobs advertised",
         Kind.CHANGED),
        ("Digital sector growth rate", "Forecast growth of the digital sector",
         Kind.NOT_COMPARABLE),
        ("EXPECTED private co-investment, Innovation Accelerator",
         "Innovation Accelerator further investment attracted", Kind.NOT_COMPARABLE),
        ("Economy size", "Economy size (GVA)", Kind.NOT_COMPARABLE),
        ("Economy size", "Regional output mark broken before the pandemic",
         Kind.NOT_COMPARABLE),
    ],
)  # fmt: skip
def test_what_is_no_conflict_is_told_as_what_it_is(
    one: str, other: str, kind: Kind, figures: Observations, elsewhere: tuple[Told, ...]
) -> None:
    assert between(judge(elsewhere, figures), one, other).kind is kind


def test_1_35_and_1_3_million_for_one_deal_lie_on_the_half(figures: Observations) -> None:
    first = techuk(claim("£1.35m", 1.35e6, "GBP", measure="investment won at One to Win"))
    second = techuk(claim("£1.3 million", 1.3e6, "GBP", measure="investment won at One to Win"))

    judged = judge([first, second], figures)

    assert [one.word for one in judged.verdicts] == [Word.ROUNDED, Word.ROUNDED]
    assert "lies on the half" in judged.pairs[0].words


def test_46_percent_is_not_what_its_parts_round_to(
    figures: Observations, elsewhere: tuple[Told, ...]
) -> None:
    """22 + 23.3 = 45.3, which rounds to 45; 22.4 + 23.3 would be 45.7, so 46 is not excluded."""
    found = judge([USERS], figures, beside=elsewhere).verdicts[0]

    assert found.word is Word.ROUNDED
    assert found.working == (
        "22% + 23.3% = 45.3%, which does not round to 46%; it can be 46% only with what the "
        "rounding of the parts hides."
    )


def test_research_by_sector_adds_up_to_what_is_spent_in_all(figures: Observations) -> None:
    """83 + 972 + 3,800 + 16 = 4,871 million, which rounds to 4.9 billion."""
    told = [
        techuk(claim(words, value, "GBP", measure=measure, place=IN_COMBINED))
        for words, value, measure in (
            ("£4.9billion", 4.9e9, "spending on research and development"),
            ("£83million", 83e6, "spending on research and development by government and UKRI"),
            ("£972million", 972e6, "spending on research and development in higher education"),
            ("£3.8billion", 3.8e9, "spending on research and development in business"),
            ("£16million", 16e6, "spending on research and development, private non-profit"),
        )
    ]

    found = judge(told, figures).verdicts[0]

    remark = next(one for one in found.findings if one.word is None)
    assert remark.working.endswith("= £4.871 billion, which rounds to £4.9 billion: consistent.")
    assert found.word is Word.UNKNOWN
    assert found.reasons == (
        "settled by: gross domestic expenditure on research and development by region",
    )


def test_a_rise_of_72_percent_to_127_was_from_74(figures: Observations) -> None:
    """127 / 1.72 = 73.8; 127 / 74 = 1.716, which is a rise of 71.6 %."""
    rise = techuk(claim("72%", 72, "percent", period="2023",
                        measure="rise in projects of foreign direct investment"))  # fmt: skip
    after = techuk(claim("127 projects", 127, "projects", period="2023",
                         measure="projects of foreign direct investment"))  # fmt: skip

    found = judge([rise, after], figures).verdicts[0]

    remark = next(one for one in found.findings if one.word is None)
    assert remark.working == (
        "72% up to 127 projects means 73.8 before; consistent with 74: from 74 it is 71.6%, which "
        "rounds to 72%."
    )


def test_the_order_of_claims_and_documents_is_nothing(
    figures: Observations, elsewhere: tuple[Told, ...]
) -> None:
    told = [COMPANIES, JOBS, BUSINESSES, WORKERS, WORTH, USERS, *elsewhere]
    mixed = list(told)
    Random(7).shuffle(mixed)

    one, other = judge(told, figures), judge(mixed, figures)

    assert one.pairs == other.pairs
    by_claim = {id(found.told): found for found in other.verdicts}
    assert all(by_claim[id(found.told)].word is found.word for found in one.verdicts)


def test_every_row_of_other_pages_is_a_claim_or_is_said_not_to_be(shared: Path) -> None:
    table = read_free_table(shared / "documents" / "figures.csv", bundled_register())

    assert (len(table.told), len(table.not_numbers)) == (156, 2)
    assert all(one.address.startswith("http") for one in table.told)
    by_measure = {one.claim.measure: one.claim for one in table.told}
    assert by_measure["TARGET 5G population coverage"].modality is Modality.TARGET
    assert by_measure["TARGET 5G population coverage"].place.code == COMBINED  # type: ignore[union-attr]
    clusters = by_measure["TARGET additional GVA from 8 primary clusters"]
    assert (clusters.value, clusters.high) == (2.9e9, 3.2e9)


def test_a_workspaces_own_table_says_every_fault_with_its_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.csv"
    row = dict.fromkeys(COLUMNS, "")
    good = row | {"code": "a", "measure": "trees", "value": "12", "unit": "trees",
                  "modality": "actual", "address": "https://example.org/a"}  # fmt: skip
    bad = good | {"code": "b", "value": "a dozen", "modality": "sure", "place": "E99"}
    lines = [",".join(COLUMNS), *(",".join(one[name] for name in COLUMNS) for one in (good, bad))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(Faults) as refused:
        read_elsewhere(path, bundled_register())

    found = {(fault.row, fault.column) for fault in refused.value.faults}
    assert found == {(3, "value"), (3, "modality"), (3, "place")}
