"""Periods that a text names: years, months, days, financial years, quarters, `last year`."""

import re
from dataclasses import dataclass
from datetime import date

from placedex.evidence.extracting.not_claims import MONTH

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?:19|20)\d\d"
_FREE = r"(?<![£$€\d,.\w/-])"
_PATTERN = re.compile(
    "|".join(
        (
            rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<dm>{MONTH}),?\s+(?P<dy>{_YEAR})\b",
            rf"\b(?P<um>{MONTH})\s+(?P<ud>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<uy>{_YEAR})\b",
            rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b",
            rf"\b(?:the\s+)?(?:12 months|twelve months|year)\s+(?:ending|ended|to"
            rf"|up to)(?:\s+the end of)?"
            rf"(?:\s+\d{{1,2}})?\s+(?P<em>{MONTH}),?\s+(?P<ey>{_YEAR})\b",
            rf"\b(?P<mm>{MONTH}),?\s+(?P<my>{_YEAR})\b",
            rf"\bQ(?P<q>[1-4])\s?(?:of\s+)?,?\s?(?P<qy>{_YEAR})\b"
            rf"|\b(?P<qy2>{_YEAR})\s?Q(?P<q2>[1-4])\b",
            rf"\b(?P<qw>first|second|third|fourth|final)\s+quarter\s+(?:of\s+)?(?P<qwy>{_YEAR})\b",
            rf"{_FREE}(?:FY\s?)?(?P<fy>{_YEAR})\s?[/–‑-]\s?(?P<fe>(?:20)?\d\d)(?!\d)",
            r"\bFY\s?['’]?(?P<fs>\d\d)(?:[/–-](?P<fse>\d\d))?\b",
            rf"\bbetween\s+(?P<by>{_YEAR})\s+and\s+(?P<be>{_YEAR})\b",
            rf"{_FREE}(?P<ty>{_YEAR})\s+to\s+(?P<te>{_YEAR})\b(?![,.]\d)",
            rf"{_FREE}(?P<y>{_YEAR})\b(?![,.]\d)(?!\s?(?:%|per ?cent|million|billion|bn))",
            r"\b(?P<rel>(?i:last|this|next|previous)\s+(?:financial\s+)?year)\b(?!['’]s\b)"
            r"|\b(?P<ago>(?i:a year ago))\b",
        )
    )
)
_DEADLINE = re.compile(
    r"\b(?:by|before)(?:\s+(?:the\s+)?(?:end|start|beginning|close)\s+of|\s+(?:early|mid"
    r"|late))?[\s-]*$",
    re.IGNORECASE,
)
_PRICES = re.compile(r"(?:[/–-]\d\d)?\s+(?:prices|money|values)\b")
_NAME = re.compile(r"\b[A-Z][\w&’'-]*\s+$")
_CALLED = re.compile(
    r"\b(?:As (?:shown|set out|reported)|According to|In|From|By|Since|During|For|Until"
    r"|Published|Between|Of|At|End|Early|Late|Mid|Spring|Summer|Autumn|Winter|Census|December"
    r"|To|Financial|Year)\s+\(?$"
)
# The year of a source dates what is told from it: `according to the Digital Index 2024`.
_LEAD_IN = re.compile(
    r"\b(?:as (?:shown|set out|reported|stated|found) (?:in|by)|according to|data from|figures from"
    r"|shown in|found in|in (?:our|the))\s[^.;,]*\b(?:Index|Report|Survey|Census|Review|Monitor"
    r"|Barometer"
    r"|Study|Statistics|Data|Tracker|Assessment|Bulletin|Profile|Outlook)\s+\(?$",
    re.IGNORECASE,
)
_PLAN_TO = re.compile(
    r"\b(?:Plan|Strategy|Framework|Vision|Roadmap|Agenda|Programme)\s+(?:to|for|until)\s+$"
)
# When a source came out is not when what it tells was so.
_ISSUED = re.compile(
    r"\b(?:published|released|issued|dated|updated)\s+(?:on\s+|in\s+)?(?:\w+day,?\s+)?$"
)
_OWNED = re.compile(r"['’]s?\s+$")


@dataclass(frozen=True, slots=True)
class PeriodNamed:
    """A period as a text names it.

    Attributes:
        period: in the written form: 2030, 2024-02, 2024-02-19, 2023-04/P1Y, 2023-Q2.
        deadline: whether it says by when.
        past: whether it is told as past: `last year`.
        named: whether it is part of a name: `Digital Index 2024`.
        ends: the two ends of `between ... and ...`, where there are two.
        lead_in: whether it dates a source: `As shown in our Digital Index 2024`.
    """

    start: int
    end: int
    period: str
    deadline: bool = False
    past: bool = False
    named: bool = False
    ends: tuple[str, str] | None = None
    lead_in: bool = False


def periods(text: str, *, published: date | None = None) -> list[PeriodNamed]:
    """Every period that a text names, in order; `last year` only if its own year is known."""
    found = []
    for one in _PATTERN.finditer(text):
        told = _told(one, published)
        if told is None:
            continue
        period, ends = told
        before = text[max(0, one.start() - 60) : one.start()]
        if _PRICES.match(text, one.end()):
            continue
        deadline = _DEADLINE.search(before) is not None
        past = one["rel"] is not None and not one["rel"].lower().startswith(("this", "next"))
        named = _is_named(one, before)
        lead_in = named and _LEAD_IN.search(before) is not None
        found.append(
            PeriodNamed(
                one.start(),
                one.end(),
                period=period,
                deadline=deadline,
                past=past,
                named=named and not lead_in,
                ends=ends,
                lead_in=lead_in,
            )
        )
    return _paired(text, found)


