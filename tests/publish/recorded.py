"""A small record by hand: two documents, four claims, a conflict, and a ledger of every kind."""

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from placedex.evidence import Claim, Modality, PlaceNamed, Span
from placedex.ledger import (
    Cites,
    Event,
    Ledger,
    Money,
    Organisation,
    Output,
    Partnership,
    Point,
    Programme,
    Site,
    SupportOffer,
    Target,
    TargetMeasure,
    parse_citation,
)
from placedex.publish.evidence_rows import (
    ClaimRow,
    ConflictRow,
    DocumentRow,
    FindingRow,
    HeldRow,
    Kind,
    PassageRow,
    VerdictRow,
)
from placedex.publish.ledger_rows import (
    AccountRow,
    BlockRow,
    BridgeRow,
    CommunityRow,
    MoneyLine,
    MoneyRow,
    NetworkRow,
    ProgressRow,
    TieRow,
)
from placedex.publish.record import Record
from tests.publish.conftest import HOME, HOSTILE

ASHBY = "E08000001"
PLAN, PLAIN = "plan", "note"


def cites(*texts: str) -> Cites:
    """Citations of every field."""
    return Cites({"all": tuple(parse_citation(text) for text in texts)})


def document(code: str, *, has_text: bool) -> DocumentRow:
    """A document of a day that is known."""
    return DocumentRow(
        code, f"The {code} {HOSTILE}", "Council of Ashby", "3 May 2024",
        f"https://example.org/{code}", f"{code}.txt", "a" * 64, has_text, HOME,
    )  # fmt: skip


def claim(measure: str, value: float, *, unit: str, place: PlaceNamed | None, start: int) -> Claim:
    """A claim whose figure begins at a character."""
    span = Span(start, start + 5)
    return Claim("plan.txt", span, "", span, measure, value, unit, Modality.ACTUAL, place=place,
                 period="2024")  # fmt: skip


def verdict(word: str, *held: HeldRow) -> VerdictRow:
    """A verdict with a safe sentence."""
    working = f"the working of {word} {HOSTILE}"
    return VerdictRow(
        word, (FindingRow(word, working, ("it is of another place",)),), held,
        f"What can be said of what is {word} {HOSTILE}.", "Office of Figures",
        "It is a prediction.", "Good until the next edition.",
    )  # fmt: skip


