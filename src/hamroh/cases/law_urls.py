"""Addresses under /desk/law/."""

from django.urls import path

from hamroh.cases.views import lawdesk

app_name = "law"
CHANGE = "changes/<uuid:change>/"
urlpatterns = [
    path("", lawdesk.rules, name="rules"),
    path("waiting/", lawdesk.waiting, name="waiting"),
    path("days/", lawdesk.days, name="days"),
    path("days/<str:state>/<int:year>/", lawdesk.new_days, name="new-days"),
    path(CHANGE, lawdesk.change, name="change"),
    path(CHANGE + "release/", lawdesk.release, name="release"),
    path(CHANGE + "refuse/", lawdesk.refuse, name="refuse"),
    path(CHANGE + "withdraw/", lawdesk.withdraw, name="withdraw"),
    path(CHANGE + "back/", lawdesk.take_back, name="take-back"),
    path("rules/<str:rule>/", lawdesk.rule, name="rule"),
    path("rules/<str:rule>/change/", lawdesk.change_rule, name="change-rule"),
]
