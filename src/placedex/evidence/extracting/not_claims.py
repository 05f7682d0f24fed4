"""What looks like a figure and is none: telephones, dates, names, versions, ages, addresses."""

import re
from bisect import bisect_left

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_LABELS = (
    "Figure|Fig|Table|Chart|Box|Page|Section|Chapter|Appendix|Annex|Note|Paragraph|Para|Part|Article"
    "|Schedule|Clause|Round|Wave|Stage|Step|Priority|Objective|Action|Pillar|Theme|Goal|Mission"
    "|Strand|Lot|Zone|Phase|Tier|Level|Levels|Grade|Key Stage|NVQ|Band|Category|Class|Unit|Floor"
    "|Room|Version|Channel|Windows|Recommendation|Policy|Option|Scenario|Chapter|Exhibit|Slide"
    "|Question|Issue|Volume|Vol|Edition|Junction|Platform|Terminal|Gate|Day|Web|Industry|Society"
    "|Horizon|Vision|Agenda|Area|Group|Number|Nos?|SDG|Covid|Formula|Radio|Studio|Building|Plot"
)
_FORMS = (
    # Addresses of the web and of mail, and what a link leads to.
    r"https?://\S+|www\.\S+|\b[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+/\S*|\S+@\S+|\]\([^)\n]*\)"
    r"|(?<!\w)@\w+",
    # Telephones.
    r"(?:\+\d{2}|\(0\)|\(0\d{2,5}\)|\b0\d{2,5})[\d\s()-]{6,}\d",
    r"\b\d{5} \d{6}\b",
    # Days, times of day.
    rf"\b{_DAY}(?:\s*(?:-|–|to|and)\s*{_DAY})?(?: of)?\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?",
    rf"\b{MONTH}\s+{_DAY}(?!\d)(?:,?\s+(?:19|20)\d\d)?(?!,\d)(?!\s*%)",
    rf"\b{MONTH},?\s+['’]?(?:19|20)?\d\d\b(?!,\d)",
    r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d\d){1,2}\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    r"\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|noon)(?!\w)|\b\d{1,2}:\d\d\b",
    # Years alone, in pairs, decades, financial years.
    r"\b(?:FY|AY)\s?['’]?\d{2,4}(?:[/–-]\d{2,4})?\b|['’]\d\ds?\b",
    r"(?<![£$€\d,.])(?<!than )(?<!nearly )(?<!almost )(?<!least )\b(?:19"
    r"|20)\d\ds?(?:\s?[/–‑-]\s?(?:(?:20)?\d\d))?\b(?![,.]\d)"
    r"(?!\s?(?:%|per ?cent|million|billion|bn|Mbps))",
    r"\b\d0s\b",
    # Postcodes, roads, houses.
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    r"\b\d{1,4}[A-Z]?,? (?:[A-Z][a-z’']+ ){1,3}(?:Street|Road|Avenue|Lane|Square|Place|Way|Drive"
    r"|Court|House|Row|Quay|Gardens|Terrace|Close|Hill|Crescent|Boulevard|Wharf)\b",
    # Names with digits in them, versions, labels and their numbers.
    r"\b(?!GBP|USD|EUR|US\b)(?![cC]a?\.?\d)[A-Za-z][A-Za-z]*-?\d[\w.]*(?:-\d+)?",
    # A share in a name: `100% Digital Leeds`.
    r"\b\d+%\s+[A-Z][a-z]+\s+[A-Z][a-z]+",
    r"\b[2-6]G\b|\b[348]D\b|\b[48]K\b",
    r"\b[vV]\.? ?\d+(?:\.\d+)*|\b\d+\.\d+\.\d+(?:\.\d+)*\b",
    rf"\b(?:{_LABELS})s?\.?\s+\d+(?:\.\d+)*(?:\s?(?:-|–|to|and|or|,)\s?\d+(?:\.\d+)*)*[a-z]?\b"
    r"(?![,\d])(?!\s?(?:%|per ?cent|million|billion))",
    r"\b(?:page|pages|section|sections|chapter|figure|table|paragraph|paragraphs|version|level"
    r"|tier|phase|stage|step|annex|appendix|note|footnote|line)\s+\d+(?:\.\d+)*(?:\s?[-–]\s?\d+)?\b"
    r"(?!\s?%)|\bpp?\.\s?\d+(?:\s?[-–]\s?\d+)?",
    r"\b(?:Level|Tier|Phase|Stage|Pillar|Priority|Mission|Key Stage|Number|Industry)\s+"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\b",
    # Numerals of lists and of sections, marks of notes.
    r"(?m:^[\s#*_-]*\(?\d{1,3}[.)]\s)",
    r"(?m:^[\s#*_]*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z]))",
    r"\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]|(?<=[a-z][.,;])\d{1,3}(?=\s|$)|[¹²³⁰-⁹]+",
)
# Words, whatever their case.
_SPOKEN = (
    # Ordinals, and what is only a way of speaking.
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b24/7\b|\b50[:/]50\b|\b\d+:\d+\b|\b360(?:-degree|°)|\b365 days\b|\bnine[- ]to[- ]five\b",
    r"\b(?:top|first|last|next|past|previous|final|coming|following)[\s-]+"
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b(?!\s?(?:%|,\d))"
    r"(?!\s(?:million|billion|thousand|hundred|per))",
    r"\bone (?:of|another|stop|day|hand|side|thing|or|such|place|way|in which)\b|\bone-\w+",
    r"\b(?:number|No\.?|no\.?|no|any|every|each|this|that|the|as|at|or) one\b|\bone(?:’s|'s)\b",
    r"\b(?:one|two|three|a few) or (?:two|three|four|more)\b",
    r"\b(?:two|three|four|five|six|\d)-(?:way|fold|stage|step|pronged|tier|part|dimensional"
    r"|day|star|storey|bed|bedroom|wheel|point|digit|time|lane|party|phase)\b",
    # Whom a figure is about, by age.
    r"\b(?:aged|ages?|age of|age group)\s+(?:between\s+)?\d{1,2}(?:\s?(?:-|–|to|and)\s?\d{1,2})?"
    r"(?:\+|\s+(?:and|or)\s+(?:over|under|above|older|younger|below))?",
    r"\b\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?[ -]years?[ -]olds?\b|\b(?:under|over)[- ]\d{2}s\b",
    r"\b\d{2}\s?[-–]\s?\d{2}s\b|\b\d{1,2}\s+years\s+(?:of age|old)\b",
)
_HIDDEN = (
    *(re.compile(form) for form in _FORMS),
    *(re.compile(form, re.IGNORECASE) for form in _SPOKEN),
)


class NotClaims:
    """The parts of a text whose numbers claim nothing."""

    def __init__(self, text: str) -> None:
        spans = sorted(one.span() for form in _HIDDEN for one in form.finditer(text))
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self.spans = tuple(merged)
        self._ends = [end for _, end in merged]

    def __call__(self, start: int, end: int) -> bool:
        """Whether any of the characters from start to end stands in such a part."""
        place = bisect_left(self._ends, start + 1)
        return place < len(self.spans) and self.spans[place][0] < end
