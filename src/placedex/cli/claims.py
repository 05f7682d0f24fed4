"""`placedex claims`: what documents state, read, scored, reviewed and held against data."""

from cyclopts import App

from placedex.cli.claims_check import check
from placedex.cli.claims_extract import extract
from placedex.cli.claims_review import review
from placedex.cli.claims_score import score

claims = App(
    name="claims",
    help="Read the figures that documents state, and hold them against what was published.",
    help_format="plaintext",
)
for verb in (extract, check, review, score):
    claims.command(verb)
