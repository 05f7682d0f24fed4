"""Persons and how to reach them are masked; offices, bodies and places are not."""

from pathlib import Path

import pytest

from placedex.evidence import Span, mask, names_in, read_document, sentences
from placedex.evidence.mask import EMAIL, NAME, TELEPHONE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Olu Adeyemi said it.", "[name] said it."),
        ("Siân Rees-Morgan and Zoë O’Hara-Li met.", "[name] and [name] met."),
        ("Cllr Thwaite, Mr. A. K. Rao and Dr de la Cruz", "Cllr [name], Mr. [name] and Dr [name]"),
        ("Zqora Vlint, the council's digital lead, won", "[name], the council's digital lead, won"),
        ("Chief Executive Zqora Vlint spoke.", "Chief Executive [name] spoke."),
        ("Zqora Vlint said: “It works.”", "[name] said: “It works.”"),
        ("Zqora Vlint\nHead of Policy", "[name]\nHead of Policy"),
        ("With Ann Poole, Zqora Vlint and Ty Brkic", "With [name], [name] and [name]"),
        ("Sarah, 34, from Dudley", "[name], 34, from Dudley"),
        ("Priya from Sandwell said so.", "[name] from Sandwell said so."),
        ("Joe and Anna Brown run it.", "[name] and [name] run it."),
        ("JANE SMITH, DIRECTOR", "[name], DIRECTOR"),
        ("PwC’s Andy Lowe’s plan", "PwC’s [name]’s plan"),
        ("Ann Street, Mayor of Newtown; Ann Street", "[name], Mayor of Newtown; Ann Street"),
        ("Victoria Jackson came to Victoria Square.", "[name] came to Victoria Square."),
        ("Will Smith will mark it.", "[name] will mark it."),
        ("Emma Hill\u00a0met Sue\nWard.", "[name]\u00a0met [name]."),
    ],
)  # fmt: skip
def test_a_person_is_masked_and_the_office_is_not(text: str, shown: str) -> None:
    assert mask(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "The West Midlands and Greater Manchester; Milton Keynes, the mayor’s town",
        "Code First Girls said: “Join us.” Rigby Group PLC, Haatch Investments, and Midven.",
        "Broad Street and Fleet Street; James Street; Victoria Station; Lady Pool Road",
        "Henry Boot PLC, John Lewis, Grant Thornton, Ernst & Young LLP, Aston Martin",
        "Alan Turing Institute, Grace Hopper Academy, Queen Elizabeth Hospital, St Martin’s Church",
        "Tata Elxsi, which is led by a director; Alpha Wireless, it makes the region a leader",
        "Birmingham Tech Week, the head of events; Jaguar Land Rover; Rolls-Royce; Plug & Play",
        "The Mayor, the Chief Executive and the Lord Mayor. Head of Policy. Chief Digital Officer.",
        "May Day, April and June; Mark the date; Will it; Hope and Grace",
        "Oxford Economics said: “Growth is 4%.” Health Tech, Clean Tech and Future Mobility",
        "Coventry & Warwick Giga Park, Birmingham Knowledge Quarter",
    ],
)
def test_bodies_places_and_offices_are_not_masked(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("T: 0121 496 0000", f"T: {TELEPHONE}"),
        ("or +44 (0)121 496 0001.", f"or {TELEPHONE}."),
        ("on (0121) 496 0002 or 07700 900123", f"on {TELEPHONE} or {TELEPHONE}"),
        ("01632960001 and 0808 157 0192", f"{TELEPHONE} and {TELEPHONE}"),
        ("Tel: 496 0003", f"Tel: {TELEPHONE}"),
        ("+1 202-555-0143", TELEPHONE),
        ("to a.b-c@mail.example.gov.uk.", f"to {EMAIL}."),
        ("to a.b [at] example [dot] org now", f"to {EMAIL} now"),
        ("[x@example.org](mailto:x@example.org)", f"[{EMAIL}](mailto:{EMAIL})"),
    ],
)
def test_ways_to_reach_a_person_are_masked(text: str, shown: str) -> None:
    assert mask(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "33911 roles, 2023/24, 0.123456789, £1,234,567,890, 12-15%, 01/02/2024, 2,400 of 144,000",
        "5G, O2, Industry 5.0, iCapital 2024, @techUK, 10.1000/182, company 01234567",
        "from 2019 2020 2021 2022 2023 and 164 316 342 792",
    ],
)
def test_figures_are_not_taken_for_telephone_numbers(text: str) -> None:
    assert mask(text).text == text


