"""A ledger in YAML for tests of the commands and of the API."""

import shutil
from pathlib import Path

FILES = {
    "organisations": """\
- {code: hub, name: Growth Hub, kind: agency, cites: [source:own]}
- {code: treasury, name: HM Treasury, kind: government department, cites: [source:own]}
- {code: group, name: Group plc, kind: company, cites: [source:own]}
- {code: firm, name: Firm Ltd, kind: company, part_of: group, cites: [source:own]}
""",
    "programmes": """\
- code: fund
  name: Devices Fund
  kind: fund
  places: [E08000025, E08000030]
  themes: [devices]
  cites: [source:own]
  money:
    - {code: said, amount: 1000000, currency: GBP, state: announced, payer: treasury, year: 2023}
    - {code: spent, amount: 900000, currency: GBP, state: reported, payer: treasury, year: 2023}
    - {code: walsall, amount: 300000, currency: GBP, state: reported, part_of: said,
       place: E08000030, year: 2023}
  outputs:
    - {code: hoped, measure: devices given, unit: devices, value: 4000, state: expected}
    - {code: told, measure: devices given, unit: devices, value: 3000, state: reported}
""",
    "support": """\
- code: testbed
  name: Try it at the testbed
  by: hub
  gives: A place to try a product
  needs: [testbed]
  sizes: [micro, small]
  places: [E47000007]
  closes: 2026-03-31
  website: https://example.org/testbed
  cites: [source:own]
- code: abroad
  name: Sell abroad
  by: hub
  gives: Advice on exports
  needs: [export]
  cites: [source:own]
- code: past
  name: Last year's testbed
  by: hub
  gives: A place to try a product
  needs: [testbed]
  closes: 2024
  cites: [source:own]
""",
    "awards": """\
- {code: one, recipient: firm, amount: 200000, currency: GBP, day: 2024-05-01, subsidy: true,
   payer: treasury, title: First, place: E08000030, cites: [source:own]}
- {code: two, recipient: group, amount: 60000, currency: GBP, day: 2025-05-01, subsidy: true,
   payer: treasury, title: Second, place: E08000030, cites: [source:own]}
""",
}


def write_ledger(workspace: Path) -> Path:
    """Put this ledger into a workspace in place of its own."""
    shutil.rmtree(workspace / "ledger", ignore_errors=True)
    (workspace / "ledger").mkdir()
    for kind, text in FILES.items():
        (workspace / "ledger" / f"{kind}.yaml").write_text(text, encoding="utf-8")
    return workspace
