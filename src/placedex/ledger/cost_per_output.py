"""Cost per output: a programme's money over what it gave, with its caveat, or why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass

from placedex.ledger.counted_once import Line, count_once
from placedex.ledger.ledger import Ledger
from placedex.ledger.money_links import ancestors, is_currency
from placedex.ledger.pot import Pot
from placedex.ledger.target import Output

PLANS = frozenset({"expected", "announced", "committed"})
# The state of an output from the surest.
SUREST = ("official", "reported", "expected")
MORE = frozenset({"more than", "at least", "over"})
LESS = frozenset({"up to", "less than", "nearly"})
# What is measured in these is no number of things, of which each could have a cost.
NOT_COUNTED = frozenset(
    {"percent", "%", "percentage points", "days", "months", "years", "mbps", "gbps", "index", "km2"}
)


@dataclass(frozen=True, slots=True)
class CostPerOutput:
    """What one of an output cost, with what must be said beside it.

    Attributes:
        plan: whether both are planned; otherwise both came about.
        low, high: the cost, and its upper end where the money or the output is a range.
        heads: what the money is for.
        bound: at most or at least, where the money or the output is published as more than or up
            to; `near` where the two pull it both ways.
    """

    programme: str
    measure: str
    unit: str
    currency: str
    prices: str
    plan: bool
    low: float
    high: float
    bound: str
    money: tuple[str, ...]
    heads: tuple[str, ...]
    output: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoCost:
    """Why there is no cost per output."""

    programme: str
    measure: str
    why: str


def cost_per_output(ledger: Ledger) -> tuple[CostPerOutput | NoCost, ...]:
    """For each output of each programme its cost, or why there is none.

    The money is all of the programme's, each pound once, with that of the programmes and awards
    within it; the output is the surest that was published. A plan is held against a plan, and
    what came about against what came about.
    Source: HM Treasury (2022), The Green Book, on deadweight, displacement and unit costs.
    """
    counted = count_once(ledger)
    found: list[CostPerOutput | NoCost] = []
    for programme in ledger.programmes.values():
        own = [line for line in counted.lines if _belongs(ledger, line.pot, programme.code)]
        bounds = {
            pot.stated[0].bound for pot in counted.pots if _belongs(ledger, pot, programme.code)
        }
        outputs: dict[tuple[str, str, str], list[Output]] = {}
        for one in programme.outputs:
            outputs.setdefault((one.measure.casefold(), one.unit, one.place), []).append(one)
        for listed in outputs.values():
            surest = min(SUREST.index(one.state) for one in listed)
            best = [one for one in listed if one.state == SUREST[surest]]
            found.append(_cost(programme.code, own, best, bounds=bounds))
    return tuple(found)


def _belongs(ledger: Ledger, pot: Pot, programme: str) -> bool:
    return pot.programme == programme or programme in ancestors(ledger, pot.programme)


def _cost(
    programme: str, lines: list[Line], outputs: list[Output], *, bounds: set[str]
) -> CostPerOutput | NoCost:
    output = outputs[0]
    why = _refused(lines, outputs)
    if why:
        return NoCost(programme, output.measure, why)
    most = output.value if output.high is None else output.high
    low, high = sum(line.amount for line in lines), sum(line.high for line in lines)
    return CostPerOutput(
        programme=programme,
        measure=output.measure,
        unit=output.unit,
        currency=lines[0].pot.currency,
        prices=lines[0].pot.prices,
        plan=output.state == "expected",
        low=low / most,
        high=high / output.value,
        bound=_bound(bounds, output),
        money=tuple(line.pot.code for line in lines),
        heads=tuple(sorted({line.pot.head or "not said" for line in lines})),
        output=output.code,
        caveats=_caveats(lines, output),
    )


def _refused(lines: list[Line], outputs: list[Output]) -> str:
    """Why money and output cannot be held against each other; empty if they can."""
    return next(_reasons(lines, outputs), "")


def _reasons(lines: list[Line], outputs: list[Output]) -> Iterator[str]:
    if not lines:
        yield "no money of the programme is in the ledger"
    if len({(one.value, one.high) for one in outputs}) > 1:
        yield f"the {outputs[0].state} output is published with several values"
    bases = sorted({f"{line.pot.currency}, {line.pot.prices}" for line in lines})
    if len(bases) > 1:
        yield f"its money is in several currencies or price bases: {'; '.join(bases)}"
    unit = outputs[0].unit
    if is_currency(unit) or unit.casefold() in NOT_COUNTED:
        yield f"the output is in {unit}, and is no number of things"
    if not outputs[0].value > 0:
        yield "the output is nought or less"
    planned = {line.pot.state in PLANS for line in lines}
    if len(planned) > 1:
        yield "some of its money is planned and some was reported"
    if planned != {outputs[0].state == "expected"}:
        money = "planned" if planned == {True} else "reported"
        yield f"its money is {money}, and the output is {outputs[0].state}"


def _bound(bounds: set[str], output: Output) -> str:
    """Whether the cost is at most or at least what it is reckoned to be."""
    at_least = bool(bounds & MORE) or output.bound in LESS
    at_most = bool(bounds & LESS) or output.bound in MORE
    if at_least and at_most:
        return "near"
    return "at least" if at_least else "at most" if at_most else ""


def _caveats(lines: list[Line], output: Output) -> tuple[str, ...]:
    """What must be said beside a cost per output."""
    told = []
    if output.state == "reported":
        told.append("The output is as the programme reports it; nobody has audited it.")
    if output.state == "expected":
        told.append("Both are plans: this is what one was to cost, not what it cost.")
    told.append(
        "All of the programme's money is counted; it may have had other money that is not in the "
        "ledger, and other outputs that the same money paid for."
    )
    told.append("What would have happened without it (deadweight) is not taken off.")
    if len({line.pot.year for line in lines}) > 1 and lines[0].pot.prices == "nominal":
        told.append("The money is of several years, at the prices of each.")
    return tuple(told)
