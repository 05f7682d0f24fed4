"""Units of measurement by all that they are written as: symbols, prefixes, powers, products."""

import re
from functools import cache

# Each line: name | plural | symbols; a star before a symbol takes the prefixes of the SI.
_TABLE = """
metre | metres meter meters | *m
gram | grams gramme grammes | *g
litre | litres liter liters | *l *L
second | seconds sec secs | *s
hertz | | *Hz
watt | watts | *W
joule | joules | *J
newton | newtons | *N
pascal | pascals | *Pa
volt | volts | *V
ampere | amperes amp amps | *A
ohm | ohms | *Ω
tesla | teslas | *T
kelvin | kelvins | *K
mole | moles | *mol
candela | candelas | cd
electronvolt | electronvolts | *eV
barn | barns | *b
parsec | parsecs | *pc
byte | bytes | *B
bit | bits | bit
kibibyte | kibibytes | KiB
mebibyte | mebibytes | MiB
gibibyte | gibibytes | GiB
tonne | tonnes | t
ton | tons |
minute | minutes mins | min
hour | hours hr hrs | h
day | days | d
week | weeks wk wks |
month | months |
year | years yr yrs | yr
megayear | | Ma Myr
kiloyear | | ka kyr
decade | decades |
century | centuries |
inch | inches | in
foot | feet | ft
yard | yards yd yds |
mile | miles | mi
nautical mile | |
acre | acres |
hectare | hectares | ha
gallon | gallons gal |
pint | pints |
quart | quarts |
cup | cups |
tablespoon | tablespoons | tbsp
teaspoon | teaspoons | tsp
fluid ounce | | fl.oz
ounce | ounces | oz
pound-mass | lbs | lb
stone | stones |
knot | knots | kn
mile per hour | | mph
kilometre per hour | kph | kmh
kilowatt hour | | kWh
megawatt hour | | MWh
gigawatt hour | | GWh
horsepower | | hp
calorie | calories | cal
kilocalorie | kilocalories | kcal
bar | bars |
atmosphere | atmospheres | atm
decibel | decibels | dB
degree angle | degrees degree deg | °
degree celsius | | °C ºC
degree fahrenheit | | °F ºF
radian | radians | rad
percentage | percent percents percentages | %
per mille | | ‰
parts per million | | ppm
parts per billion | | ppb
ton per day | | tpd
bit per second | bps |
megabit per second | Mbps |
gigabit per second | Gbps |
cubic centimetre | cc | ml mL cm3
dozen | |
gross | |
score | |
light-year | | ly
astronomical unit | | AU
"""
_MONEY = """
pound sterling | pounds quid | £ GBP
euro | euros | € EUR
dollar | dollars bucks buck | $ USD
yen | | ¥ JPY
rupee | rupees | ₹ INR
franc | francs | CHF
penny | pennies pence |
cent | cents | ¢
dime | dimes |
nickel | nickels |
"""
_PREFIXES = {
    "Y": "yotta", "Z": "zetta", "E": "exa", "P": "peta", "T": "tera", "G": "giga", "M": "mega",
    "k": "kilo", "h": "hecto", "d": "deci", "c": "centi", "m": "milli", "µ": "micro",
    "μ": "micro", "u": "micro", "n": "nano", "p": "pico", "f": "femto", "a": "atto", "z": "zepto",
}  # fmt: skip
_POWERS = {"2": "square ", "3": "cubic ", "²": "square ", "³": "cubic "}
_LETTER = "A-Za-zµμΩ°º%‰£€$¥₹¢"
_FACTOR = re.compile(
    rf"(?P<lead>(?:cubic|square|sq\.?)\s+)?(?P<unit>fl\.oz|[{_LETTER}]+(?:-(?=mile|year"
    rf"|hour)[a-z]+)?)"
    r"(?P<power>\^?[-−–]?[1-4](?!\d)|[²³])?(?P<after>\s+(?:cubed|squared))?"
)
_JOIN = re.compile(r"(?P<per>\s*/\s*|\s+per\s+|\s+an?\s+)|(?P<times>[·⋅*]|\s)")
_DEGREES = re.compile(r"degrees?\s+(?:(?P<c>celsius|centigrade|C\b)|(?P<f>fahrenheit|F\b))", re.I)


