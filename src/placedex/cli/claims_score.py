"""`placedex claims score`: how the claims that are read agree with marked ones."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from placedex.cli.printed import Sheet, put

if TYPE_CHECKING:
    from placedex.evidence.score import Share

COLUMNS = {"part": False, "right": True, "precision": True, "recall": True, "F1": True}


def score(
    *,
    gold: Annotated[list[Path], Parameter(name="--gold")],
    documents: Annotated[Path, Parameter(name="--documents")],
    place: Annotated[str | None, Parameter(name="--place")] = None,
) -> None:
    """Print precision, recall and F1 of the claims read from DOCUMENTS, for each file of GOLD.

    Parameters
    ----------
    gold
        A file of marked claims, one JSON object on each line; may be given several times.
    documents
        The folder of the files that the marked claims name.
    place
        The code or the name of the place that the documents mean by "the region".
    """
    from placedex.evidence import Gazetteer, extract, read_document, read_marked, to_jsonl_record
    from placedex.evidence.score import marked_of
    from placedex.evidence.score import score as scored
    from placedex.places import bundled_register

    register = bundled_register()
    gazetteer = Gazetteer.of(register)
    sheet = Sheet()
    for path in gold:
        theirs = read_marked(path, register)
        ours = []
        for name in dict.fromkeys(one.document for one in theirs):
            read = read_document(_file(documents, name, path))
            if place is not None:
                read = replace(read, place=register.find(place).code)
            claims = extract(read, gazetteer)
            ours += [marked_of(to_jsonl_record(claim, read)) for claim in claims]
        title = f"{path.name}: {len(theirs)} marked, {len(ours)} read"
        rows = scored(ours, theirs).rows()
        sheet.table(title, COLUMNS, ((name, *_cells(share)) for name, share in rows))
    put(sheet.text(), None)


def _file(documents: Path, name: str, gold: Path) -> Path:
    """The file of a document that marked claims name; BadUsage if it is not there."""
    from placedex.errors import BadUsage

    if not (documents / name).is_file():
        raise BadUsage(
            f"{documents} has no file {name}, which {gold} names. Wanted every document of the "
            "marked claims there. Give their folder with --documents."
        )
    return documents / name


def _cells(share: "Share") -> tuple[str, ...]:
    return (str(share.right), *(f"{x:.3f}" for x in (share.precision, share.recall, share.f1)))
