"""A claim is shown in its sentence, whatever stands within it."""

import pytest

from placedex.evidence import Document, Page, Span, passage, sentences

MARK = "|"


@pytest.mark.parametrize(
    "text",
    [
        "It cost £1.3m. of public money, e.g. for fibre.| Dr. A. Jones agreed.",
        "Growth was 4.5%.|  The U.K. Government, i.e. HM Treasury, paid.",
        "“We grew.”| “It was 72%!” he said.|\n\nThe end",
        "Key strengths:|\n\n- Digital leadership, e.g. 5G|\n- Talent|\n• Sixty e.g. more",
        "Jo Bloggs|\nHead of Clusters|\nT: 0121",
        "# A heading|\nWords of it.",
        "A total spend of £4.9billion on research of the region,\n\n£83million of it public.",
        "No. 1 in the U.S. and St. Helens vs. Leeds, approx. 3 km apart.",
        "Is it so?| 2,400 businesses say so.",
        "A line that was broken to fit on a page of the report, in West\nMidlands towns, goes on.",
        "First paragraph\r\n|\r\nSecond one",
        "*“Quoted.”*| Nye said.",
        "",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str) -> None:
    whole = text.replace(MARK, "")
    wanted = [" ".join(part.split()) for part in text.split(MARK)]

    found = sentences(whole)

    assert [" ".join(whole[one.start : one.end].split()) for one in found] == wanted


def document(text: str, *pages: int) -> Document:
    bounds = (0, *pages, len(text))
    made = [Page(n, bounds[n - 1], bounds[n]) for n in range(1, len(bounds))]
    return Document("d", "D", "", None, "", "d.txt", "0" * 64, text, tuple(made))


def test_a_claim_is_shown_in_its_sentence_and_on_its_page() -> None:
    text = "Before it. The sector, e.g. software, is worth £15.3 billion. After it."
    start = text.index("£15.3")

    found = passage(document(text, 20), Span(start, start + 13))

    assert found.words == "The sector, e.g. software, is worth £15.3 billion."
    assert found.words[found.claim.start : found.claim.end] == "£15.3 billion"
    assert text[found.start :].startswith("The sector")
    assert found.page == 2


def test_a_claim_over_two_sentences_is_shown_in_both() -> None:
    found = passage(document("One is 1. Two is 2. Three is 3."), Span(7, 18))

    assert found.words == "One is 1. Two is 2."


def test_words_without_an_end_are_cut_around_the_claim() -> None:
    text = "word " * 1000 + "£4m " + "word " * 1000
    start = text.index("£4m")

    found = passage(document(text), Span(start, start + 3))

    assert len(found.words) <= 1500
    assert found.words[found.claim.start : found.claim.end] == "£4m"


def test_a_span_outside_the_document_is_refused() -> None:
    with pytest.raises(ValueError, match="not within"):
        passage(document("Short."), Span(3, 60))
