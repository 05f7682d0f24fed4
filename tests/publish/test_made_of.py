"""What an index is made of for a kind of place: said wherever its scores are."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from placedex.index import Flag, Index, build, rank_under_scenarios
from placedex.places import Place
from placedex.publish import Edition, Published, Ranked, write_site
from placedex.publish.material import gather
from placedex.publish.pages.made_of import absences, components_counted, made_of
from placedex.publish.pages.step_words import step_words
from tests.publish.conftest import small_spec
from tests.publish.document import Element, read

ASHBY, FARWICK = "E08000001", "E08000006"
LACKS = "Lines of Ashby is made without Slow premises."


def flagged(index: Index, *flags: Flag) -> Index:
    last = index.stages[-1]
    state = last.state.flagged(*flags)
    return dataclasses.replace(
        index, stages=(*index.stages[:-1], dataclasses.replace(last, state=state))
    )


def without_work(edition: Edition, *, home: Place, known: int = 0) -> Edition:
    """The edition with jobs known in so few districts that the component Work is set aside."""
    ranked = edition.indexes[0].by_kind["district"]
    raw = ranked.index.raw
    values = raw.values.copy()
    values[known:, raw.column("jobs")] = np.nan
    spec = small_spec()
    steps = tuple(
        dataclasses.replace(step, indicators=0.5) if step.verb == "screen" else step  # type: ignore[type-var]
        for step in spec.steps
    )
    spec = dataclasses.replace(spec, steps=steps)
    index = flagged(
        build(spec, raw.with_values(values)), Flag("part missing", LACKS, "lines", ASHBY)
    )
    made = Published(spec, {"district": Ranked("district", index, ranked.beside, {})})
    return dataclasses.replace(edition, home=home, indexes=(made,))


@pytest.fixture(scope="module")
def partial(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of an index without its second component, seen from Ashby."""
    home = next(place for place in edition.places if place.code == ASHBY)
    folder = tmp_path_factory.mktemp("partial")
    write_site(without_work(edition, home=home), folder)
    return folder


def leads(page: Element) -> list[str]:
    return [one.text for one in page.all("p") if one.attributes.get("class") == "lead"]


def test_the_headline_says_on_which_components_the_score_stands(partial: Path) -> None:
    said = "on 1 of the 2 components (lines); work is not published for districts."

    assert said in leads(read(partial / "index.html"))[0]
    assert said in leads(read(partial / "places" / "e08000001.html"))[0]


def test_the_head_of_a_ranking_says_what_it_is_made_of(partial: Path) -> None:
    text = read(partial / "index.html").text

    assert "Made of 1 of the 2 components (lines); work is not published for districts." in text
    assert "Scores of unlike kinds must not be compared, since they are made of different" in text


def test_a_component_published_for_too_few_is_not_said_to_be_unpublished(
    edition: Edition,
) -> None:
    standings = gather(without_work(edition, home=edition.home, known=2)).standings[0]

    assert absences(standings) == "work is published for too few districts"


def test_a_ranking_of_all_components_says_all(edition: Edition) -> None:
    standings = gather(edition).standings[0]

    assert components_counted(standings) == "all two components (lines and work)"
    assert made_of(standings, others=True).endswith("do not compare them with these.")


def test_shares_of_the_whole_are_those_of_the_kind(partial: Path) -> None:
    """Lines is all that is left, so each of its two indicators carries a half and not a sixth."""
    indicator = read(partial / "indicators" / "gigabit.html").text
    method = read(partial / "method.html").text

    assert "Districts 50.0%" in indicator
    assert "Lines 100.0% Work set aside Gigabit broadband 50.0%" in method
    assert "Districts set aside" in read(partial / "indicators" / "job-share.html").text


def test_no_scenario_that_changes_nothing_is_counted(partial: Path) -> None:
    """With one component left nothing moves; `always 1st` would say more than is known."""
    home = read(partial / "index.html").text

    assert "always" not in home
    assert "across scenarios" not in home
    assert "Districts: 0 scenarios counted. Left out, as they change nothing here: Equal." in (
        read(partial / "method.html").text
    )


def test_a_component_made_without_a_part_is_marked_and_explained(partial: Path) -> None:
    home = read(partial / "index.html")
    heads = [one.text for one in home.all("td")]
    drawn = [one.text for one in home.all("text")]

    assert "Ashby †" in heads
    assert "Ashby †" in drawn
    assert "Birchley" in heads
    assert "† A component of this place is made without one of its indicators" in home.text
    assert LACKS in [one.text for one in read(partial / "places" / "e08000001.html").all("p")]


