"""Amounts and places in words, as verdicts and safe sentences print them."""

from placedex.ledger.verdict import Against, Told
from placedex.places import Register

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_NO_SPACE = ("percent", "%")


def amount(value: float, unit: str) -> str:
    """A figure with its unit: 95.9%, £4.87 billion, 57,000 people."""
    sign = _SYMBOLS.get(unit)
    if sign is not None:
        size = abs(value)
        minus = "-" if value < 0 else ""
        for scale, name in _SCALES:
            if size >= scale:
                return f"{minus}{sign}{_plain(size / scale)} {name}"
        return f"{minus}{sign}{_plain(size)}"
    if unit in _NO_SPACE:
        return f"{_plain(value)}%"
    return f"{_plain(value)} {unit}".strip()


def place_words(code: str, register: Register) -> str:
    """A place with its kind and its code, since names alone may be two places."""
    place = register.get(code)
    return code if place is None else f"{place.name} ({place.kind}, {place.code})"


def as_against(told: Told) -> Against:
    """A claim as something that another was held against."""
    claim = told.claim
    high = "" if claim.high is None else f" to {amount(claim.high, claim.unit)}"
    bound = f"{claim.bound} " if claim.bound else ""
    where = f", {claim.place.name}" if claim.place else ""
    when = f", {claim.period}" if claim.period else ""
    figure = f"{bound}{amount(claim.value, claim.unit)}{high}"
    elsewhere = told.document.startswith("elsewhere/")
    return Against(
        citation=f"source:{claim.document}" if elsewhere else f"document:{told.document}",
        words=f"{claim.measure or claim.words}{where}{when}: {figure}",
        value=claim.value,
        source=told.source,
        address=told.address,
    )


def _plain(value: float) -> str:
    """A number with its own digits, at most six of them after the comma of thousands."""
    rounded = float(f"{value:.10g}")
    if rounded == int(rounded):
        return f"{int(rounded):,}"
    whole, _, decimals = f"{rounded:,.6f}".rstrip("0").partition(".")
    return f"{whole}.{decimals}" if decimals else whole