def _prefixed(line: str) -> bool:
    return "*" not in line


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Names of units by their symbols, and by their words in lower case."""
    symbols: dict[str, str] = {}
    words: dict[str, str] = {}
    # A symbol's own line wins over a prefix: `ml` is read as its cubic centimetre.
    lines = sorted((*_TABLE.strip().splitlines(), *_MONEY.strip().splitlines()), key=_prefixed)
    for line in lines:
        name, written, signs = (cell.strip() for cell in line.split("|"))
        words |= dict.fromkeys([name, *(one.lower() for one in written.split())], name)
        for sign in signs.split():
            plain = sign.removeprefix("*")
            symbols[plain] = name
            if sign.startswith("*"):
                for letter, prefix in _PREFIXES.items():
                    symbols.setdefault(letter + plain, prefix + name)
                for prefix in set(_PREFIXES.values()):
                    words[prefix + name] = prefix + name
                    words |= {prefix + one.lower(): prefix + name for one in written.split()}
    return symbols, words


def unit_name(written: str) -> str | None:
    """The name of one unit without powers; nothing if it is none."""
    symbols, words = _names()
    return symbols.get(written) or words.get(written.lower())


def unit_at(text: str, start: int) -> tuple[str, int] | None:
    """The unit that begins at a place of a text, with powers and quotients, and where it ends."""
    if degrees := _DEGREES.match(text, start):
        return ("degree Celsius" if degrees["c"] else "degree fahrenheit"), degrees.end()
    above: list[str] = []
    below: list[str] = []
    end, under, first = start, False, True
    while factor := _FACTOR.match(text, end):
        read = _factor(factor, first=first)
        if read is None:
            break
        name, inverse = read
        (below if under or inverse else above).append(name)
        first, stop = False, factor.end()
        join = _JOIN.match(text, stop)
        end = stop
        if join is None or not _goes_on(text, join):
            break
        under, end = under or join["per"] is not None, join.end()
    else:
        stop = end
    if not above and not below:
        return None
    return _written(above, below), stop


def unit_after_slash(text: str, start: int) -> tuple[str, int] | None:
    """The unit under an amount of money: `/hour`, `per kg`."""
    join = _JOIN.match(text, start)
    if join is None or join["per"] is None:
        return None
    found = unit_at(text, join.end())
    return (f" per {found[0]}", found[1]) if found else None


def _goes_on(text: str, join: re.Match[str]) -> bool:
    """Whether another factor follows; after a mere blank only one that is told by its power."""
    following = _FACTOR.match(text, join.end())
    if following is None or _factor(following, first=False) is None:
        return False
    return join["per"] is not None or join[0] in "·⋅*" or bool(following["power"])


def _factor(found: re.Match[str], *, first: bool) -> tuple[str, bool] | None:
    """The name of one factor with its power, and whether it stands under the line."""
    name = unit_name(found["unit"]) or _product(found["unit"])
    if name is None or (found["unit"] in {"a", "A", "as"} and found["power"] is None):
        return None
    power = (found["power"] or "").lstrip("^")
    inverse = power[:1] in {"-", "−", "–"}
    power = power.lstrip("-−–")
    lead = (found["lead"] or "").strip().rstrip(".")
    if lead:
        power = "3" if lead == "cubic" else "2"
    if found["after"]:
        power = "3" if "cubed" in found["after"] else "2"
    if first and power and not _POWERS.get(power) and power != "1":
        return None
    return _POWERS.get(power, "") + name, inverse


def _product(written: str) -> str | None:
    """Two symbols written as one: `cds` is a candela second."""
    symbols, _ = _names()
    for cut in range(1, len(written)):
        one, other = written[:cut], written[cut:]
        if cut > 1 and one in symbols and other in symbols and other.islower():
            return f"{symbols[one]} {symbols[other]}"
    return None


def _written(above: list[str], below: list[str]) -> str:
    name = " ".join(above)
    if not above:
        return "inverse " + " ".join(below)
    return name + "".join(f" per {one}" for one in below)
