"""Support offers: what help a firm can have, for whom, until when, and whom to ask."""

from dataclasses import dataclass

from placedex.ledger.cited import Cites

NEEDS = ("skills", "finance", "export", "testbed", "advice", "space")
SIZES = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class SupportOffer:
    """Help that is offered to firms; an empty rule leaves nobody out.

    Attributes:
        by: the organisation that offers it; programme: the programme of which it is a part.
        needs: of NEEDS; sizes: of SIZES (micro has up to 9 people, small 49, medium 249).
        least_age, most_age: of the firm, in years.
        industries: beginnings of industry codes (SIC 2007).
        places: codes; a firm in a place within one of them is in it.
        comes_from: inland or abroad, where the offer is for one of them alone.
        ask: the organisation to ask, never a person.
    """

    code: str
    name: str
    by: str
    gives: str
    needs: tuple[str, ...]
    cites: Cites
    programme: str = ""
    sizes: tuple[str, ...] = ()
    least_age: float | None = None
    most_age: float | None = None
    industries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    comes_from: str = ""
    opens: str = ""
    closes: str = ""
    ask: str = ""
    website: str = ""
