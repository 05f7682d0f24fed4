"""Markup: the one door through which text becomes markup."""

from markupsafe import Markup


def trusted(text: str) -> Markup:
    """Text as markup; whoever calls has escaped every part of it that came from outside."""
    return Markup(text)  # noqa: S704
