"""Identifiers of organisations: from 360Giving's one text to scheme and number, and back."""

import re
from collections.abc import Mapping
from typing import Any

# The schemes by which an organisation is best known, the best first.
BEST = ("GB-COH", "GB-CHC", "GB-SC", "GB-NIC", "GB-UKPRN", "GB-LAE", "GB-GOR")
OWN = "360G"
_REGISTERED = re.compile(r"(?P<scheme>[A-Z]{2}-[A-Z0-9]+|360G|XI-[A-Z0-9]+)-(?P<number>.+)")
_NUMBERS = (("companyNumber", "GB-COH"), ("charityNumber", "GB-CHC"))


def identifiers_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The identifiers of an organisation of 360Giving, by scheme, the one in its id first."""
    text = str(record.get("id") or "").strip()
    match = _REGISTERED.fullmatch(text)
    found = {match["scheme"]: match["number"]} if match else ({OWN: text} if text else {})
    for name, scheme in _NUMBERS:
        number = str(record.get(name) or "").strip()
        if number:
            found.setdefault(scheme, number)
    return found


def as_id(identifiers: Mapping[str, str], name: str) -> str:
    """The one text by which 360Giving knows an organisation; without any, one made of its name."""
    for scheme in (*BEST, *identifiers):
        if scheme in identifiers:
            return f"{scheme}-{identifiers[scheme]}"
    return f"{OWN}-placedex-{slug(name)}"


def slug(text: str) -> str:
    """A text in small letters and digits with hyphens between, as codes are written."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "unnamed"