def test_a_score_made_without_a_component_is_said_at_the_head(edition: Edition) -> None:
    """A flag of the whole belongs to no component; one of an indicator to its component."""
    whole = edition.indexes[0].by_kind["district"]
    index = flagged(
        whole.index,
        Flag("part missing", "The whole lacks Work.", "index", ASHBY),
        Flag("part missing", "Lines lack Slow premises.", "slow", ASHBY),
    )
    ranked = dataclasses.replace(whole, index=index)
    made = Published(edition.indexes[0].spec, {"district": ranked})
    standings = gather(dataclasses.replace(edition, indexes=(made,))).standings[0]

    assert standings.without(ASHBY, "index") == ["The whole lacks Work."]
    assert standings.without(ASHBY, "lines") == ["Lines lack Slow premises."]
    assert standings.without(ASHBY, "work") == []
    assert standings.lacks_part(ASHBY)
    assert not standings.lacks_part(FARWICK)


def test_no_dagger_is_explained_where_there_is_none(site: Path) -> None:
    assert "†" not in read(site / "index.html").text


def test_a_component_without_score_has_a_sentence_and_no_idle_rows(partial: Path) -> None:
    """Nothing that holds Ashby has a share of digital jobs to show."""
    page = read(partial / "places" / "e08000002.html")

    assert "Work no score Not published for districts." in page.text
    assert "no source" not in page.text


def test_steps_speak_of_names_and_not_of_codes() -> None:
    names = {"level-3": "Level 3 or above", "skills": "Skills", "slow": "Slow premises"}

    assert step_words("Any part of 'skills' counts; skills matter.", names) == (
        "Any part of Skills counts; skills matter."
    )
    assert step_words("The logarithm is taken of slow, level-3, whose figures", names) == (
        "The logarithm is taken of Slow premises, Level 3 or above, whose figures"
    )
    assert step_words("Left out by choice: slow.", names) == "Left out by choice: Slow premises."
    assert step_words("A slow step is kept as it is.", names) == "A slow step is kept as it is."
    assert step_words("Nothing.", {}) == "Nothing."


def test_the_method_page_of_the_bundled_site_lists_no_code(built: Path) -> None:
    text = read(built / "build" / "site" / "method.html").text

    assert "The logarithm is taken of Share of enterprises" in text
    assert "'index'" not in text


def test_what_each_step_left_tells_scored_from_ranked(partial: Path) -> None:
    """Unmeasured goes at the screen; the six that are left are scored, and ranked at the end."""
    tables = {one.attributes["id"]: one for one in read(partial / "method.html").all("table")}
    rows = [row.text for row in tables["test-district-stages"].all("tr")]

    assert rows[0] == "Step Places scored Places ranked Indicators"
    assert rows[1] == "before the first step 7 not yet as published"
    assert rows[-1] == "rank 6 6 2"


def test_the_bundled_headline_names_what_combined_authorities_lack(built: Path) -> None:
    text = leads(read(built / "build" / "site" / "index.html"))[0]

    assert "of the 6 components (digital infrastructure" in text
    assert "adoption is not published for combined authorities" in text


def test_names_of_places_in_sentences_and_charts_are_as_people_say_them(
    edition: Edition, tmp_path: Path
) -> None:
    """The official name stays in the heading and in tables."""
    official = "Ashby, County of"
    places = tuple(
        dataclasses.replace(place, name=official) if place.code == ASHBY else place
        for place in edition.places
    )
    ranked = edition.indexes[0].by_kind["district"]
    raw = dataclasses.replace(
        ranked.index.raw,
        places=tuple(
            dataclasses.replace(place, name=official) if place.code == ASHBY else place
            for place in ranked.index.raw.places
        ),
    )
    index = build(edition.indexes[0].spec, raw)
    index = flagged(index, Flag("imputed", f"{official} has a filled figure.", "slow", ASHBY))
    one = Ranked("district", index, ranked.beside, rank_under_scenarios(index))
    write_site(
        dataclasses.replace(
            edition,
            home=next(place for place in places if place.code == ASHBY),
            places=places,
            indexes=(Published(edition.indexes[0].spec, {"district": one}),),
        ),
        tmp_path,
    )
    home = read(tmp_path / "index.html")
    page = read(tmp_path / "places" / "e08000001.html")

    assert leads(home)[0].startswith("Ashby stands")
    assert "Ashby" in [text.text for text in home.all("text")]
    assert official in [cell.text for cell in home.all("td")]
    assert next(page.all("h1")).text == official
    assert "Ashby has a filled figure." in page.text
    assert "Ashby is above the median" in page.text