HELD = HeldRow("80%, 2024", "Office of Figures", "https://example.org/lines", "gigabit", ASHBY)
BOTH = PlaceNamed("Middle", None, (HOME, ASHBY))
CLAIMS = (
    ClaimRow(
        Kind.CLAIM, "gigabit-90",
        claim("gigabit coverage", 90, unit="percent", place=PlaceNamed("Ashby", ASHBY), start=40),
        "90%", "Ashby", f"The plan {HOSTILE}", "Council of Ashby", "3 May 2024",
        "https://example.org/plan", PLAN, 2,
        passage=PassageRow(f"In {HOSTILE} ", "90%", " have it, says [name].", 10, 80),
        verdict=verdict("confirmed", HELD),
    ),
    ClaimRow(
        Kind.CLAIM, "firms-3000",
        claim("firms", 3000, unit="companies", place=PlaceNamed("Middle Lands", HOME), start=90),
        "3,000", "Middle Lands", f"The plan {HOSTILE}", "Council of Ashby", "3 May 2024",
        "https://example.org/plan", PLAN, 3,
        verdict=verdict("conflicts with another document", replace(HELD, indicator="", place="",
                        claim=(Kind.CLAIM, "firms-2400"))),
    ),
    ClaimRow(
        Kind.CLAIM, "firms-2400",
        claim("firms", 2400, unit="companies", place=BOTH, start=7), "",
        "Middle", "The note", "Ashby Chamber", "", "", PLAIN,
    ),
    ClaimRow(
        Kind.SOURCE, "worth",
        claim("worth of firms", 15.3e9, unit="GBP", place=None, start=1), "", "",
        f"A page {HOSTILE}", "Somebody", "2023", "javascript:alert(1)", note=HOSTILE,
        verdict=verdict("unknown"),
    ),
)  # fmt: skip
CONFLICT = ConflictRow(
    "conflict", (Kind.CLAIM, "firms-3000"), (Kind.CLAIM, "firms-2400"),
    f"3,000 companies against 2,400 companies {HOSTILE}", ("the place may be another",),
)  # fmt: skip
ORGANISATIONS = {
    code: Organisation(code, f"{name} {HOSTILE}", "council", cites("document:plan@10-80"),
                       roles=("lead",), website="javascript:alert(1)", place=ASHBY)
    for code, name in (("council", "Council"), ("chamber", "Chamber"), ("college", "College"))
}  # fmt: skip
PROGRAMMES = {
    "roadmap": Programme(
        "roadmap", f"Digital Roadmap {HOSTILE}", "strategy", cites("claim:gigabit-90"),
        about=f"What it does {HOSTILE}.", stage="running", starts="2021", places=(ASHBY,),
        lead="council", partners=("college",), themes=("skills", "connectivity"),
        money=(Money("all", 15.3e9, "GBP", "announced", cites("source:worth"), payer="council",
                     bound="more than", year="2023"),
               Money("part", 1e6, "GBP", "reported", Cites({}), part_of="all")),
        outputs=(Output("lines", f"lines {HOSTILE}", "premises", 1200, "reported", Cites({})),),
    ),
    "fund": Programme("fund", "Fund", "fund", cites("observation:gigabit/E08000001/2024"),
                      stage="ended", part_of="roadmap"),
}  # fmt: skip
TARGETS = {
    "all-gigabit": Target(
        "all-gigabit", f"Gigabit for all {HOSTILE}", ASHBY, cites("claim:gigabit-90"),
        TargetMeasure("premises with gigabit", "percent", of="all"), 95, bound="at least",
        by="2030", baseline=Point(80, "2022"), promised_by="council", programme="roadmap",
    ),
    "better": Target("better", "A better place", HOME, cites("document:plan@10-80")),
}  # fmt: skip
LEDGER = Ledger(
    ORGANISATIONS,
    PROGRAMMES,
    TARGETS,
    {"both": Partnership("both", "Both", "consortium", ("council", "college"),
                         cites("document:note"), "roadmap")},
    {"lab": Site("lab", f"Lab {HOSTILE}", "laboratory", ASHBY, cites("document:plan@10-80"),
                 "college", website="https://example.org/lab")},
    {"fair": Event("fair", "Fair", "festival", cites("document:plan@10-80"), "2024", "every year",
                   ASHBY, ("chamber",), "roadmap")},
    {"help": SupportOffer("help", f"Help {HOSTILE}", "chamber", f"advice {HOSTILE}", ("advice",),
                          cites("document:plan@10-80"), "fund", ("micro", "small"), most_age=3,
                          places=(ASHBY,), ask="council")},
)  # fmt: skip
PROGRESS = {
    "all-gigabit": ProgressRow(
        "all-gigabit", "at risk", (f"it grew too slowly {HOSTILE}",), (f"Told {HOSTILE}.",),
        "2.2%", "", "1.1%", "0.5", "0.6", "gigabit", "90% in 2024",
        Markup('<svg role="img" aria-label="A course" class="target"></svg>'),
        (("2024", "figure", "90%", ""), ("2030", "target", "95%", "")),
    ),
}  # fmt: skip


def line(of: str, name: str, *, amount: float = 15.3e9) -> MoneyLine:
    """Money of one thing, all of it announced."""
    return MoneyLine(of, name, "GBP", "nominal", amount, amount, {"announced": amount},
                     ("roadmap/all",))  # fmt: skip


MONEY = MoneyRow(
    (line("total", "total"),),
    (
        AccountRow("place", (line(ASHBY, "Ashby"),), (line(ASHBY, "Ashby", amount=15e9),)),
        AccountRow("theme", (line("not shared out", HOSTILE),)),
        AccountRow("year", (line("2023", "2023"),)),
    ),
    (f"Two may be one {HOSTILE}",),
    "2022 prices",
)
NETWORK = NetworkRow(
    5, (TieRow(f"Council {HOSTILE}", "leads", "Digital Roadmap"),), (f"Thin {HOSTILE}",),
    (BridgeRow("council", "public body", 2, 0.5, 0.3, 1, 0.9),), ("Council alone links two.",),
    (CommunityRow(1, ("council", "college")),), "The same in nine of ten runs.",
    (BlockRow("Universities", "who teaches", "here",
              (("organisations", "college", "College", f"a college {HOSTILE}"),)),
     BlockRow("Capital", "who invests", "missing")),
    "Middle Lands", Markup('<svg role="img" aria-label="A network" class="network"></svg>'),
)  # fmt: skip


def small_record(progress: Mapping[str, ProgressRow] = PROGRESS) -> Record:
    """All of it."""
    return Record(
        (document(PLAN, has_text=True), document(PLAIN, has_text=False)), CLAIMS, (CONFLICT,),
        LEDGER, progress, MONEY, NETWORK,
    )  # fmt: skip
