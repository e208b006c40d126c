"""What the register reads: projects for the desk and for anybody, their parts, results, activities, sources of figures."""

from hamroh.projects.selectors.activities import (
    activities,
    campaigns,
    lessons,
    reach_said,
    record_of,
)
from hamroh.projects.selectors.calendars import calendar, days_ahead
from hamroh.projects.selectors.documents import project_documents, search_documents
from hamroh.projects.selectors.projects import (
    Beside,
    Wish,
    beside,
    colleagues,
    network_project,
    part_of,
    project_of,
    projects,
    seen,
    shared_with_network,
    status_of,
)
from hamroh.projects.selectors.public import Told, public_project, public_projects, visible_publicly
from hamroh.projects.selectors.results import Framework, framework, period_of, to_approve
from hamroh.projects.selectors.sources import choices_of, value_from

__all__ = [
    "Beside", "Framework", "Told", "Wish", "activities", "beside", "calendar", "campaigns", "choices_of", "colleagues", "days_ahead",
    "framework", "lessons", "network_project", "part_of", "period_of", "project_documents", "project_of", "projects", "public_project",
    "public_projects", "reach_said", "record_of", "search_documents", "seen", "shared_with_network", "status_of", "to_approve",
    "value_from", "visible_publicly",
]  # fmt: skip
