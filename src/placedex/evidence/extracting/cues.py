"""The words that tell how a figure is meant, each list under the name of what it tells."""

import re
from enum import Enum


class Cue(Enum):
    """What a word tells: a chance, a reckoning ahead, an aim, one's own will, another's will."""

    CHANCE = "chance"
    RECKONED = "reckoned"
    AIM = "aim"
    OWN_WILL = "own will"
    WILL = "will"
    ESTIMATE = "estimate"
    FACT = "fact"


# Who may set itself an aim: what such a one will do is a target, what others will do a forecast.
_SELF = (
    r"(?:we|our \w+|the (?:strategy|plan|council|authority|combined authority|city council"
    r"|programme|roadmap|mayor|partnership|pilot|region|fund|scheme|project|framework|initiative"
    r"|deal|borough|county council|board)|(?-i:[A-Z]{1,5}CA)|council)"
)
_FORESEEN = r"(?:expected|forecast(?:ed)?|projected|predicted|anticipated|likely|due|estimated)"
# What somebody has promised is no deed yet.
_HAS_DONE = (
    r"(?:has|have) (?:already |also |now |since |recently |so far )?"
    r"(?!pledged|promised|committed|vowed)\w+(?:ed|wn|en|ne|ught|lt|de)"
)
# Not deeds, and so no promise: `will be located in`.
_STATES = "located|needed|required|based|used|known|expected|affected"
_LISTS: dict[Cue, str] = {
    Cue.CHANCE: r"""
        (?:has |have |having |with |offers? |offering )?(?:\w+ )?potential (?:to|for|of)
        could(?! (?:not|only|get|access|receive|use|afford)) | might | may (?!20) | potentially
        opportunit(?:y|ies) (?:to|for|of|worth)
        if (?:we|all|every) | would (?:add|be worth|boost|unlock|generate) | capable of | scope to
    """,
    Cue.RECKONED: rf"""
        (?:(?:is|are|was|were|be|been) )?{_FORESEEN} to
        (?:is |are )?set to | set for | forecasts? | projections? | projected | predicts?
        expects? | expected
        anticipates? | on track to | on course to | would
    """,
    Cue.AIM: r"""
        aim(?:s|ed|ing)? (?:to|for|of|is|at) | target(?:s|ed|ing)? (?:of|to|for|is|was)
        ambition (?:to|of|is|for) | goal (?:of|to|is) | objective (?:of|to|is) | seeks? to
        seeking to
        intends? to | wants?(?! for) | promise[sd]? to | promised | wish(?:es)? to
        striv(?:e|es|ing) (?:to|for)
        commit(?:s|ted|ment)? to (?!the |this |our )\w+ | pledge[sd]?(?: to)? | vow(?:s|ed)? to
        plans? (?:to (?!\d)|an? |another |further |up to )
        planning to
        plan is to | planned | set (?:itself|ourselves|themselves) | hope[sd]? to | hoping to
        working towards
        determined to | must | needs? to | should | designed to
    """,
    Cue.OWN_WILL: rf"""
        {_SELF}(?:,[^,;.]{{3,80}},)? (?:\w+ )?will(?! (?:cost|require|need))(?: have \w+)?
        we['’]ll(?: have \w+)?
        will (?:\w+ly )?be (?:able to|(?!{_STATES})\w+(?:ed|en|lt|ght|de))
        will (?:have )?(?:reach(?:ed)?|achieved?|increase to|rise to|grow to)
    """,
    Cue.WILL: r"""
        will(?: have \w+ed)? | won['’]t | shall | is to | are to | going to
    """,
    Cue.ESTIMATE: r"""
        estimate[sd]?(?: that| at)? | it is estimated | an estimated | (?:is |are )?thought to
        believed to
    """,
    Cue.FACT: rf"""
        was | were | had | is (?=[\d£$€]) | are (?=[\d£$€]) | has (?=[\d£$€]) | have (?=[\d£$€])
        {_HAS_DONE}
        ['’]ve (?:already |now )?\w+(?:ed|wn|en|ne|ught|lt|de)
        already | currently | to date | so far | rose | grew | fell | increased | reached
        employs | employing
        stands at | stood at | achieved | delivered | created | supported | generated
        attracted | contribute[sd]
        is worth | consists? of | comprises | (?:is|are|was|were) home to | saw | recorded
        recording | became
        helped | won | secured
        raised | supports | accounts? for | accounting for | covers | represents | provides | now
    """,
}


def _pattern(words: str) -> str:
    """The forms of a list as one pattern; they stand on lines, parted by bars with blanks."""
    return "|".join(
        cell.strip() for line in words.strip().splitlines() for cell in line.split(" | ")
    )


_NAMES = {cue.name: cue for cue in Cue}
_CUE = re.compile(
    "|".join(
        rf"(?P<{cue.name}>\b(?:{_pattern(words)})(?:\b|(?=[£$€])))" for cue, words in _LISTS.items()
    ),
    re.IGNORECASE,
)


def cues(text: str, start: int, end: int) -> list[tuple[Cue, int, int]]:
    """The cues between two places, in order, each with where it begins and ends."""
    return [
        (_NAMES[one.lastgroup or ""], one.start(), one.end())
        for one in _CUE.finditer(text, start, end)
    ]
