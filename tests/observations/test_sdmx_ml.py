"""SDMX-ML of every kind: generic and structure-specific, by series and flat."""

import gzip
from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from tests.observations.desk import faults_of, rows_of
from tests.observations.layouts import read

TEXT = """\
files: ["*.xml", "*.xml.gz"]
format: sdmx-ml
place: {column: REF_AREA}
indicator: gva
"""
GENERIC = """<m:GenericData xmlns:m="message" xmlns:g="generic"><m:DataSet>
<g:Series><g:SeriesKey><g:Value id="REF_AREA" value="E08000025"/><g:Value id="FREQ" value="A"/>
</g:SeriesKey><g:Attributes><g:Value id="UNIT_MULT" value="6"/></g:Attributes>
<g:Obs><g:ObsDimension value="2021"/><g:ObsValue value="5"/>
<g:Attributes><g:Value id="OBS_STATUS" value="A"/></g:Attributes></g:Obs>
<g:Obs><g:ObsDimension value="2022"/>
<g:Attributes><g:Value id="OBS_STATUS" value="Q"/></g:Attributes></g:Obs></g:Series>
</m:DataSet></m:GenericData>"""
OLDER = """<m:GenericData xmlns:m="message" xmlns:g="generic"><m:DataSet>
<g:Series><g:SeriesKey><g:Value concept="REF_AREA" value="E08000025"/></g:SeriesKey>
<g:Obs><g:Time>2021</g:Time><g:ObsValue value="5"/>
<g:Attributes><g:Value concept="OBS_STATUS" value="A"/></g:Attributes></g:Obs>
<g:Obs><g:Time>2022</g:Time>
<g:Attributes><g:Value concept="OBS_STATUS" value="Q"/></g:Attributes></g:Obs></g:Series>
</m:DataSet></m:GenericData>"""
FLAT = """<m:GenericData xmlns:m="message" xmlns:g="generic"><m:DataSet>
<g:Obs><g:ObsKey><g:Value id="REF_AREA" value="E08000025"/><g:Value id="TIME_PERIOD" value="2021"/>
</g:ObsKey><g:ObsValue value="5"/><g:Attributes><g:Value id="OBS_STATUS" value="A"/></g:Attributes>
</g:Obs><g:Obs><g:ObsKey><g:Value id="REF_AREA" value="E08000025"/>
<g:Value id="TIME_PERIOD" value="2022"/></g:ObsKey>
<g:Attributes><g:Value id="OBS_STATUS" value="Q"/></g:Attributes></g:Obs>
</m:DataSet></m:GenericData>"""
SPECIFIC = """<m:StructureSpecificData xmlns:m="message"><m:DataSet>
<Series REF_AREA="E08000025"><Obs TIME_PERIOD="2021" OBS_VALUE="5" OBS_STATUS="A"/>
<Obs TIME_PERIOD="2022" OBS_STATUS="Q"/></Series></m:DataSet></m:StructureSpecificData>"""


@pytest.mark.parametrize("content", [GENERIC, OLDER, FLAT, SPECIFIC])
def test_every_kind_gives_the_same_observations(tmp_path: Path, content: str) -> None:
    (tmp_path / "data.xml").write_text(content, encoding="utf-8")

    reading = read(tmp_path, TEXT)

    assert [
        (one["row"], one["place"], one["period"], one["value"], one["status"])
        for one in rows_of(reading)
    ] == [
        (1, "E08000025", "2021", "5", "published"),
        (2, "E08000025", "2022", None, "suppressed"),
    ]
    assert faults_of(reading) == ()


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "data.xml.gz").write_bytes(gzip.compress(SPECIFIC.encode()))

    assert len(rows_of(read(tmp_path, TEXT))) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SPECIFIC[:120], r"data\.xml cannot be read as XML"),
        ("", r"data\.xml cannot be read as XML"),
        ("<m:Error xmlns:m='message'>No results</m:Error>", r"holds no observations with values"),
        (SPECIFIC.replace("REF_AREA", "AREA"), r"row 0: .*Wanted also 'REF_AREA'"),
        (
            '<!DOCTYPE a [<!ENTITY b "bbbb">]>' + SPECIFIC,
            r"defines words of its own before its data",
        ),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "data.xml").write_text(content, encoding="utf-8")

    with pytest.raises(UnreadableSource, match=words):
        read(tmp_path, TEXT)
