"""Addresses of the work on a case, of advice without a case, and of the team's screens."""

from django.urls import path

from hamroh.cases.views import days, reading, team, working

#: these carry no case's code
FIRST = [
    path("team/", team.team, name="team"),
    path("team/deadlines/", team.deadlines, name="deadlines"),
    path("assign/", team.assign, name="assign"),
    path("filters/", team.keep_filter, name="keep-filter"),
    path("filters/<uuid:kept>/forget/", team.forget_filter, name="forget-filter"),
    path("days/", days.days, name="days"),
    path("days/new/", days.new_day, name="new-day"),
    path("days/<uuid:day>/", days.day, name="day"),
    path("advice/", days.advice, name="advice"),
    path("advice/new/", days.new_advice, name="new-advice"),
]
OF_A_CASE = [
    path("<slug:code>/move/<slug:to>/", working.move, name="move"),
    path("<slug:code>/district/", working.place, name="place"),
    path("<slug:code>/needs/new/", working.new_need, name="new-need"),
    path("<slug:code>/needs/<uuid:need>/", working.plan_need, name="plan-need"),
    path("<slug:code>/needs/<uuid:need>/outcome/", working.settle_need, name="settle-need"),
    path("<slug:code>/help/new/", working.give_service, name="give-service"),
    path("<slug:code>/met/new/", working.new_encounter, name="new-encounter"),
    path("<slug:code>/notes/new/", working.new_note, name="new-note"),
    path("<slug:code>/notes/children/", working.children, name="notes-on-children"),
    path("<slug:code>/notes/<uuid:note>/", working.note, name="note"),
    path("<slug:code>/tasks/new/", working.hand_task, name="hand-task"),
    path("<slug:code>/story/", reading.story_of, name="story"),
    path("<slug:code>/print/", reading.print_of, name="print"),
]
urlpatterns = [*FIRST, *OF_A_CASE]
