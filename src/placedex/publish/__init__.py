"""What people read: a static site made from one edition."""

from placedex.publish.audit_parts import Audited
from placedex.publish.edition import Edition, Published, Ranked
from placedex.publish.printed_audit import audit_report
from placedex.publish.site import write_site

__all__ = ["Audited", "Edition", "Published", "Ranked", "audit_report", "write_site"]
