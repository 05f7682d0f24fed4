"""`placedex claims`: what documents state, read, scored and held against data."""

from cyclopts import App

from placedex.cli.claims_review import review

claims = App(
    name="claims",
    help="Read the figures that documents state.",
    help_format="plaintext",
)
for verb in (review,):
    claims.command(verb)
