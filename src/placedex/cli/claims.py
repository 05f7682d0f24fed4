"""`placedex claims`: what documents state, read, scored, reviewed and held against data."""

from cyclopts import App

from placedex.cli.claims_extract import extract
from placedex.cli.claims_review import review
from placedex.cli.claims_score import score

claims = App(
    name="claims",
    help="Read the figures that documents state.",
    help_format="plaintext",
)
for verb in (extract, review, score):
    claims.command(verb)