def test_a_claim_is_found_again_behind_a_mask() -> None:
    text = "Jane Doe said £4m, and Dr Roe of 0121 496 0000 said £5m."
    masked = mask(text)

    for words in ("£4m", "£5m", " said £5m."):
        start = text.index(words)
        moved = masked.moved(Span(start, start + len(words)))
        assert masked.text[moved.start : moved.end] == words
    start = text.index("Roe of")
    across = masked.moved(Span(start + 1, start + 6))
    assert masked.text[across.start : across.end] == f"{NAME} of"


def test_a_person_who_was_named_in_full_is_known_by_the_surname_where_it_speaks() -> None:
    known = names_in("Zqora Vlint, director, came.")

    assert mask("Vlint added that it works.", known=known).text == "[name] added that it works."
    assert mask("Vlint added that it works.").text == "Vlint added that it works."


# The persons, telephone numbers and addresses of the five documents, found by reading them.
PERSONS = {
    "000_5d75693bbc941114.txt": ((2542, 2553), (2613, 2623), (2662, 2673), (2712, 2722)),
    "001_950c6112935347f7.txt": ((11126, 11138), (12627, 12636), (15514, 15530)),
    "002_0773078120d0b4e5.txt": (
        (1207, 1218), (3104, 3115), (3414, 3428), (3430, 3441), (3443, 3459), (3464, 3475),
        (3478, 3489), (3788, 3802), (3804, 3815), (3817, 3833), (3838, 3849), (4002, 4016),
        (4664, 4675), (5170, 5183),
    ),
    "003_15713883ce4dd008.txt": (),
    "004_13dd5515d3c4d052.txt": ((1506, 1517), (2008, 2021), (4165, 4177)),
}  # fmt: skip
REACHED = {
    "000_5d75693bbc941114.txt": ((2598, 2611), (2647, 2660), (2697, 2710), (2751, 2764)),
    "001_950c6112935347f7.txt": ((20343, 20358), (20367, 20382)),
    "004_13dd5515d3c4d052.txt": ((4143, 4162),),
}


@pytest.mark.parametrize("file", PERSONS)
def test_in_the_documents_every_person_is_masked_and_nothing_else(shared: Path, file: str) -> None:
    text = read_document(shared / "documents" / file).text

    hidden = {(span.start, span.end) for span, _ in mask(text).hidden}

    assert hidden == {*PERSONS[file], *REACHED.get(file, ())}


@pytest.mark.parametrize("file", PERSONS)
def test_in_the_documents_a_sentence_alone_is_masked_as_in_the_whole(
    shared: Path, file: str
) -> None:
    text = read_document(shared / "documents" / file).text
    known = names_in(text)

    hidden = {
        (one.start + span.start, one.start + span.end)
        for one in sentences(text)
        for span, _ in mask(text[one.start : one.end], known=known).hidden
    }

    assert hidden == {*PERSONS[file], *REACHED.get(file, ())}


def test_the_names_of_a_long_document_are_found_in_seconds() -> None:
    """A minute would mean that time grows with the square of the length."""
    from time import perf_counter

    text = "Jane Doe of Walsall met Zqora Vlint, director, and Oxford Economics in May. " * 5000
    began = perf_counter()

    assert names_in(text) == {"Jane Doe", "Zqora Vlint"}
    assert len(sentences(text)) == 5000
    assert perf_counter() - began < 30
