"""Whether an amount of money is given: invested, funded or promised, not earned, spent or won."""

import re

_NOUN = re.compile(
    r"^\W*(?:(?!(?:to|and|by|which|that|while|will|is|are|was"
    r"|were)\b)[\w’'&/-]+\s+){0,6}?(?:fund(?:s|ing|ed)?|invest(?:ment|ments|ed|ing)?|programme"
    r"|package|grants?|scheme|initiative|deal|settlement|boost|project|pot|budget|allocation"
    r"|commitment|pledge|endowment|contract|award|competition|accelerator|facility|capital"
    r"|pilot|money|hubs?|centres?|campus|institute|labs?|academy"
    r"|development|redevelopment|regeneration|building|zone|park|upgrade|plan|strategy|bids?)\b",
    re.IGNORECASE,
)
_GIVING = re.compile(
    r"\b(?:invest(?:s|ed|ing|ment|ments)?|fund(?:s|ed|ing)?|allocat\w+|commit(?:s|ted|ting"
    r"|ment)?|award(?:s|ed|ing)?|pledg\w+|announc\w+|back(?:s|ed|ing)? (?:by|with)"
    r"|ring-?fenc\w+|earmark\w*|provid(?:e|es|ed|ing)|launch(?:ed|es|ing)?|sets? aside|budget(?:s"
    r"|ed)?|made available|grants?|dedicat\w+|unveil\w+|package|settlement|inject\w*|approv\w+"
    r"|agreed|vouchers?|loans?"
    r"|devolv\w+)\b",
    re.IGNORECASE,
)
_BEING_GIVEN = re.compile(
    r"^\W*(?:\w+\s+){0,3}?(?:is|are|has|have|was|were|will|to)?\s*(?:been |being |be )?"
    r"(?:invested|allocated|committed|awarded|pledged|provided|announced|made available|set aside"
    r"|earmarked|into|used to|to fund|from (?:the )?(?:government|UK|lottery|treasury"
    r"|department))\b",
    re.IGNORECASE,
)
_EARNED = re.compile(
    r"\b(?:receiv\w+|rais(?:ed|ing)|won|attract(?:ed|ing|s)|led to|generat\w+|worth|GVA|output"
    r"|revenues?|sales|exports?|valu(?:ed|ation)|econom(?:y|ic)|contribut\w+|earn\w*|salar\w+"
    r"|wages?|pay|income|cost(?:s|ing)?|price[sd]?|sav(?:e|ed|ing|ings|es)|profits?"
    r"|productivity|market|leverag\w+|lending|add(?:s|ed|ing)?|rose|fell|grew|dropped|climbed"
    r"|reached|totalled|hit"
    r"|stood|boost(?:s|ed|ing)? \w+ by|increas\w+ \w+ by)\b",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\b(?:contracts?|grants?|funding|deals?|packages?|investments?|funds?|programmes?)\s+"
    r"(?:\w+\s+)?(?:worth|of|totalling)\s+(?:\w+\s+){0,2}$"
)
_LABEL = re.compile(
    r"^\W*(?:\w+\s+){0,3}(?:budget|funding|investment|grants?|awards?)\s*:\s*$", re.I
)
_OF_NAME = re.compile(
    r"\b(?:programme|fund|scheme|project|deal|grant|package|initiative|contract)\s*\(\s*$", re.I
)
_SPENT = re.compile(r"\b(?:spend|spent|spending|expenditure|turnover|worth)\b", re.IGNORECASE)
_EARNED_AFTER = re.compile(
    r"^\W*(?:\w+\s+){0,2}?(?:in|of|to)?\s*(?:the\s+)?(?:local |regional |UK |national )?"
    r"(?:GVA|output|turnover|revenues?|sales|exports|profits?|economy|tech sector|sector|savings"
    r"|market"
    r"|industry|cluster|per head|per hour|an hour|a week|salary|wages?|earnings)\b",
    re.IGNORECASE,
)
_FAR = 90


def is_given(
    text: str, *, figure: tuple[int, int], clause: tuple[int, int], sentence: tuple[int, int]
) -> bool:
    """Whether the words around an amount say that somebody gives it for something."""
    ahead = text[clause[0] : figure[0]]
    after = text[figure[1] : clause[1]][:_FAR]
    if _WORTH.search(ahead) or _OF_NAME.search(text, sentence[0], figure[0]):
        return True
    if _LABEL.search(text[sentence[0] : figure[0]]):
        return True
    if _EARNED.search(ahead) or _EARNED_AFTER.match(after):
        return False
    if _SPENT.search(text, sentence[0], figure[0]):
        return False
    return bool(_NOUN.match(after) or _BEING_GIVEN.match(after) or _GIVING.search(ahead))


_ANNOUNCED = re.compile(
    r"\b(?:announc\w+|award\w*|allocat\w+|unveil\w+|confirm\w+|pledg\w+|commit\w+)\b"
)


def is_announced(
    text: str, *, figure: tuple[int, int], clause: tuple[int, int], sentence: tuple[int, int]
) -> bool:
    """Whether an amount is called a fund or the like, in a sentence that announces it."""
    after = text[figure[1] : clause[1]][:_FAR]
    return _NOUN.match(after) is not None and _ANNOUNCED.search(text, *sentence) is not None
