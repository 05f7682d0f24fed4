"""What a number counts where no noun follows: `employs 57,000`, `the number of roles was 792`."""

import re

from placedex.evidence.extracting.noun_lists import STOP
from placedex.evidence.extracting.nouns import counted, plural, unit_of

_NUMBER_OF = re.compile(r"\b(?:number|count|total|numbers)\s+of\s+", re.IGNORECASE)
_SAID = re.compile(
    r"(?:\b(?:is|was|are|were|be|being|to|at|by|from|of|reached|reaching|reach|totalled|totals"
    r"|totalling|exceeds|exceeded|passed|and|now)|:)"
    r"\s+(?:now\s+|currently\s+|just\s+|only\s+)?$"
)
_PEOPLE = re.compile(
    r"\b(?:population|workforce|headcount|staff|employ(?:s|ing|ed|ment)?|audience|attendance"
    r"|footfall|attended by|membership"
    r"|enrol(?:ment|ling|led)|headcount)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"\b(?:employ(?:s|ing|ed)?|attended by|workforce of|population of|staff of|audience of"
    r"|attendance of|membership of)\s+$",
    re.IGNORECASE,
)
_VERB_AFTER = re.compile(r"\s+(?:were|was|have|had|are|of (?:these|which|whom|them|those))\b")
_WANTED = re.compile(r"\b(?:want|need|have|has|had|reach|expect|target|another|further)\s+$")
# Words left out: `412 (450)`, `38 firms in Leeds; in York, 51`.
_ELLIPSIS = re.compile(r"\(\s*$|\b(?:in|for)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s*)+,\s+$")
_THERE = re.compile(r"\bthere (?:are|were)\s+(?:now\s+|currently\s+)?$", re.IGNORECASE)
_LABEL = re.compile(r"^[\s*•#-]*(?P<label>[A-Za-z][^:\n.]{2,60}):[\s*]+$")
_LIVE = re.compile(r"\s+(?:live|work|lived|worked|living|working|employed|are employed)\b")
_CHANGED = re.compile(
    r"(?P<subject>[A-Za-z][^,;:.]*?)\s+(?:has |have |had )?(?:is|was|are|were|being|stood|stands"
    r"|reached|totalled|risen|rose|rise|grown|grew"
    r"|increased|fell|fallen|dropped|declined|doubled|trebled|exceeds|exceeded|passed|now|topped"
    r"|hit)\b[^;:.]*$"
)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_PEOPLE_NOUN = re.compile(
    r"\b(?:employment|workforce|population|headcount|employees)\b", re.IGNORECASE
)


def uncounted(
    text: str, figure: tuple[int, int], *, sentence: tuple[int, int], before: str, earlier: str
) -> str:
    """The unit of a number that no noun follows; empty if the sentence does not tell.

    figure: with its bound; before: the unit of the figure before it in the sentence, if any;
    earlier: of the last figure of the sentence before.
    """
    ahead = text[sentence[0] : figure[0]]
    if _LIVE.match(text, figure[1]) or _DIRECT.search(ahead):
        return "people"
    if label := _LABEL.match(ahead):
        return _of_label(label["label"])
    if _THERE.search(ahead):
        return before or earlier
    if before and _ELLIPSIS.search(ahead):
        return before
    if not _SAID.search(ahead):
        again = _VERB_AFTER.match(text, figure[1]) or _WANTED.search(ahead)
        return before if again else ""
    return _of_number(text, sentence[0], figure[0]) or _of_people(ahead) or before


def _of_label(label: str) -> str:
    """The unit in `Businesses supported: 350`."""
    words = [word for word in _WORD.findall(label) if plural(word)]
    if _PEOPLE_NOUN.search(label):
        return "people"
    return unit_of(words[0]) if words else ""


def _of_number(text: str, start: int, stop: int) -> str:
    """The unit in `the number of roles was 350`."""
    told = list(_NUMBER_OF.finditer(text[start:stop]))
    noun = counted(text, start + told[-1].end(), stop) if told else None
    return noun.unit if noun else ""


def _of_people(ahead: str) -> str:
    return "people" if _PEOPLE.search(ahead) else _of_subject(ahead)


def _of_subject(ahead: str) -> str:
    changed = _CHANGED.search(ahead)
    if changed is None:
        return ""
    subject = changed["subject"]
    if _PEOPLE_NOUN.search(subject):
        return "people"
    for word in _WORD.findall(subject):
        if word.lower() in STOP and word.lower() not in {"the", "our", "its", "their"}:
            break
        if plural(word):
            return unit_of(word)
    return ""
