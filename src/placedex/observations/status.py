"""Why a value is as it is. Missing is never nought."""

from enum import IntEnum


class Status(IntEnum):
    """Why a value is there, or why it is not."""

    PUBLISHED = 0
    ESTIMATED = 1
    DERIVED = 2
    IMPUTED = 3
    UNRELIABLE = 4
    SUPPRESSED = 5
    NOT_COLLECTED = 6
    NOT_APPLICABLE = 7

    @property
    def words(self) -> str:
        """The status as it stands in tables and on pages."""
        return self.name.lower().replace("_", " ")

    @property
    def has_value(self) -> bool:
        """Whether an observation of this status carries a number."""
        return self <= Status.UNRELIABLE


WORDS = {status.words: status for status in Status}
EXPLAINED = {
    Status.PUBLISHED: "as its publisher gives it",
    Status.ESTIMATED: "as its publisher gives it, and called an estimate there",
    Status.DERIVED: "reckoned by placedex from published figures by a stated rule",
    Status.IMPUTED: "not published; filled by a stated method",
    Status.UNRELIABLE: "published, and called unreliable by its publisher: the sample is small",
    Status.SUPPRESSED: "held back by the publisher, for secrecy or because the sample is too small",
    Status.NOT_COLLECTED: "not published for this place",
    Status.NOT_APPLICABLE: "has no meaning for this place",
}
