"""Days on the command line."""

from datetime import date


def read_day(text: str | None, *, name: str) -> date:
    """The day that an option gives, or today; BadUsage for what is no day."""
    from placedex.errors import BadUsage

    try:
        return date.today() if text is None else date.fromisoformat(text)
    except ValueError:
        raise BadUsage(f"'{text}' is no day. Wanted one like 2025-04-30. Give {name} so.") from None
