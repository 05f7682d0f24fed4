"""Who promised what, with what money, what came of it, and what is true of what is said."""

from placedex.ledger.bridges import Bridge, GroupPair
from placedex.ledger.brokerage import Brokerage, gould_fernandez
from placedex.ledger.building_blocks import (
    BLOCKS,
    BlockFound,
    BuildingBlock,
    find_building_blocks,
)
from placedex.ledger.check import Known
from placedex.ledger.cited import Citation, Cites, parse_citation
from placedex.ledger.communities import Communities, find_communities
from placedex.ledger.cost_per_output import CostPerOutput, NoCost, cost_per_output
from placedex.ledger.counted_once import Counted, Line, count_once
from placedex.ledger.deflator import Deflator, read_deflator
from placedex.ledger.effect import Effect, Question, effect
from placedex.ledger.event import Event
from placedex.ledger.expected_and_reported import StateRow, expected_and_reported
from placedex.ledger.funding import Award, Money
from placedex.ledger.grant import Grant, GrantFile, Party
from placedex.ledger.grants_360 import read_360
from placedex.ledger.grants_entries import Choice, Taken, export_360, take_grants
from placedex.ledger.grants_published import read_published
from placedex.ledger.growth import Growth, Mark, growth_between, real_rate
from placedex.ledger.ledger import Ledger
from placedex.ledger.like_for_like import Figure, Held, NoSeries, Series, like_for_like
from placedex.ledger.likeness import MayBeOne, may_be_one
from placedex.ledger.money import Account, MoneyRow, account
from placedex.ledger.network import Network, Node, Tie, make_network
from placedex.ledger.network_report import NetworkReport, report_on
from placedex.ledger.organisation import Organisation
from placedex.ledger.outlook import State
from placedex.ledger.partnership import Partnership
from placedex.ledger.pot import Doubt, Pot
from placedex.ledger.programme import Programme
from placedex.ledger.progress import Progress, progress
from placedex.ledger.read import read_ledger
from placedex.ledger.site import Site
from placedex.ledger.subsidy import SubsidyCheck, check_subsidy
from placedex.ledger.subsidy_limits import LIMITS, Limit, find_limit
from placedex.ledger.support import SupportOffer
from placedex.ledger.support_finder import Answer, Firm, find_support, make_firm
from placedex.ledger.target import Output, Point, Target, TargetMeasure

__all__ = [
    "BLOCKS",
    "LIMITS",
    "Account",
    "Answer",
    "Award",
    "BlockFound",
    "Bridge",
    "Brokerage",
    "BuildingBlock",
    "Choice",
    "Citation",
    "Cites",
    "Communities",
    "CostPerOutput",
    "Counted",
    "Deflator",
    "Doubt",
    "Effect",
    "Event",
    "Figure",
    "Firm",
    "Grant",
    "GrantFile",
    "GroupPair",
    "Growth",
    "Held",
    "Known",
    "Ledger",
    "Limit",
    "Line",
    "Mark",
    "MayBeOne",
    "Money",
    "MoneyRow",
    "Network",
    "NetworkReport",
    "NoCost",
    "NoSeries",
    "Node",
    "Organisation",
    "Output",
    "Partnership",
    "Party",
    "Point",
    "Pot",
    "Programme",
    "Progress",
    "Question",
    "Series",
    "Site",
    "State",
    "StateRow",
    "SubsidyCheck",
    "SupportOffer",
    "Taken",
    "Target",
    "TargetMeasure",
    "Tie",
    "account",
    "check_subsidy",
    "cost_per_output",
    "count_once",
    "effect",
    "expected_and_reported",
    "export_360",
    "find_building_blocks",
    "find_communities",
    "find_limit",
    "find_support",
    "gould_fernandez",
    "growth_between",
    "like_for_like",
    "make_firm",
    "make_network",
    "may_be_one",
    "parse_citation",
    "progress",
    "read_360",
    "read_deflator",
    "read_ledger",
    "read_published",
    "real_rate",
    "report_on",
    "take_grants",
]
