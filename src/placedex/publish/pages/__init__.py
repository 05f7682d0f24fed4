"""The pages of a site: one file for each kind of page."""

from placedex.publish.pages.about import about_pages
from placedex.publish.pages.audit import audit_pages, is_audited
from placedex.publish.pages.change import change_page
from placedex.publish.pages.data import data_page
from placedex.publish.pages.home import home_page
from placedex.publish.pages.indicator import indicator_page, indicators_page
from placedex.publish.pages.method import method_page
from placedex.publish.pages.page import Page
from placedex.publish.pages.place import place_page
from placedex.publish.pages.places import places_page
from placedex.publish.pages.quality import quality_page
from placedex.publish.pages.record import record_pages
from placedex.publish.pages.sources import sources_page
from placedex.publish.pages.uncertainty import is_drawn, uncertainty_pages

__all__ = [
    "Page",
    "about_pages",
    "audit_pages",
    "change_page",
    "data_page",
    "home_page",
    "indicator_page",
    "indicators_page",
    "is_audited",
    "is_drawn",
    "method_page",
    "place_page",
    "places_page",
    "quality_page",
    "record_pages",
    "sources_page",
    "uncertainty_pages",
]
