"""Where a text names places, how firmly, and of which place the whole text speaks."""

import re
from dataclasses import dataclass

from placedex.evidence.extracting.gazetteer import COUNTRY, NATION, Gazetteer
from placedex.places import Place

# How firmly words place what they stand with.
ASIDE, IN_A_NAME, BESIDE_A_NOUN, PLAIN = 0, 1, 2, 3

_SUPERLATIVE = re.compile(
    r"['’]s\s+(?:\w+\s+)?(?:first|largest|biggest|best|leading|top|most|fastest|new|second"
    r"|third|only|main|next|premier|foremost|oldest|busiest|greatest|highest|[a-z-]+est)\b"
)
_CAPITAL_AFTER = re.compile(r"(?:['’]s)?(?:[ \u00a0]\d{4})?[ \u00a0](?:&\s|and\s)?[A-Z][\w&’'-]*")
_CAPITAL_BEFORE = re.compile(r"(?:\b[A-Z][\w&’'-]+|&)[ \u00a0]$")
_STARTS = re.compile(r"(?:^|[.!?:•*\n(“\"]\s*)(?:\w+)[ \u00a0]$")
_ORGANISATION = re.compile(
    r"\s(?:University|Council|Combined|Authority|LEP|NHS|Chamber|College|Growth|Tech|Science"
    r"|Airport|City Council)"
)
_UNIVERSITY = re.compile(
    r"\b(?:University|College|Bank|Port|Archbishop|Bishop|Duke|Lord|Chamber|Museum|Royal|Innovate"
    r"|Virgin Media|Invest(?:ment)? in|Business|Digital) (?:of |in )?$"
)
_BASED = re.compile(r"-(?:based|born|headquartered|led|wide)\b")
_NOUN_AFTER = re.compile(
    r"[ \u00a0]+(?!(?:and|or|it|we|they|this|there|[a-z]+ed|saw|held|grew|rose|fell|became|won|is"
    r"|was|are|were|has|had|have|will|can|could|would|to|in|of|for|with|by|at|on|from|as|that"
    r"|which|who|where|while|after|before|since|between|compared|up|than|over|more|the|a|an|its"
    r"|their|also|now|alone|respectively|through|but|through|into)\b)[a-z]"
)
_ADDRESS = re.compile(r",\s+[A-Z]{1,2}\d")
_THIS = re.compile(
    r"\b(?:(?:the|our|this)\s+(?:whole\s+|entire\s+|wider\s+)?(?P<kind>region|city[ -]region|city"
    r"|borough|county|combined authority"
    r"|area|district|town)(?!\s+(?:council|centre|hall|regions|regional))|(?P<in>in region)\b)",
    re.IGNORECASE,
)
# What a figure is measured by, where no figure of its own follows.
_MEASURE_BY = re.compile(
    r"(?:['’]s)?\s+(?:national\s+|overall\s+)?(?:average|mean|median|rate|figure|level"
    r"|benchmark|norm)s?\b(?!\s+(?:of|is|was|at|stands|stood|rate|\())"
)
_TIED = re.compile(
    r"(?:(?:['’]s)?\s+(?:\w+\s+)?(?:average|mean|median|rate|figure|level)s?|(?<=average)|(?<=mean)|(?<=median))"
    r"\s+(?:of|is|was|at|stands at|\()\s*(?:\w+\s+){0,2}[£\d]"
)
# A place that a figure is set against, where no figure of its own follows.
_AGAINST = re.compile(
    r"\b(?:than|compared (?:to|with)|against|ahead of|behind|above|below)\s+(?:(?:in|for|that of"
    r"|that in|across)\s+)?(?:the\s+)?$"
)
_OWN_FIGURE = re.compile(r"(?:['’]s)?(?:\s+\w+){0,3}?\s*(?:\(|of |at |\s)[£\d]")
_COUNCIL = re.compile(
    r"\s+(?:(?:City|County|Borough|District|Metropolitan|Combined|Mayoral|Unitary)\s+)*(?:Council"
    r"|Authority|CA)\b"
)
_COUNTRIES = {COUNTRY, NATION, "country group"}
# What bears a place's name because it stands there.
_SITE = re.compile(
    r"(?:\s[A-Z]\w+){0,2}\s(?:University|College|Airport|Port|Estate|Park|Campus|Hospital|Station|Quarter"
    r"|Docks?|School|Museum|Library|Market|Stadium|Arena|Cathedral|Centre)\b(?!\s(?:of|for)\b)"
)
_WITHIN = re.compile(r"\b(?:in|across|throughout|within)\s+(?:the\s+)?$")
_BEST_IN = re.compile(
    r"\b(?:first|only|leading|top|best|most|worst|[a-z]{3,}est)\b[^,.;]{0,40}\s(?:in|of|across)\s+(?:the\s+)?$"
)
_OUTSIDE = re.compile(
    r"\b(?:outside(?: of)?|except|excluding|beyond|other than|apart from|unlike)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"\b(?:national(?:ly)?(?=\s+(?:average|rate|figure|level|mean|median|total|picture)s?\b"
    r"|\s*[,.)])"
    r"|nationally|nationwide|across the country)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a text names: where, which it could be, and how firmly it is meant.

    based: whether it only says where something is based.
    tied: whether it belongs to the figure that follows it: `the UK average of 79%`.
    kind:  for `the region`, `the city`: the kind of place that is meant.
    """

    start: int
    end: int
    words: str
    places: tuple[Place, ...]
    firmness: int = PLAIN
    based: bool = False
    body: bool = False
    kind: str = ""
    tied: bool = False

    @property
    def wide(self) -> bool:
        """Whether it names a whole country."""
        return bool(self.places) and self.places[0].kind == COUNTRY


def mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Every place that a text names, in order."""
    found = []
    for one, name in gazetteer.find(text):
        if _ADDRESS.match(text, one.end()):
            continue
        firmness = (
            PLAIN if name.body else _firmness(text, one, wide=name.places[0].kind in _COUNTRIES)
        )
        tied = _TIED.match(text, one.end()) is not None
        based = _BASED.match(text, one.end()) is not None
        found.append(
            Mention(
                one.start(), one.end(), one[0], name.places, firmness, based, name.body, tied=tied
            )
        )
    found += [
        Mention(one.start(), one.end(), one[0], (), kind=(one["kind"] or "region").lower())
        for one in _THIS.finditer(text)
    ]
    if uk := gazetteer.register.of_kind(COUNTRY):
        found += [
            Mention(one.start(), one.end(), one[0], (uk[0],), BESIDE_A_NOUN)
            for one in _NATIONAL.finditer(text)
        ]
    return sorted(found, key=lambda one: one.start)


def _firmness(text: str, one: re.Match[str], *, wide: bool) -> int:
    before = text[max(0, one.start() - 40) : one.start()]
    if (
        _SUPERLATIVE.match(text, one.end())
        or _MEASURE_BY.match(text, one.end())
        or _OUTSIDE.search(before)
        or (wide and _BEST_IN.search(before))
        or (_AGAINST.search(before) and not _OWN_FIGURE.match(text, one.end()))
    ):
        return ASIDE
    if _COUNCIL.match(text, one.end()):
        return PLAIN
    if _SITE.match(text, one.end()) or (wide and _WITHIN.search(before)):
        return BESIDE_A_NOUN
    return _in_a_name(text, one, before)


def _in_a_name(text: str, one: re.Match[str], before: str) -> int:
    """How firmly a place is meant that may be part of another's name."""
    if _UNIVERSITY.search(before):
        return IN_A_NAME
    if (
        _CAPITAL_BEFORE.search(before)
        and not _STARTS.search(before)
        and not re.search(r"\b(?:In|Across|Within|The|For|And|Of)[ \u00a0]$", before)
    ):
        return IN_A_NAME
    after = _CAPITAL_AFTER.match(text, one.end())
    if after and not re.match(r"['’]s|\s(?:and|&)\s", after[0]):
        return IN_A_NAME
    return BESIDE_A_NOUN if _NOUN_AFTER.match(text, one.end()) else PLAIN
