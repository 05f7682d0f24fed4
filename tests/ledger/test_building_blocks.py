"""Building blocks of a cluster: which entries show them, and which are missing."""

from placedex.ledger import BlockFound, SupportOffer, find_building_blocks
from tests.ledger.small_network import CITES, CITY, ledger, organisation, programme


def found(*entries: object, **where: object) -> dict[str, BlockFound]:
    blocks = find_building_blocks(ledger(*entries), **where)  # type: ignore[arg-type]
    return {one.block.code: one for one in blocks}


def entries(one: BlockFound) -> list[str]:
    return [sign.entry for sign in one.signs]


def test_the_blocks_are_those_that_the_document_names() -> None:
    assert list(found()) == [
        "skills", "universities", "locations", "capital", "supporting firms", "networks",
        "leadership",
    ]  # fmt: skip


def test_each_block_has_the_entries_that_show_it() -> None:
    blocks = found(*CITY)

    assert {code: entries(one) for code, one in blocks.items()} == {
        "skills": [],
        "universities": ["organisations/university"],
        "locations": ["sites/lab"],
        "capital": ["organisations/lender"],
        "supporting firms": [],
        "networks": ["events/fair", "partnerships/pact"],
        "leadership": ["organisations/council", "programmes/roadmap"],
    }


def test_what_is_missing_is_not_said_to_be_absent() -> None:
    words = found(*CITY)["skills"].words("Birmingham")

    assert words.endswith(
        "no entry of the ledger shows it for Birmingham: that is not proof that there is none."
    )


def test_a_place_has_what_lies_in_it_and_what_a_wider_place_gives() -> None:
    region = organisation("bank", "bank", place="E12000005")
    blocks = found(*CITY, region, inside={"E08000025"}, around={"E12000005"})

    assert blocks["capital"].state == "around"
    assert blocks["capital"].words("Birmingham").endswith("Bank (bank), for a wider place alone.")
    assert blocks["universities"].state == "here"
    assert blocks["networks"].signs[0].entry == "events/fair"
    assert blocks["skills"].state == "missing"


def test_offers_programmes_and_roles_show_blocks_too() -> None:
    offer = SupportOffer("loan", "Loan", "council", "a loan", ("finance",), CITES)
    lawyer = organisation("lawyer", "law firm", place="E08000025")
    pilot = programme("pilot", themes=("digital skills",), places=("E08000025",))
    helper = organisation("guide", "company", roles=("adviser",), place="E08000025")
    blocks = found(*CITY, offer, lawyer, pilot, helper, inside={"E08000025"})

    assert entries(blocks["skills"]) == ["programmes/pilot"]
    # The offer names no place: it is where who offers it is.
    assert blocks["capital"].signs[0].why == "needs: finance"
    assert [sign.why for sign in blocks["supporting firms"].signs] == ["law firm", "roles: adviser"]


def test_a_strategy_that_no_public_body_leads_is_no_public_leadership() -> None:
    made = (organisation("firm", "company"), programme("vision", "strategy", lead="firm"))

    assert found(*made)["leadership"].state == "missing"
