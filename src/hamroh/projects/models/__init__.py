"""Projects with their partners, places and money; results; activities and campaigns; risks and lessons."""

from hamroh.projects.models.activities import (
    Activity,
    Campaign,
    CampaignMaterial,
    CampaignReach,
    Channel,
    HowKnown,
    MaterialKind,
    Reach,
)
from hamroh.projects.models.learning import Lesson, Risk
from hamroh.projects.models.origins import Origin
from hamroh.projects.models.projects import (
    Budget,
    DayKind,
    Flow,
    Kind,
    OfProject,
    PaperKind,
    PartyRole,
    Project,
    ProjectDay,
    ProjectPaper,
    ProjectParty,
    ProjectPlace,
    ProjectSector,
    Scope,
    Transaction,
    Visible,
    Written,
)
from hamroh.projects.models.reports import DonorReport, FrozenReport
from hamroh.projects.models.results import (
    Actual,
    Aggregation,
    Direction,
    Indicator,
    Level,
    Measure,
    Period,
    Result,
    SourceKind,
    Target,
)

__all__ = [
    "Activity", "Actual", "Aggregation", "Budget", "Campaign", "CampaignMaterial", "CampaignReach", "Channel", "DayKind", "Direction", "DonorReport", "Flow", "FrozenReport",
    "HowKnown", "Indicator", "Kind", "Lesson", "Level", "MaterialKind", "Measure", "OfProject", "Origin", "PaperKind", "PartyRole", "Period", "Project",
    "ProjectDay", "ProjectPaper", "ProjectParty", "ProjectPlace", "ProjectSector", "Reach", "Result", "Risk", "Scope", "SourceKind", "Target",
    "Transaction", "Visible", "Written",
]  # fmt: skip
