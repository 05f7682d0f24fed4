"""What people read: a static site made from one edition."""

from placedex.publish.audit_parts import Audited
from placedex.publish.edition import Edition, Published, Ranked
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
from placedex.publish.printed_audit import audit_report
from placedex.publish.record import Record
from placedex.publish.site import write_site

__all__ = [
    "AccountRow",
    "Audited",
    "BlockRow",
    "BridgeRow",
    "ClaimRow",
    "CommunityRow",
    "ConflictRow",
    "DocumentRow",
    "Edition",
    "FindingRow",
    "HeldRow",
    "Kind",
    "MoneyLine",
    "MoneyRow",
    "NetworkRow",
    "PassageRow",
    "ProgressRow",
    "Published",
    "Ranked",
    "Record",
    "TieRow",
    "VerdictRow",
    "audit_report",
    "write_site",
]
