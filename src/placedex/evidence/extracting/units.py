"""Units that follow a figure, and the signs of money around it."""

import re
from dataclasses import dataclass

PERCENT, POINTS, POUNDS = "percent", "pp", "GBP"
SHARE, MONEY, MEASURE, TIME = "share", "money", "measure", "time"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by the name that claims bear, its kind, and by how much a figure is multiplied."""

    name: str
    kind: str
    times: float = 1.0


# Each line: kind, name, then the forms that are written, as patterns. Letters of symbols keep
# their case; a form that begins with ~ is a word and does not.
_TABLE = r"""
share | pp | %[ -]points? | ~per[ -]?cent(?:age)?[ -]points? | ppts? | pp | p\.p\.
share | percent | % | ~per ?cent | pc | ~percentage
money | GBP | ~pounds?(?: sterling)? | GBP | ~quid
money | EUR | ~euros? | EUR
money | USD | ~(?:US )?dollars? | USD
measure | Mbps | Mbps | Mbits?/s | Mb/s | mbps | ~megabits?(?: per| a) second | ~megabits?
measure | Gbps | Gbps | Gbit/s | Gb/s | gbps | ~gigabits?(?: per| a) second
measure | kbps | kbps | Kbps | kbit/s | ~kilobits?(?: per| a) second
measure | GB | GB | ~gigabytes?
measure | TB | TB | ~terabytes?
measure | MB | MB | ~megabytes?
measure | MWh | MWh | ~megawatt[ -]hours?
measure | GWh | GWh | ~gigawatt[ -]hours?
measure | kWh | kWh | ~kilowatt[ -]hours?
measure | TWh | TWh | ~terawatt[ -]hours?
measure | MW | MW | ~megawatts?
measure | GW | GW | ~gigawatts?
measure | kW | kW | ~kilowatts?
measure | square kilometres | km2 | km² | sq\.? ?km | ~square kilomet(?:re|er)s?
measure | square metres | m2 | m² | sq\.? ?m | sqm | ~square met(?:re|er)s?
measure | square miles | sq\.? ?mi(?:les?)? | ~square miles?
measure | square feet | sq\.? ?ft\.? | sqft | ft2 | ft² | ~square (?:feet|foot)
measure | kilometres | km | ~kilomet(?:re|er)s?
measure | miles | ~miles?
measure | metres | ~met(?:re|er)s?
measure | hectares | ha | ~hectares?
measure | acres | ~acres?
measure | MtCO2e | Mt ?CO2e? | MtCO₂e?
measure | ktCO2e | kt ?CO2e? | ktCO₂e?
measure | tCO2e | t ?CO2e? | tCO₂e? | ~tonnes? of (?:CO2e?|carbon(?: dioxide)?(?: equivalent)?)
measure | tonnes | ~tonnes? | ~tons?
measure | kg | kg | ~kilograms? | ~kilos?
measure | litres | ~litres?
measure | degrees Celsius | °C | ~degrees? (?:celsius|centigrade)
time | years | ~years?['’]? | yrs?
time | months | ~months?['’]?
time | weeks | ~weeks?['’]?
time | days | ~days?['’]?
time | hours | ~hours?['’]? | hrs?
time | minutes | ~minutes? | mins?
time | seconds | ~seconds?
time | milliseconds | ms | ~milliseconds?
"""
SYMBOLS = {"£": POUNDS, "$": "USD", "€": "EUR", "GBP": POUNDS, "USD": "USD", "EUR": "EUR"}


def _forms() -> tuple[dict[str, Unit], str]:
    units, patterns = {}, []
    for number, line in enumerate(_TABLE.strip().splitlines()):
        kind, name, *forms = (cell.strip() for cell in line.split(" | "))
        units[f"u{number}"] = Unit(name, kind)
        written = "|".join(f"(?i:{form[1:]})" if form[0] == "~" else form for form in forms)
        patterns.append(f"(?P<u{number}>{written})")
    return units, "|".join(patterns)


_UNITS, _PATTERN = _forms()
_AFTER = re.compile(rf"(?P<gap>[ \u00a0\n-]?)(?:{_PATTERN})(?![\w])")
_BEFORE = re.compile(
    r"(?P<code>(?:US|A|C|CA|AU|NZ|HK)?\$|£|€|\b(?:GBP|USD|EUR))(?P<gap> ?)(?P<sign>[−–-]?)$"
)
_OTHER_DOLLARS = {"A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD"}


def unit_after(text: str, end: int) -> tuple[Unit, int] | None:
    """The unit that follows a figure, and where it ends."""
    found = _AFTER.match(text, end)
    if found is None or found.lastgroup is None:
        return None
    unit = _UNITS[found.lastgroup]
    # A hyphen binds only measures: `10-mile`, but not a range's `10-%`.
    if found["gap"] == "-" and unit.kind not in {MEASURE, TIME}:
        return None
    return unit, found.end()


def money_before(text: str, start: int) -> tuple[str, int, bool] | None:
    """The currency that stands before a figure, where it begins, and whether it is a minus."""
    found = _BEFORE.search(text, max(0, start - 6), start)
    if found is None:
        return None
    sign = found["code"]
    return SYMBOLS.get(sign) or _OTHER_DOLLARS.get(sign, "USD"), found.start(), bool(found["sign"])
