"""What people read: a static site made from one edition."""

from placedex.publish.edition import Edition, Published, Ranked
from placedex.publish.site import write_site

__all__ = ["Edition", "Published", "Ranked", "write_site"]
