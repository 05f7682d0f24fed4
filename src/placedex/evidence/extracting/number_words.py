"""Numbers that are written in words: a hundred and two, half a million, two thirds, a dozen."""

import re

SMALL = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: float(value * 10)
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
MAGNITUDES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
PARTS = {
    "half": 2.0,
    "halve": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "seventh": 7.0,
    "eighth": 8.0,
    "ninth": 9.0,
    "tenth": 10.0,
    "hundredth": 100.0,
    "thousandth": 1000.0,
}
_ONES = "|".join(sorted(SMALL, key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{_ONES}))?|(?:{_ONES}))"
_BELOW_THOUSAND = rf"(?:(?:an?|{_SMALL})[ -]hundred(?:\s+and\s+{_SMALL}|[ -]{_SMALL})?|{_SMALL})"
_MAGNITUDE = f"(?:{'|'.join(MAGNITUDES)})"
_LARGE = (
    rf"(?:half an?|a quarter of an?|an?|{_BELOW_THOUSAND})[\s-]+{_MAGNITUDE}"
    rf"(?:,?\s+(?:and\s+)?{_BELOW_THOUSAND}(?:\s+{_MAGNITUDE})?)*"
)
_PARTS = "|".join(name for name in PARTS if name not in ("half", "halve"))
WHOLE = rf"(?:{_LARGE}|(?:half an?|an?|{_SMALL})[ -]dozen|{_BELOW_THOUSAND}(?:\s+and\s+a\s+half)?)"
# `a third` and `half` are numbers only where they are of something.
PART = (
    rf"(?:(?:{_SMALL})[ -](?:(?:{_PARTS})s?|halves)(?!\s+(?:part|sector|quarter))"
    rf"|an?[ -](?:{_PARTS})(?=\s+(?:of(?! an? {_MAGNITUDE})|more|fewer|less)\b)"
    rf"|(?:(?<=\bby )|(?<=than )|(?<=nearly )|(?<=almost )|(?<=over )|(?<=around )|(?<=about ))"
    rf"(?:an?[ -](?:third|quarter|fifth|tenth)\b(?!\s+[a-z]*(?:party|sector|year|time|century"
    rf"|round|centre|way))"
    r"|half\b(?!\s+(?:a|an|past|term|day|way|time)\b))"
    r"|(?<!first )(?<!second )(?<!other )(?<!and a )half(?=\s+(?:of|the|all)\b))"
)
_WORD = re.compile(r"[a-z]+")


def whole(words: str) -> float:
    """The number that words mean: `one hundred and two` is 102, `half a million` is 500,000."""
    total, group = 0.0, 0.0
    half = re.search(r"and\s+a\s+half$", words)
    given = _WORD.findall(words[: half.start()] if half else words)
    if given[0] == "half" or given[:2] == ["a", "quarter"]:
        group = 0.5 if given[0] == "half" else 0.25
        given = given[-1:]
    for word in given:
        if word in SMALL or word in TENS:
            group += SMALL.get(word, 0.0) + TENS.get(word, 0.0)
        elif word == "hundred":
            group = (group or 1.0) * 100
        elif word == "dozen":
            group = (group or 1.0) * 12
        elif word in MAGNITUDES:
            total += (group or 1.0) * MAGNITUDES[word]
            group = 0.0
    return total + group + (0.5 if half else 0.0)


def part(words: str) -> float:
    """The share that words mean: `two thirds` is 0.667, `a quarter` 0.25."""
    given = _WORD.findall(words)
    parts = PARTS[given[-1].removesuffix("s")]
    return (whole(" ".join(given[:-1])) if len(given) > 1 and given[0] not in "an" else 1.0) / parts
