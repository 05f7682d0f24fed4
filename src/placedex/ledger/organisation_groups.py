"""Groups of organisations: which kinds of organisation are counted as one sort of actor."""

from collections.abc import Mapping

PUBLIC, PRIVATE, UNIVERSITY = "public", "private", "university"
THIRD, FUNDER, BODY, OTHER = "third sector", "funder", "network body", "other"

# The mapping is stated, so that a reader can disagree: the longest word that is in a kind decides,
# and of two as long the one of the earlier group.
WORDS_OF_GROUP: Mapping[str, tuple[str, ...]] = {
    UNIVERSITY: ("university", "college", "research institute", "education provider", "school",
                 "academy"),
    FUNDER: ("funder", "investor", "bank", "fund", "venture capital", "foundation", "lottery"),
    BODY: (
        "partnership", "trade body", "cluster body", "cluster", "network", "consortium", "chamber",
        "membership body", "alliance", "association", "forum", "professional body", "coalition",
    ),
    THIRD: (
        "charity", "third sector", "community", "voluntary", "social enterprise", "trust", "union",
        "community interest company", "non-profit", "housing association", "think tank",
    ),
    PUBLIC: (
        "council", "authority", "department", "agency", "government", "regulator", "public",
        "court", "nhs", "nhs trust", "hospital", "police", "ministry", "commission", "parliament",
        "local enterprise partnership", "public body", "city region", "library",
    ),
    PRIVATE: (
        "company", "firm", "business", "enterprise", "operator", "consultancy", "law firm",
        "supplier", "start-up", "startup", "accountancy", "manufacturer", "private", "bureau",
    ),
}  # fmt: skip
GROUPS = (*WORDS_OF_GROUP, OTHER)


def group_of(kind: str) -> str:
    """The group of a kind of organisation; `other` for a kind that has no word of any group.

    The longest word that is in the kind decides, so that a housing association is of the third
    sector and a local enterprise partnership is public.
    """
    found = [
        (len(word), -place, group)
        for place, (group, words) in enumerate(WORDS_OF_GROUP.items())
        for word in words
        if has_word(kind, word)
    ]
    return max(found)[2] if found else OTHER


def has_word(text: str, word: str) -> bool:
    """Whether a text has a word or several in a row, whole and in any case, plural or not."""
    folded = f" {' '.join(text.lower().replace('-', ' ').replace('/', ' ').split())} "
    wanted = word.lower().replace("-", " ")
    plurals = (f"{wanted}s", f"{wanted.removesuffix('y')}ies" if wanted.endswith("y") else wanted)
    return any(f" {one} " in folded for one in (wanted, *plurals))
