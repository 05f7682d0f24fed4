"""Treatment of outliers against COINr 1.1.14 and the formulas that it documents."""

from pathlib import Path

import numpy as np
import pytest

from placedex.index.transform import (
    Limits,
    box_cox,
    draw_in,
    log_above_lowest,
    log_gii,
    shifted_log,
    winsorise,
)
from placedex.index.treat import Treat
from placedex.index.treatments import (
    InTurn,
    LogAboveLowest,
    LogBySkew,
    LogGII,
    Mark,
    Shape,
    ShiftedLog,
    Treatment,
    Winsorise,
)
from placedex.stats import kurtosis, skewness
from tests.index.tables import Table, difference, number, read_json, read_table, state_of

TOLERANCE = 1e-10
CASES: dict[str, tuple[str, Treat]] = {
    "treat_default": ("chain_screened.csv", Treat()),
    "treat_default_raw": ("raw.csv", Treat()),
    "treat_win1_logCT": ("chain_screened.csv", Treat(1)),
    "treat_win1_logCTorig": ("chain_screened.csv", Treat(1, second=LogAboveLowest())),
    "treat_win0_logCTplus": ("chain_screened.csv", Treat(0, second=LogBySkew())),
    "treat_indiv": (
        "chain_screened.csv",
        Treat(individually={"Flights": InTurn(Winsorise(0)), "Gas": None}),
    ),
    "treat_strict": ("chain_screened.csv", Treat(3, Limits(1, 2))),
}


@pytest.fixture(scope="module")
def coinr(shared: Path) -> Path:
    return shared / "golden" / "coinr"


def test_winsorising_agrees_with_the_worked_case(shared: Path) -> None:
    case = read_json(shared / "golden" / "methods" / "A03_winsorise.json")
    given, expected = case["params"], case["expected"]
    values = np.array(case["inputs"]["x"], dtype=float)
    limits = Limits(given["skew"], given["kurt"])

    after, moved = winsorise(values, limits=limits, most=given["winmax"])

    assert after.tolist() == expected["x"]
    assert moved == expected["n_winsorised"]
    shapes = (skewness(values), kurtosis(values), skewness(after), kurtosis(after))
    wanted = [expected[f"{one}_{when}"] for when in ("before", "after") for one in ("skew", "kurt")]
    assert np.array(shapes) == pytest.approx(wanted, rel=case["tolerance"])


def test_logarithms_agree_with_their_formulas(shared: Path) -> None:
    case = read_json(shared / "golden" / "methods" / "A03_logs.json")
    values = np.array(case["inputs"]["x"], dtype=float)
    found = {
        "log_CT": shifted_log(values),
        "log_min1": log_above_lowest(values),
        "boxcox_0.5_shifted": box_cox(values, 0.5),
        "log_GII": log_gii(values),
    }

    assert set(found) == set(case["expected"])
    for name, ours in found.items():
        assert difference(ours, np.array(case["expected"][name])) < 1e-12, name


@pytest.mark.parametrize("name", [*CASES])
def test_treated_figures_agree_with_coinr(coinr: Path, name: str) -> None:
    start, step = CASES[name]
    figures = state_of(read_table(coinr / start))
    theirs = read_table(coinr / f"{name}__data.csv")

    ours = step.apply(figures).panel

    assert difference(ours.select(theirs.codes).values, theirs.values) < TOLERANCE


def treatment_of(step: Treat, code: str) -> InTurn:
    treatment: Treatment | None = step.individually.get(code, step.treatment)
    assert isinstance(treatment, InTurn)
    return treatment


@pytest.mark.parametrize("name", [*CASES])
def test_how_each_indicator_fared_agrees_with_coinr(coinr: Path, name: str) -> None:
    start, step = CASES[name]
    figures = read_table(coinr / start)
    details = read_table(coinr / f"{name}__details.csv")

    for row, code in enumerate(details.keys):
        followed = treatment_of(step, code).follow(figures.column(code))
        _same_shape(details, row, 0, followed.before)
        _same_shape(details, row, 1, followed.after_first)
        _same_shape(details, row, 2, followed.after_second)
        moved = number(details.texts[row, details.codes.index("winsorise.nwin")])
        if not np.isnan(moved):
            assert followed.moved == moved


