"""Charts drawn as SVG at build time: text is text, and each has a title and a description."""

from placedex.publish.charts.bars import Bar, draw_bars
from placedex.publish.charts.dots import DotRow, draw_dots
from placedex.publish.charts.hexmap import HexMap, draw_hexmap
from placedex.publish.charts.history import draw_history
from placedex.publish.charts.intervals import IntervalRow, draw_intervals
from placedex.publish.charts.network import draw_network, network_rows
from placedex.publish.charts.strip import Mark, draw_strip
from placedex.publish.charts.svg import Words
from placedex.publish.charts.target import Course, course_rows, draw_target, shown
from placedex.publish.charts.target_course import course_of

__all__ = [
    "Bar",
    "Course",
    "DotRow",
    "HexMap",
    "IntervalRow",
    "Mark",
    "Words",
    "course_of",
    "course_rows",
    "draw_bars",
    "draw_dots",
    "draw_hexmap",
    "draw_history",
    "draw_intervals",
    "draw_network",
    "draw_strip",
    "draw_target",
    "network_rows",
    "shown",
]