def _is_named(one: re.Match[str], before: str) -> bool:
    """Whether a year is part of a name: `Digital Index 2024`, `Plan to 2030`."""
    if _PLAN_TO.search(before) or _ISSUED.search(before):
        return True
    plain = one["y"] is not None and _NAME.search(before) is not None
    return plain and not _CALLED.search(before) and not _OWNED.search(before)


_BETWEEN_TWO = re.compile(r"\s+(?:and|to)\s+")
_LEADS_TWO = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)


def _paired(text: str, found: list[PeriodNamed]) -> list[PeriodNamed]:
    """`between May 2022 and May 2023` and `from 2019 to 2023` as one span with two ends."""
    joined: list[PeriodNamed] = []
    for one in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.ends is None
            and _BETWEEN_TWO.fullmatch(text, before.end, one.start)
            and _LEADS_TWO.search(text, max(0, before.start - 10), before.start)
        ):
            whole = _span(before.period, one.period)
            joined[-1] = PeriodNamed(
                before.start, one.end, period=whole, ends=(before.period, one.period)
            )
        else:
            joined.append(one)
    return joined


def _span(first: str, last: str) -> str:
    """Whole years as one period; of other spans, the end."""
    if len(first) == len(last) == 4 and first < last:
        return f"{first}-01/P{int(last) - int(first) + 1}Y"
    return last


def _told(one: re.Match[str], published: date | None) -> tuple[str, tuple[str, str] | None] | None:
    """The written form of what a pattern found, and its two ends if it has two."""
    for reading in (_day, _month, _quarter, _financial, _years):
        if (told := reading(one)) is not None:
            return told, None
    if one["by"] or one["ty"]:
        first, last = (one["by"], one["be"]) if one["by"] else (one["ty"], one["te"])
        return (_span(first, last), (first, last)) if first < last else None
    relative = (one["rel"] or one["ago"] or "").lower()
    if not relative or published is None:
        return None
    step = {"t": 0, "n": 1}.get(relative[0], -1)
    if "financial" in relative:
        start = published.year - (published.month < 4) + step
        return f"{start}-04/P1Y", None
    return f"{published.year + step}", None


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(one: re.Match[str]) -> str | None:
    if one["iso"]:
        return str(one["iso"])
    for day, month, year in (("d", "dm", "dy"), ("ud", "um", "uy")):
        if one[day] and 1 <= int(one[day]) <= 31:
            return f"{one[year]}-{_month_number(one[month]):02d}-{int(one[day]):02d}"
    return None


def _month(one: re.Match[str]) -> str | None:
    if one["em"]:
        month, year = _month_number(one["em"]), int(one["ey"])
        start = f"{year}-01" if month == 12 else f"{year - 1}-{month + 1:02d}"
        return f"{year}" if month == 12 else f"{start}/P1Y"
    if one["mm"]:
        return f"{one['my']}-{_month_number(one['mm']):02d}"
    return None


def _quarter(one: re.Match[str]) -> str | None:
    if one["q"] or one["q2"]:
        return f"{one['qy'] or one['qy2']}-Q{one['q'] or one['q2']}"
    if one["qw"]:
        names = ("first", "second", "third", "fourth", "final")
        return f"{one['qwy']}-Q{min(names.index(one['qw']) + 1, 4)}"
    return None


def _financial(one: re.Match[str]) -> str | None:
    """`2023/24` is the year from April 2023; `2020-2025` is six years."""
    if one["fs"]:
        start = 2000 + int(one["fs"]) - (0 if one["fse"] else 1)
        return f"{start}-04/P1Y"
    if not one["fy"]:
        return None
    start = int(one["fy"])
    end = int(one["fe"]) if len(one["fe"]) == 4 else start // 100 * 100 + int(one["fe"])
    if end == start + 1:
        return f"{start}-04/P1Y"
    return f"{start}-01/P{end - start + 1}Y" if end > start else None


def _years(one: re.Match[str]) -> str | None:
    return str(one["y"]) if one["y"] else None


_PUBLISHED = re.compile(
    rf"\b(?:published|posted|date|updated)\b[:\s]*(?:on\s+)?(?:\w+day,?\s+)?"
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{MONTH}),?\s+(?P<y>{_YEAR})",
    re.IGNORECASE,
)


# A day that ends one of the first lines of a text.
_IN_HEAD = re.compile(
    rf"^[^\n]{{0,100}}?\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{MONTH}),?\s+(?P<y>{_YEAR})\s*$",
    re.MULTILINE,
)


def published_in(text: str) -> date | None:
    """The day on which a text says that it was published; nothing if it does not say."""
    found = _PUBLISHED.search(text, 0, 3000) or _IN_HEAD.search(text, 0, 400)
    if found is None:
        return None
    return date(int(found["y"]), _month_number(found["m"]), min(int(found["d"]), 28))
