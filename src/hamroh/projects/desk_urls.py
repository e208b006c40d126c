"""Addresses of the desk of projects: register, results, activities, campaigns."""

from django.urls import path

from hamroh.projects.views import projects, results, work

app_name = "projects"
urlpatterns = [
    path("", projects.listed, name="list"),
    path("new/", projects.new, name="new"),
    path("network/", projects.network, name="network"),
    path("network/<slug:code>/", projects.network_project, name="network-project"),
    path("days/", work.days, name="days"),
    path("days/days.ics", work.days_file, name="days-file"),
    path("work/<slug:what>/", work.listed, name="work"),
    path("work/<slug:what>/new/", work.new, name="new-work"),
    path("work/<slug:what>/<slug:code>/", work.one, name="work-row"),
    path("work/<slug:what>/<slug:code>/change/", work.change, name="change-work"),
    path("work/<slug:what>/<slug:code>/move/", work.move, name="move-work"),
    path("work/<slug:what>/<slug:code>/note/<slug:beside>/", work.note, name="note-work"),
    path("work/<slug:what>/<slug:code>/take-back/<slug:beside>/<uuid:pk>/", work.take_back, name="take-back-work"),
    path("<slug:code>/", projects.project, name="project"),
    path("<slug:code>/change/", projects.change, name="change"),
    path("<slug:code>/note/<slug:what>/", projects.note, name="note"),
    path("<slug:code>/part/<slug:what>/<uuid:pk>/", projects.correct, name="correct"),
    path("<slug:code>/take-back/<slug:what>/<uuid:pk>/", projects.take_back, name="take-back"),
    path("<slug:code>/results/", results.results, name="results"),
    path("<slug:code>/results/fill/", results.fill, name="fill"),
    path("<slug:code>/results/<uuid:indicator>/periods/", results.periods, name="periods"),
    path("<slug:code>/periods/<uuid:period>/", results.period, name="period"),
    path("<slug:code>/periods/<uuid:period>/change/", results.change_period, name="change-period"),
    path("<slug:code>/periods/<uuid:period>/drop/", results.drop_period, name="drop-period"),
    path("<slug:code>/periods/<uuid:period>/figure/<slug:kind>/", results.figure, name="figure"),
    path("<slug:code>/figures/<uuid:actual>/approve/", results.approve, name="approve"),
    path("<slug:code>/figures/<uuid:actual>/withdraw/", results.withdraw, name="withdraw"),
]
