"""A workspace of three regions with one indicator, small enough to be worked out by hand."""

from pathlib import Path

REGIONS = ("E12000001", "E12000002", "E12000005")
SETTINGS = """\
placedex = 1
title = "Mixed"
home = "E12000005"

[places]
codes = []
kinds = ["region"]
districts_within = []
"""
SPEC = """\
code: volumes
title: Volumes
about: One indicator.
kinds: [region]
components:
  - {code: index, name: Volumes, why: It is all there is.}
indicators:
  - {indicator: INDICATOR, parent: index, why: A test., against: It is one.}
steps:
  - SCALE
  - screen: {indicators: 0.25, places: 0.5}
  - normalise: {method: min-max, scale: [0, 100]}
  - weight: equal
  - aggregate: {mean: arithmetic}
  - rank
"""
ORIGIN = (
    "- {code: CODE, publisher: Office, title: Accounts, edition: CODE, licence: Open, "
    "published: DAY, url: 'https://example.org/'}\n"
)


def workspace(
    folder: Path, figures: dict[str, str], *, code: str = "gva-constant", scale: str = "scale"
) -> Path:
    """A workspace of three regions with one indicator; each period has the origin named for it."""
    (folder / "figures").mkdir(parents=True)
    (folder / "indexes").mkdir()
    (folder / "placedex.toml").write_text(SETTINGS, encoding="utf-8")
    text = SPEC.replace("SCALE", scale).replace("INDICATOR", code)
    (folder / "indexes" / "volumes.yaml").write_text(text, encoding="utf-8")
    days = {"first": "2024-04-17", "second": "2025-04-17"}
    origins = "".join(
        ORIGIN.replace("CODE", name).replace("DAY", day) for name, day in days.items()
    )
    (folder / "figures" / "origins.yaml").write_text(origins, encoding="utf-8")
    rows = [
        f"{place},{code},{period},{(100 + 7 * number**2) * (1 + step)},,,published,{name}"
        for step, (period, name) in enumerate(figures.items())
        for number, place in enumerate(REGIONS)
    ]
    header = "place,indicator,period,value,low,high,status,origin"
    (folder / "figures" / "figures.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    return folder
