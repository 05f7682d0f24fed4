"""Time of reading claims from text, beside one plain pass of a pattern over the same text.

    python -m benchmarks.claims [--pages N] [--times N]

Prints a table and writes nothing. The text is made of fixed sentences of the kind that strategies
have, some 3,000 signs to a page. The plain pass finds every run of digits and does nothing with it:
the ratio says how many such passes the reading costs. Times are the best of several.
"""

import argparse
import re
import time
from collections.abc import Callable

from placedex.evidence import Document, Gazetteer, Page, extract
from placedex.places import bundled_register

PAGE = 3_000
DIGITS = re.compile(r"\d[\d,.]*")
SENTENCES = (
    "The sector in Leeds has more than 1,300 firms employing 24,000 people, with sales of £2.1bn.",
    "Over the next five years the council will invest £12m to train 3,000 residents by 2030.",
    "Some 46% of adults in Bolton lack basic skills, compared with a UK average of 21% in 2023.",
    "Our plan rests on three pillars, and every partner in the region has a part in each of them.",
    "Good connections matter to people, to firms and to public services alike, as many told us.",
    "Coverage in Greater Manchester rose from 42% to 57% between May 2022 and May 2023.",
)


def text_of(pages: int) -> str:
    """A text of so many pages."""
    paragraph = " ".join(SENTENCES)
    count = pages * PAGE // len(paragraph) + 1
    return "\n\n".join([paragraph] * count)[: pages * PAGE]


def best(job: Callable[[], object], times: int) -> float:
    """The least seconds that a job takes of several times."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return min(taken)


def ratio(pages: int, times: int) -> tuple[float, float, int]:
    """Seconds of reading, seconds of the plain pass, and how many claims were read."""
    text = text_of(pages)
    document = Document("one", "", "", None, "", "one.txt", "", text, (Page(1, 0, len(text)),))
    gazetteer = Gazetteer.of(bundled_register())
    claims = extract(document, gazetteer)
    read = best(lambda: extract(document, gazetteer), times)
    plain = best(lambda: DIGITS.findall(text), times)
    return read, plain, len(claims)


def main() -> None:
    """Print the times of one, ten and N pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    print("pages   claims   seconds   plain pass   ratio")
    for pages in (1, 10, given.pages):
        read, plain, count = ratio(pages, given.times)
        print(f"{pages:5d} {count:8d} {read:9.3f} {plain:12.5f} {read / plain:7.0f}")


if __name__ == "__main__":
    main()
