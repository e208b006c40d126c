"""Addresses of legal matters, of the law behind them, and of one's own calendar."""

from django.urls import path

from hamroh.cases.views import calendar, deadlines, law, matters

MATTER = "<slug:code>/matters/<uuid:matter>/"
DAY = MATTER + "days/<uuid:deadline>/"
#: without a case's code: these stand before it
general = [
    path("law/", law.law, name="law"),
    path("abroad/", law.way, name="abroad"),
    path("calendar/", calendar.own, name="calendar"),
    path("calendar/revoke/", calendar.revoke, name="revoke-calendar"),
]
of_a_case = [
    path("<slug:code>/matters/new/", matters.new_matter, name="new-matter"),
    path(MATTER, matters.matter, name="matter"),
    path(MATTER + "step/<slug:step>/", matters.step, name="matter-step"),
    path(MATTER + "step/<slug:step>/back/", matters.take_step_back, name="take-step-back"),
    path(MATTER + "court/", matters.court, name="matter-court"),
    path(MATTER + "papers/", matters.papers, name="matter-papers"),
    path(MATTER + "end/", matters.end, name="end-matter"),
    path(MATTER + "reopen/", matters.reopen, name="reopen-matter"),
    path(MATTER + "abroad/", matters.dispatch, name="dispatch"),
    path(MATTER + "days/new/", deadlines.new_deadline, name="new-deadline"),
    path(MATTER + "days/own/", deadlines.new_reminder, name="new-reminder"),
    path(MATTER + "days/count/<slug:term>/", deadlines.count_term, name="count-term"),
    path(DAY, deadlines.deadline, name="deadline"),
    path(DAY + "settle/", deadlines.settle, name="settle-deadline"),
    path(MATTER + "hearings/new/", deadlines.new_hearing, name="new-hearing"),
    path(MATTER + "hearings/<uuid:hearing>/", deadlines.hearing, name="hearing"),
]
urlpatterns = [*general, *of_a_case]
