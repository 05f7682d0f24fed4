"""Turn words into citations: where in a document they stand, written into the files of a ledger.

Run it from the project's folder: python -m tools.cite_words LEDGER DOCUMENTS

In a ledger one writes 'document:CODE~some words of it', in quotation marks, or 'document:CODE~first
words ... last words'. The tool puts document:CODE@START-END in its place. DOCUMENTS is a folder
with documents.yaml; the files themselves may lie there or in a folder named third.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from placedex.evidence import read_about, read_document

_WORDS = re.compile(
    r"(?P<quote>['\"])document:(?P<code>[a-z0-9-]+)~(?P<words>.+?)(?P=quote)(?=[\],\s])"
)
_TO = " ... "


def main(arguments: list[str]) -> None:
    """Rewrite the YAML files of a ledger in which words are cited; none if some are not found."""
    ledger, documents = Path(arguments[0]), Path(arguments[1])
    files = Path(arguments[2]) if len(arguments) > 2 else documents
    texts = {
        about.code: read_document(files / name, about=about).text
        for name, about in read_about(documents).items()
    }
    cited: dict[Path, str] = {}
    faults: list[str] = []
    for path in sorted(ledger.glob("*.yaml")):
        cited[path], wrong = cite(path.read_text(encoding="utf-8"), texts, where=path.name)
        faults += wrong
    if faults:
        raise SystemExit("\n".join(faults))
    for path, text in cited.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def cite(written: str, texts: Mapping[str, str], *, where: str) -> tuple[str, tuple[str, ...]]:
    """What was written, with characters in the place of words; and a fault for words not found."""
    faults: list[str] = []

    def found(match: re.Match[str]) -> str:
        try:
            start, end = find(match["words"], texts[match["code"]])
        except (LookupError, ValueError) as error:
            line = written.count("\n", 0, match.start()) + 1
            faults.append(f"{where}, line {line}: {match['words']!r}: {error}")
            return match[0]
        return f"document:{match['code']}@{start}-{end}"

    return _WORDS.sub(found, written), tuple(faults)


def find(words: str, text: str) -> tuple[int, int]:
    """Where words stand in a text; `first ... last` reaches from the ones to the others.

    Errors: ValueError if they are not there, or the first are there twice.
    """
    first, _, last = words.partition(_TO)
    found = list(_form(first).finditer(text))
    if len(found) != 1:
        raise ValueError(
            f"it is there {len(found)} times. Wanted it once: write more of it, or less."
        )
    start, end = found[0].span()
    if last:
        further = _form(last).search(text, end)
        if further is None:
            raise ValueError("its last words do not follow the first. Wanted them further on.")
        end = further.end()
    return start, end


def _form(words: str) -> re.Pattern[str]:
    """Words with any kind of space between them, as documents have lines and hard spaces."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


if __name__ == "__main__":
    main(sys.argv[1:])
