"""Bytes as text: which encoding a file is in, told by rule and never by a guess."""

import codecs
import re

from placedex.errors import UnreadableDocument

# The longest first, since UTF-32 begins like UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WINDOWS = "cp1252"
# A character of several bytes as UTF-8 writes it.
_IN_UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# So do other encodings look when they are taken for Windows's: don’t of a Macintosh is donÕt.
_ODD = re.compile("[a-zà-ÿ][À-ÖØ-Þ]|[\x80-\x9f]")
MOST_BEYOND_ASCII = 0.1


def decode(content: bytes, *, file: str, declared: str = "") -> str:
    """The text of a file, every character as it was written.

    The rule: a byte-order mark is believed and taken off; then what the file declares; then UTF-8
    if every byte fits it; then Windows-1252, of which Latin-1 is a part, if there is no zero byte,
    no character that is written in UTF-8, at most a tenth of the bytes beyond ASCII, and no
    accented capital in the middle of a word.

    Errors: UnreadableDocument if none of them fits; nothing is ever replaced.
    """
    text = _decode(content, file=file, declared=declared)
    if "\0" in text:
        raise UnreadableDocument(
            f"{file} has a zero at character {text.index(chr(0)):,}",
            "a text in UTF-8, or in UTF-16 with its byte-order mark",
            "Save it as UTF-8, or give the file the suffix of what it is.",
        )
    return text


def _decode(content: bytes, *, file: str, declared: str) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _as(content[len(mark) :], encoding, file=file)
    if declared:
        return _as(content, _known(declared, file), file=file)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        return _windows(content, wrong=error.start, file=file)


def _as(content: bytes, encoding: str, *, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"{file} says that it is in {encoding.upper()} and is not, at byte {error.start:,}",
            f"a text that is in {encoding.upper()} throughout",
            "Open it in the program that wrote it and save it as UTF-8.",
        ) from None


def _known(declared: str, file: str) -> str:
    try:
        name = codecs.lookup(declared).name
        # Browsers read these as Windows-1252, and so do those who write them.
        name = WINDOWS if name in {"iso8859-1", "ascii"} else name
        b"".decode(name)
    except LookupError:
        raise UnreadableDocument(
            f"{file} says that it is in '{declared}', which is no encoding known here",
            "a text in UTF-8",
            "Save it as UTF-8.",
        ) from None
    return name


def _windows(content: bytes, *, wrong: int, file: str) -> str:
    """The text as Windows-1252, if nothing speaks against it."""
    try:
        text = content.decode(WINDOWS)
    except UnicodeDecodeError as error:
        wrong, why = error.start, "nor Windows-1252"
    else:
        if _IN_UTF8.search(content):
            why = "though other characters of it are: it is damaged, or two files in one"
        elif len(_BEYOND_ASCII.findall(content)) > MOST_BEYOND_ASCII * len(content):
            why = "and too much of it is beyond ASCII for English in Windows-1252"
        elif _ODD.search(text):
            why = "and in Windows-1252 it would have accented capitals within words"
        else:
            return text
    raise UnreadableDocument(
        f"{file} is not UTF-8 (byte {wrong:,} is {content[wrong]:02x}), {why}",
        "a text in UTF-8, in UTF-16 with its byte-order mark, or in Windows-1252",
        "Open it in the program that wrote it and save it as UTF-8.",
    )
