"""The main navigation: groups of entries, those of what the site has."""

from placedex.publish.record import Record

Entry = tuple[str, str, str]

FIGURES: tuple[Entry, ...] = (
    ("home", "index.html", "Home"),
    ("places", "places/index.html", "Places"),
    ("indicators", "indicators/index.html", "Indicators"),
    ("change", "change.html", "What changed"),
)
ABOUT: tuple[Entry, ...] = (
    ("method", "method.html", "Method"),
    ("sources", "sources.html", "Sources"),
    ("quality", "quality.html", "Quality"),
    ("data", "data.html", "Data"),
)


def navigation(record: Record) -> tuple[tuple[Entry, ...], ...]:
    """The entries in groups: figures, what was said and promised if there is any, and method."""
    ledger = record.ledger
    said: list[Entry] = []
    if record.has_evidence:
        said.append(("evidence", "evidence/index.html", "Evidence"))
    if ledger.targets:
        said.append(("roadmap", "roadmap.html", "Roadmap"))
    if record.has_programmes:
        said.append(("programmes", "programmes/index.html", "Programmes"))
    if ledger.support:
        said.append(("support", "support.html", "Support"))
    return tuple(group for group in (FIGURES, tuple(said), ABOUT) if group)
