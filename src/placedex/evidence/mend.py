"""A claim put right by a person, field by field, each answer checked."""

import math
from collections.abc import Mapping
from dataclasses import replace

from placedex.errors import Refused
from placedex.evidence.claim import Claim, Modality, PlaceNamed
from placedex.places import Register

FIELDS = (
    "measure",
    "value",
    "high",
    "unit",
    "prices",
    "place",
    "period",
    "comparator",
    "population",
    "modality",
    "bound",
)
MODALITIES = tuple(modality.value for modality in Modality)
WORDS = {
    "measure": "What the figure is of",
    "value": "Value: percentages as 46, money in pounds",
    "high": "Upper end, if it is a range",
    "unit": "Unit: percent, GBP, or what is counted",
    "prices": "Price basis, if it is told",
    "place": "Place: its code",
    "period": "Period: 2030, 2024-02 or 2023-04/P1Y",
    "comparator": "Compared with",
    "population": "Of whom or what",
    "modality": f"Meant as: {', '.join(MODALITIES)}",
    "bound": "Bound: more than, up to, around ...",
}


def said_of(claim: Claim) -> dict[str, str]:
    """Each field of a claim as a person would write it; the place by its code or its name."""
    place = claim.place
    return {
        "measure": claim.measure,
        "value": _plain(claim.value),
        "high": "" if claim.high is None else _plain(claim.high),
        "unit": claim.unit,
        "prices": claim.prices,
        "place": "" if place is None else (place.code or place.name),
        "period": claim.period or "",
        "comparator": claim.comparator,
        "population": claim.population,
        "modality": claim.modality.value,
        "bound": claim.bound or "",
    }


def mend(claim: Claim, answers: Mapping[str, str], *, register: Register) -> Claim:
    """The claim with these fields as a person wrote them; those that are not given stay.

    Errors: Refused if a field that must be there is empty, a number is none, an end comes before
            its value, or a modality is not known; UnknownPlace or AmbiguousPlace for a place.
    """
    told = said_of(claim)
    now = {key: " ".join(answers.get(key, told[key]).split()) for key in FIELDS}
    for key in ("measure", "unit"):
        if not now[key]:
            raise Refused(
                f"The {key} is empty", WORDS[key].lower(), "Write it, or reject the claim."
            )
    value = _number("value", now["value"])
    high = _number("high", now["high"]) if now["high"] else None
    if high is not None and high < value:
        raise Refused(
            f"The upper end, {now['high']}, is below the value, {now['value']}",
            "the lower end as the value",
            "Turn them round.",
        )
    if now["modality"] not in MODALITIES:
        raise Refused(
            f"'{now['modality']}' is no modality", f"one of {', '.join(MODALITIES)}", "Choose one."
        )
    return replace(
        claim,
        measure=now["measure"],
        value=value,
        high=high,
        unit=now["unit"],
        prices=now["prices"],
        place=_place(claim.place, now["place"], was=told["place"], register=register),
        period=now["period"] or None,
        comparator=now["comparator"],
        population=now["population"],
        modality=Modality(now["modality"]),
        bound=now["bound"] or None,
    )


def _place(
    place: PlaceNamed | None, text: str, *, was: str, register: Register
) -> PlaceNamed | None:
    if text == was:
        return place
    if not text:
        return None
    found = register.find(text)
    return PlaceNamed(place.name if place else found.name, found.code)


def _plain(value: float) -> str:
    return f"{value:.15g}" if value != int(value) or abs(value) >= 1e15 else str(int(value))


def _number(field: str, text: str) -> float:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refused(
            f"The {field} '{text}' is no number", "a number such as 15300000000", "Write one."
        )
    return number
