"""How a figure is meant: as a fact, an estimate, a forecast, a target, a commitment, a chance."""

import re
from dataclasses import dataclass

from placedex.evidence.claim import Modality
from placedex.evidence.extracting.bounds import AROUND
from placedex.evidence.extracting.cues import Cue, cues
from placedex.evidence.extracting.money_given import is_announced, is_given
from placedex.evidence.extracting.verbs import FINITE, hard_start

_RECKONED = re.compile(
    r"\b(?:report|analysis|study|modelling|economists?|figures|research|forecasters?|it|they)"
    r"\s+(?:estimates?|forecasts?|projects|predicts?)\b"
)
_PURPOSE = re.compile(
    r"\bto\s+(?:help\s+|be\s+|fully\s+)?(?:provide|support|help|deliver|create|train|build"
    r"|upgrade|connect|equip|upskill|reskill|fund|install|open|offer|give|enable|reach|benefit"
    r"|bring|retrofit|recruit|safeguard|unlock|attract|secure|double|increase|reduce|cut"
    r"|establish|employ|grow)\b"
    r"[^.;]{0,90}$",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(
    r"[£€$]\s?\d|\b(?:fund(?:s|ing|ed)?|invest(?:ment|ing|ed)?|programme|scheme|pilot|initiative"
    r"|launch(?:ed|es|ing)?)\b|\b(?:is|are|['’]re)\s+(?:\w+ly\s+|now\s+|also\s+)?\w+ing\b",
    re.IGNORECASE,
)
_TARGET_OF = re.compile(
    r"\b(?:target|ambition|goal|aim|aspiration)s?\s+(?:of|is|for|to reach|to be)\s+"
    r"(?:(?:around|at least|over|more than|a further|an additional|up to)\s+)?$",
    re.IGNORECASE,
)
_INSERTED = re.compile(r",\s+(?:\w+ly\s+)?\w+ing\s+[^,]{0,30}$")
_THEN_WILL = re.compile(
    r"^[^.;]{0,80}?,\s+(?:\w+\s+)?(?:will|is expected to|are expected to|is set to|would)\b"
)
# What a figure is set against is there already.
_BASE = re.compile(
    r"\b(?:(?:up|down) from|compared (?:to|with)|from a baseline of|against|instead of"
    r"|rather than)\s+"
    r"(?:(?:just|only|around|about|over|under|the|an?|\w+['’]s)\s+)*(?:(?:\w+\s+){1,2}(?:of"
    r"|at)\s+)?$",
    re.IGNORECASE,
)
_THE = re.compile(r"\b(?:the|these|those)\s+$", re.IGNORECASE)
_AIMS = re.compile(
    r"\b(?:targets?|goals?|ambitions?|aims?|objectives?|aspirations?|pledges?)\b", re.I
)
_FUNDS = re.compile(
    r"\b(?:fund(?:s|ing|ed)?|invest(?:s|ed|ing|ments?)?|bids?|budgets?|allocat\w+|grants?|awards?)\b",
    re.I,
)
_PASSIVE = re.compile(r"\bbe (?:invested|spent|made|given|provided|available|allocated)\b")
_INVESTS = re.compile(
    r"\b(?:invest|allocate|award|fund|provide|commit)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
_PROMISE = re.compile(r"^(?:commit|pledge|plan)", re.IGNORECASE)
_IF = re.compile(r"\bif\b.*\bwould\b|\bwould\b.*\bif\b", re.IGNORECASE | re.DOTALL)
_FOLLOWING = 60
_HEADING = 50
# What the ones counted wish themselves: `two thirds of firms plan to hire`.
_THEIRS = re.compile(r"(?:plan|want|hope|intend|wish|seek|aim|expect)\b")
_LATER = 110


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands, for telling how it is meant.

    Attributes:
        figure: the number with its unit; words, clause and sentence hold it.
        money: whether it is an amount of money.
        deadline: whether it has a `by 2030`.
        bound: around, up to ... if it has one.
        lead: the words that lead up to the list in which it stands, if in one.
        quoted: whether it stands in another's speech that is set apart from the text.
    """

    text: str
    figure: tuple[int, int]
    words: tuple[int, int]
    clause: tuple[int, int]
    sentence: tuple[int, int]
    money: bool = False
    deadline: bool = False
    bound: str | None = None
    quoted: bool = False
    lead: str = ""


def modality_of(setting: Setting) -> Modality:
    """How a figure is meant, by the verbs and words around it."""
    found = _stated(setting)
    if found is Modality.ACTUAL and setting.lead:
        found = _led(setting)
    if found is Modality.ACTUAL and setting.bound == AROUND:
        found = Modality.ESTIMATE
    return Modality.QUOTED if setting.quoted and found is Modality.ACTUAL else found


def _led(setting: Setting) -> Modality:
    """How a figure is meant in a list, by what leads up to it: `We aim to:`, `Funding:`."""
    ahead = cues(setting.text, *setting.sentence)
    if any(cue is Cue.FACT for cue, _, _ in ahead):
        return Modality.ACTUAL
    if _AIMS.search(setting.lead) and not setting.money:
        return Modality.TARGET
    if setting.money and _FUNDS.search(setting.lead):
        return Modality.COMMITMENT
    led = cues(setting.lead, 0, len(setting.lead))
    heads = setting.lead.rstrip(" *_").endswith(":") or len(setting.lead) < _HEADING
    if led and led[-1][0] is not Cue.FACT and heads:
        cue = led[-1][0]
        return _OF_CUE.get(cue, Modality.FORECAST if cue is Cue.WILL else Modality.POTENTIAL)
    return Modality.ACTUAL


_OF_CUE = {
    Cue.AIM: Modality.TARGET,
    Cue.OWN_WILL: Modality.TARGET,
    Cue.RECKONED: Modality.FORECAST,
    Cue.ESTIMATE: Modality.ESTIMATE,
}


def _stated(setting: Setting) -> Modality:
    text, at, begin = setting.text, setting.figure[0], setting.sentence[0]
    if _TARGET_OF.search(text, max(begin, at - 60), at):
        return Modality.TARGET
    if _BASE.search(text, max(begin, at - 50), at):
        return Modality.ACTUAL
    cue, start, end = _told(setting)
    if setting.money and _money(setting, cue, start):
        return Modality.COMMITMENT
    if end <= at and _existing(setting):
        return Modality.ACTUAL
    if cue is Cue.CHANCE or (cue is Cue.RECKONED and _IF.search(text, *setting.sentence)):
        reckoned = _RECKONED.search(text, *setting.sentence)
        return Modality.FORECAST if reckoned else Modality.POTENTIAL
    return _OF_CUE[cue] if cue in _OF_CUE else _without_aim(setting, cue, end)


def _without_aim(setting: Setting, cue: Cue | None, end: int) -> Modality:
    """The modality where nothing says an aim, a reckoning or a chance outright."""
    if cue is Cue.WILL and setting.deadline:
        return Modality.TARGET
    if not setting.money and _purposed(setting, end):
        return Modality.TARGET
    if cue is Cue.WILL:
        return Modality.FORECAST
    if cue is None and setting.deadline:
        return Modality.TARGET
    if cue is None and _inserted(setting):
        return Modality.FORECAST
    return Modality.ACTUAL


def _told(setting: Setting) -> tuple[Cue | None, int, int]:
    """The nearest cue before the figure, or the verb that follows it in its clause.

    With it, where it begins and ends; the sentence's start if there is none.
    """
    text, (start, end) = setting.text, setting.figure
    begin = hard_start(text, setting.sentence[0], start)
    ahead = cues(text, begin, start)
    stop = min(setting.clause[1], end + _FOLLOWING)
    behind = cues(text, end, stop)
    before = ahead[-1] if ahead else None
    after = behind[0] if behind else None
    if after is None and before is None:
        after = _verb_of_list(setting)
    if behind and _THEIRS.match(text, behind[0][1]):
        after = None
    free = before is None or before[0] is Cue.FACT or before[2] < setting.clause[0]
    if after is not None and after[0] is not Cue.FACT and free:
        return after
    return before or after or (None, begin, begin)


def _verb_of_list(setting: Setting) -> tuple[Cue, int, int] | None:
    """The verb of a list that a figure begins: `500 laptops, and training, will be provided`."""
    text, end = setting.text, setting.figure[1]
    verb = FINITE.search(text, end, min(setting.sentence[1], end + _LATER))
    if verb is None:
        return None
    return next((one for one in cues(text, end, verb.end() + 20) if one[2] >= verb.end()), None)


def _money(setting: Setting, cue: Cue | None, start: int) -> bool:
    """Whether an amount of money is a commitment, whatever else is said of it."""
    text = setting.text
    given = is_given(text, figure=setting.figure, clause=setting.clause, sentence=setting.sentence)
    if (
        given
        and cue is not Cue.CHANCE
        and _INVESTS.search(text, setting.clause[0], setting.figure[0])
    ):
        return True
    if cue in {Cue.CHANCE, Cue.RECKONED}:
        # What an investment may bring makes it no less of one.
        if (
            given
            and start >= setting.figure[1]
            and not _PASSIVE.search(text[start : setting.clause[1]])
        ):
            return True
        return is_announced(
            text, figure=setting.figure, clause=setting.clause, sentence=setting.sentence
        )
    if cue is Cue.AIM and start >= setting.figure[1]:
        return given
    if cue is Cue.AIM:
        return _PROMISE.match(text[start:]) is not None
    return given


def _existing(setting: Setting) -> bool:
    """Whether a figure counts what is there anyway: `help the 1.6 million people who ...`."""
    return (
        not setting.money
        and setting.bound is None
        and _THE.search(setting.text, max(0, setting.figure[0] - 8), setting.figure[0]) is not None
    )


def _purposed(setting: Setting, position: int) -> bool:
    """Whether a count is what money or a programme is for: `£4m to train 500 people`."""
    text = setting.text
    begin = min(position, setting.figure[0])
    purpose = _PURPOSE.search(text, begin, setting.figure[0])
    return purpose is not None and bool(
        _UNDER_WAY.search(text, setting.sentence[0], purpose.start())
    )


def _inserted(setting: Setting) -> bool:
    """Whether a figure stands in an inserted clause of a sentence about the future."""
    text = setting.text
    return bool(
        _INSERTED.search(text, setting.sentence[0], setting.figure[0])
        and _THEN_WILL.match(text[setting.figure[1] : setting.sentence[1]])
    )