def _same_shape(details: Table, row: int, part: int, ours: Shape) -> None:
    names = [f"check_SkewKurt{part}.{one}" for one in ("Pass", "Skew", "Kurt")]
    if names[0] not in details.codes:
        return
    passed, lean, tails = (str(details.texts[row, details.codes.index(name)]) for name in names)
    if passed == "":
        return
    assert bool(ours.passed) == (passed == "TRUE")
    assert ours.skewness == pytest.approx(float(lean), rel=1e-9, abs=1e-9)
    assert ours.kurtosis == pytest.approx(float(tails), rel=1e-9, abs=1e-9)


MARKS = {"": Mark.UNTREATED, "winhi": Mark.HIGH, "winlo": Mark.LOW}


@pytest.mark.parametrize("name", [*CASES])
def test_what_was_done_to_each_figure_agrees_with_coinr(coinr: Path, name: str) -> None:
    """COINr marks a missing figure as transformed; here nothing is done to it."""
    start, step = CASES[name]
    figures = read_table(coinr / start)
    points = read_table(coinr / f"{name}__points.csv")

    for code in points.codes:
        values = figures.column(code)
        marks = treatment_of(step, code).treat(values).marks
        for value, mark, text in zip(values, marks, points.text(code), strict=True):
            last = text.split("+")[-1]
            other = Mark.TURNED if last == "log_CT_neg" else Mark.TRANSFORMED
            wanted = Mark.UNTREATED if np.isnan(value) else MARKS.get(last, other)
            assert mark == wanted, (code, text)


@pytest.mark.parametrize(
    ("name", "treatment"),
    [
        ("func_log_CT__raw", ShiftedLog()),
        ("func_log_CT_orig__raw", LogAboveLowest()),
        ("func_winsorise_nolimit__raw", Winsorise(None, Limits(1, 1))),
    ],
)
def test_each_formula_agrees_with_coinr_on_every_indicator(
    coinr: Path, name: str, treatment: Treatment
) -> None:
    figures, theirs = read_table(coinr / "raw.csv"), read_table(coinr / f"{name}.csv")

    ours = treatment.treat(figures.values.T).values.T

    assert difference(ours, theirs.values) < TOLERANCE


def test_box_cox_agrees_with_coinr_on_every_indicator(coinr: Path) -> None:
    figures = read_table(coinr / "raw.csv")

    ours = box_cox(figures.values.T, 0.5).T

    assert difference(ours, read_table(coinr / "func_boxcox_l05__raw.csv").values) < TOLERANCE


def test_unlimited_winsorising_moves_as_many_points_as_in_coinr(coinr: Path) -> None:
    figures = read_table(coinr / "raw.csv")
    theirs = read_table(coinr / "func_winsorise_nolimit_nwin.csv").column("nwin")

    drawn = draw_in(figures.values.T, limits=Limits(1, 1), most=None)

    assert (drawn.high.sum(axis=1) + drawn.low.sum(axis=1)).tolist() == theirs.tolist()


FORCED = Limits(-1, -np.inf)
TEN = list(range(1, 11))


@pytest.mark.parametrize(
    ("name", "values", "limits", "most"),
    [
        ("winsorise_vignette", [*TEN, 30, 100], Limits(), 5),
        ("winsorise_ties_passes", [*range(1, 21), 100, 100, 100], Limits(), 2),
        ("winsorise_ties_overshoot", [*range(1, 61), 500, 500, 500], Limits(), 2),
        ("winsorise_bothtails", [-400, *range(1, 31), 100, 500], Limits(), 5),
        ("winsorise_low", [-one for one in (*TEN, 30, 100)], Limits(), 5),
        ("winsorise_winmax0", [*TEN, 30, 100], Limits(), 0),
        ("winsorise_force", [*TEN, 30, 100], FORCED, 3),
    ],
)
def test_edge_cases_of_winsorising_agree_with_coinr(
    coinr: Path, name: str, values: list[float], limits: Limits, most: int
) -> None:
    wanted = read_json(coinr / "edge_cases.json")[name]["value"]

    drawn = draw_in(np.array(values, dtype=float), limits=limits, most=most)

    assert drawn.values.tolist() == [float(one) for one in wanted["x"]]
    assert int(drawn.high.sum() + drawn.low.sum()) == int(wanted["nwin"])
    said = np.where(drawn.high, "winhi", np.where(drawn.low, "winlo", ""))
    assert said.tolist() == wanted["treated"]


def test_coinr_documents_a_logarithm_that_it_does_not_take() -> None:
    """COINr 1.1.14 computes log_GII and returns the figures as they were."""
    treated = LogGII().treat(np.array([1.0, 2.0, 3.0, 100.0]))

    assert treated.values[0] == 0
    assert treated.values[-1] == pytest.approx(np.log(100))
