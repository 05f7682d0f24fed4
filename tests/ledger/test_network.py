"""The network of a ledger: every tie with its kind, its entry and what it rests on."""

import pytest

from placedex.errors import BadWorkspace
from placedex.ledger import Citation, Cites, make_network, report_on
from placedex.ledger.organisation_groups import group_of
from placedex.ledger.working_together import organisations_together
from tests.ledger.small_network import CITES, CITY, ledger, organisation, programme


def test_every_field_that_ties_gives_a_tie_of_its_kind() -> None:
    ties = {(tie.one, tie.kind, tie.other) for tie in make_network(ledger(*CITY)).ties}

    assert ties == {
        ("organisation:council", "lead", "programme:roadmap"),
        ("organisation:university", "partner", "programme:roadmap"),
        ("organisation:ministry", "funder", "programme:roadmap"),
        ("organisation:university", "lead", "programme:lab-fund"),
        ("organisation:maker", "partner", "programme:lab-fund"),
        ("programme:roadmap", "part of", "programme:lab-fund"),
        ("organisation:university", "host", "site:lab"),
        ("programme:roadmap", "part of", "site:lab"),
        ("organisation:maker", "member", "partnership:pact"),
        ("organisation:lender", "member", "partnership:pact"),
        ("organisation:council", "held by", "event:fair"),
    }


def test_a_tie_says_which_entry_it_is_from_and_what_it_rests_on() -> None:
    cites = Cites({"lead": (Citation("claim", "c1"),), "name": (Citation("claim", "c2"),)})
    made = ledger(organisation("a", "council"), programme("p", lead="a"))
    object.__setattr__(made.programmes["p"], "cites", cites)

    (tie,) = make_network(made).ties

    assert (tie.entry, tie.cites) == ("programmes/p", (Citation("claim", "c1"),))


def test_the_order_of_entries_is_nothing() -> None:
    one, other = (report_on(make_network(ledger(*way))) for way in (CITY, CITY[::-1]))

    assert one.node_rows() == other.node_rows()
    assert one.tie_rows() == other.tie_rows()
    assert one.notes() == other.notes()
    assert one.bridge_words() == other.bridge_words()
    assert one.communities == other.communities


def test_organisations_are_tied_by_what_they_share() -> None:
    """Three share the roadmap, a half each; two share the fund, and two the pact."""
    weights = organisations_together(make_network(ledger(*CITY))).weights

    assert {tuple(one.partition(":")[2] for one in pair): weight
            for pair, weight in weights.items()} == {
        ("council", "ministry"): 0.5,
        ("council", "university"): 0.5,
        ("ministry", "university"): 0.5,
        ("maker", "university"): 1.0,
        ("lender", "maker"): 1.0,
    }  # fmt: skip


def test_a_part_of_an_organisation_is_tied_to_it_outright() -> None:
    made = ledger(organisation("a", "council"), organisation("b", "agency", part_of="a"))

    assert list(organisations_together(make_network(made)).weights.values()) == [1.0]


def test_who_bridges_is_said_in_words() -> None:
    report = report_on(make_network(ledger(*CITY)))

    assert report.bridge_words() == (
        "University links Council (with Ministry) and Lender (with Maker), which have "
        "no other tie.",
        "Maker links University (with 2 more) and Lender, which have no other tie.",
    )
    assert "University links the groups private and public, which have no other tie." in (
        report.group_words()
    )
    assert "one organisation has no tie" in report.notes()[0]


def test_a_network_without_ties_says_so() -> None:
    def notes(*entries: object) -> tuple[str, ...]:
        return report_on(make_network(ledger(*entries))).notes()

    assert notes() == ("The ledger has no organisation here: there is no network to read.",)
    assert notes(organisation("a", "council")) == (
        "There is one organisation: it can have no ties to others.",
    )
    assert notes(organisation("a", "council"), organisation("b", "council")) == (
        "No two of the 2 organisations share an entry: there are no ties to measure.",
    )


def test_an_entry_that_names_what_is_not_there_is_refused() -> None:
    with pytest.raises(BadWorkspace, match="programmes/p names organisation nobody"):
        make_network(ledger(programme("p", lead="nobody")))


def test_a_place_has_what_lies_in_it_and_what_that_is_tied_to() -> None:
    found = make_network(ledger(*CITY)).within({"E08000026"})

    assert [node.code for node in found.nodes] == [
        "organisation:lender",
        "organisation:maker",
        "partnership:pact",
        "programme:lab-fund",
    ]
    assert [tie.kind for tie in found.ties] == ["member", "member", "partner"]


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("council", "public"),
        ("combined authority", "public"),
        ("government department", "public"),
        ("company", "private"),
        ("community interest company", "third sector"),
        ("university", "university"),
        ("charity", "third sector"),
        ("investor", "funder"),
        ("trade body", "network body"),
        ("partnership", "network body"),
        ("local enterprise partnership", "public"),
        ("Companies", "private"),
        ("group of universities", "university"),
        ("spacecraft", "other"),
    ],
)
def test_a_kind_of_organisation_is_of_one_group(kind: str, group: str) -> None:
    assert group_of(kind) == group


def test_a_part_of_no_group_has_that_of_its_whole() -> None:
    made = ledger(organisation("a", "council"), organisation("b", "desk", part_of="a"))

    assert {node.group for node in make_network(made).nodes} == {"public"}


def test_a_kind_of_no_group_is_said() -> None:
    made = ledger(
        organisation("a", "spacecraft"), organisation("b", "council"), programme("p", lead="a"),
    )  # fmt: skip
    object.__setattr__(made.programmes["p"], "partners", ("b",))

    assert report_on(make_network(made)).notes()[-1] == (
        "Of no group, and counted as 'other': spacecraft."
    )
    assert made.programmes["p"].cites is CITES
