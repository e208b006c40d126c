"""Reads on emergencies."""

from hamroh.emergencies.selectors.alerts import alert_of, alerts, current_alerts, issued_of, lately_issued
from hamroh.emergencies.selectors.damage import SourceSays, cards, household_figures, household_of, households, sources
from hamroh.emergencies.selectors.events import area_names, event_of, events, incident_of, incidents, log, severities
from hamroh.emergencies.selectors.reports import report_of, reports
from hamroh.emergencies.selectors.work import Hand, needs, on_duty, people_who_help, shifts, task_of, tasks

__all__ = [
    "Hand", "SourceSays", "alert_of", "alerts", "area_names", "cards", "current_alerts", "event_of", "events", "household_figures", "household_of",
    "households", "incident_of", "incidents", "issued_of", "lately_issued", "log", "needs", "on_duty", "people_who_help", "report_of",
    "reports", "severities", "shifts", "sources", "task_of", "tasks",
]  # fmt: skip
