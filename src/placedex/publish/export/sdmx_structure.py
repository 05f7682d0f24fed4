"""The structure of dataflows as an SDMX-ML 2.1 message: concepts, code lists and components."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from placedex.publish.export.sdmx_codes import CodeList

AGENCY, VERSION = "PLACEDEX", "1.0"
_SCHEMES = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_MODEL = "urn:sdmx:org.sdmx.infomodel"
# A message must say when it was prepared. A fixed day lets the same figures give the same bytes.
_PREPARED = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Component:
    """A column of a dataflow: a dimension, time, measure, or attribute, needed or not.

    It has a code list, or else the SDMX type of its text.
    """

    id: str
    name: str
    role: str
    codes: CodeList | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure of one dataflow, which bears the same id."""

    id: str
    name: str
    components: tuple[Component, ...]


def structure_message(structures: tuple[Structure, ...]) -> str:
    """The message that describes some dataflows with all their code lists."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<mes:Structure xmlns:mes="{_SCHEMES}/message" xmlns:str="{_SCHEMES}/structure" '
        f'xmlns:com="{_SCHEMES}/common">',
        f"<mes:Header><mes:ID>{AGENCY}</mes:ID><mes:Test>false</mes:Test>"
        f'<mes:Prepared>{_PREPARED}</mes:Prepared><mes:Sender id="{AGENCY}"/></mes:Header>',
        "<mes:Structures>",
        "<str:Dataflows>",
        *(line for one in structures for line in _dataflow(one)),
        "</str:Dataflows>",
        "<str:Codelists>",
        *(line for one in _code_lists(structures) for line in _code_list(one)),
        "</str:Codelists>",
        "<str:Concepts>",
        *_concepts(structures),
        "</str:Concepts>",
        "<str:DataStructures>",
        *(line for one in structures for line in _data_structure(one)),
        "</str:DataStructures>",
        "</mes:Structures>",
        "</mes:Structure>",
    ]
    return "\n".join(lines) + "\n"


def _code_lists(structures: tuple[Structure, ...]) -> list[CodeList]:
    """Each code list once, with every code that one of the structures has."""
    found: dict[str, CodeList] = {}
    for structure in structures:
        for component in structure.components:
            codes = component.codes
            if codes is None:
                continue
            before = found.get(codes.id)
            listed = {one.id: one for one in (*(before.codes if before else ()), *codes.codes)}
            found[codes.id] = CodeList(
                codes.id, codes.name, tuple(listed.values()), codes.agency, codes.version
            )
    return list(found.values())


def _named(name: str) -> str:
    return f'<com:Name xml:lang="en">{escape(name)}</com:Name>'


def _reference(id_: str, agency: str, version: str, *, of: str) -> str:
    package, _, kind = of.partition(".")
    return (
        f'<Ref id="{id_}" version="{version}" agencyID="{agency}" package="{package}" '
        f'class="{kind}"/>'
    )


def _maintained(tag: str, id_: str, *, agency: str, version: str, of: str) -> str:
    return (
        f'<str:{tag} id="{id_}" agencyID="{agency}" version="{version}" '
        f'urn="{_MODEL}.{of}={agency}:{id_}({version})">'
    )


def _dataflow(structure: Structure) -> Iterator[str]:
    yield _maintained("Dataflow", structure.id, agency=AGENCY, version=VERSION,
                      of="datastructure.Dataflow")  # fmt: skip
    yield _named(structure.name)
    reference = _reference(structure.id, AGENCY, VERSION, of="datastructure.DataStructure")
    yield f"<str:Structure>{reference}</str:Structure></str:Dataflow>"


def _code_list(codes: CodeList) -> Iterator[str]:
    yield _maintained("Codelist", codes.id, agency=codes.agency, version=codes.version,
                      of="codelist.Codelist")  # fmt: skip
    yield _named(codes.name)
    for one in codes.codes:
        about = one.about if one.word == one.id else "; ".join(filter(None, (one.word, one.about)))
        described = (
            f'<com:Description xml:lang="en">{escape(about)}</com:Description>' if about else ""
        )
        yield f"<str:Code id={quoteattr(one.id)}>{_named(one.name)}{described}</str:Code>"
    yield "</str:Codelist>"


def _concepts(structures: tuple[Structure, ...]) -> Iterator[str]:
    yield _maintained("ConceptScheme", "CONCEPTS", agency=AGENCY, version=VERSION,
                      of="conceptscheme.ConceptScheme")  # fmt: skip
    yield _named("Concepts")
    names = {one.id: one.name for structure in structures for one in structure.components}
    for id_, name in sorted(names.items()):
        yield f'<str:Concept id="{id_}">{_named(name)}</str:Concept>'
    yield "</str:ConceptScheme>"


def _data_structure(structure: Structure) -> Iterator[str]:
    of = structure.components
    yield _maintained("DataStructure", structure.id, agency=AGENCY, version=VERSION,
                      of="datastructure.DataStructure")  # fmt: skip
    yield _named(structure.name)
    yield '<str:DataStructureComponents><str:DimensionList id="DimensionDescriptor">'
    for number, one in enumerate((one for one in of if one.role in {"dimension", "time"}), start=1):
        tag = "TimeDimension" if one.role == "time" else "Dimension"
        yield f'<str:{tag} id="{one.id}" position="{number}">{_content(one)}</str:{tag}>'
    yield '</str:DimensionList><str:AttributeList id="AttributeDescriptor">'
    for one in of:
        if one.role in {"attribute", "needed"}:
            status = "Mandatory" if one.role == "needed" else "Conditional"
            yield (
                f'<str:Attribute id="{one.id}" assignmentStatus="{status}">{_content(one)}'
                '<str:AttributeRelationship><str:PrimaryMeasure><Ref id="OBS_VALUE"/>'
                "</str:PrimaryMeasure></str:AttributeRelationship></str:Attribute>"
            )
    yield '</str:AttributeList><str:MeasureList id="MeasureDescriptor">'
    for one in of:
        if one.role == "measure":
            yield f'<str:PrimaryMeasure id="{one.id}">{_content(one)}</str:PrimaryMeasure>'
    yield "</str:MeasureList></str:DataStructureComponents></str:DataStructure>"


def _content(component: Component) -> str:
    """The concept of a component, and how it is written."""
    identity = (
        f'<str:ConceptIdentity><Ref id="{component.id}" maintainableParentID="CONCEPTS" '
        f'maintainableParentVersion="{VERSION}" agencyID="{AGENCY}" package="conceptscheme" '
        'class="Concept"/></str:ConceptIdentity>'
    )
    codes = component.codes
    if codes is not None:
        reference = _reference(codes.id, codes.agency, codes.version, of="codelist.Codelist")
        written = f"<str:Enumeration>{reference}</str:Enumeration>"
    else:
        written = f'<str:TextFormat textType="{component.text or "ObservationalTimePeriod"}"/>'
    return f"{identity}<str:LocalRepresentation>{written}</str:LocalRepresentation>"
