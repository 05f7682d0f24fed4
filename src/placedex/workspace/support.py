"""Support for a firm out of a workspace's ledger, asked for in words."""

from collections.abc import Mapping
from datetime import date

from placedex.errors import BadQuestion
from placedex.ledger.support_finder import Answer, Firm, find_support, make_firm
from placedex.places import Place, find_place
from placedex.workspace.ledger import workspace_ledger
from placedex.workspace.workspace import Workspace


def support_for(
    workspace: Workspace, place: str, *, about: Mapping[str, str], on: date
) -> tuple[Firm, tuple[Answer, ...]]:
    """A firm as words describe it, and every offer of the workspace's ledger held against it.

    `about` has size, need, age, industry and from, each empty or left out if it is not known.
    Errors: BadQuestion for words that mean nothing; UnknownPlace and AmbiguousPlace for the place.
    """
    if not place.strip():
        raise BadQuestion(
            "No place is given", "the place where the firm is", "Give a name or a code."
        )
    firm = make_firm(
        _place(workspace, place),
        size=about.get("size", ""),
        need=about.get("need", ""),
        age=_age(about.get("age", "")),
        industry=about.get("industry", ""),
        comes_from=about.get("from", ""),
    )
    ledger = workspace_ledger(workspace)
    return firm, find_support(ledger, firm, on=on, register=workspace.register)


def _place(workspace: Workspace, words: str) -> Place:
    """The place of the workspace's register that words mean; a misspelt name is forgiven."""
    if workspace.others is None:
        return workspace.register.find(words)
    match = find_place(words)
    return match.now or match.place


def _age(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise BadQuestion(f"'{text}' is no age", "a number of years", "Give it so.") from None
