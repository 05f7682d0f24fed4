"""The stylesheet: text can be read on its ground, in light and in dark."""

import re
from importlib import resources
from itertools import pairwise

import pytest

STYLE = (resources.files("placedex.publish") / "templates" / "site.css").read_text("utf-8")
PROPERTY = re.compile(r"--(\w+): (#[0-9a-f]{6})\b")


def palette(*, dark: bool) -> dict[str, str]:
    light, _, rest = STYLE.partition("@media (prefers-color-scheme: dark)")
    return dict(PROPERTY.findall(rest.partition("\n}\n")[0] if dark else light))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("text", ["ink", "quiet", "accent"])
def test_text_stands_out_from_its_ground(dark: bool, ground: str, text: str) -> None:
    colours = palette(dark=dark)

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("segment", [f"s{number}" for number in range(1, 9)])
def test_segments_of_bars_stand_out_from_the_page(dark: bool, segment: str) -> None:
    colours = palette(dark=dark)

    assert contrast(colours[segment], colours["paper"]) >= 3


@pytest.mark.parametrize("dark", [False, True])
def test_the_classes_of_the_map_go_one_way_from_pale_to_strong(dark: bool) -> None:
    """One hue, and each class further from the page than the last: no colour need be told apart."""
    colours = palette(dark=dark)
    steps = [contrast(colours[f"k{number}"], colours["paper"]) for number in range(1, 6)]

    assert all(later / earlier > 1.3 for earlier, later in pairwise(steps))
