"""Addresses under /desk/ that every room's people use."""

from django.urls import path

from hamroh.accounts.views import access, day, looking, notices

app_name = "day"
urlpatterns = [
    path("tasks/new/", day.new_task, name="new-task"),
    path("tasks/<uuid:task>/", day.task, name="task"),
    path("tasks/<uuid:task>/done/", day.finish_task, name="finish-task"),
    path("tasks/<uuid:task>/again/", day.reopen_task, name="reopen-task"),
    path("organisation/", day.work_for, name="work-for"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read-notices"),
    path("looked/", looking.looked, name="looked"),
    path("looked/counted/", looking.counted, name="counted"),
    path("emergency/", access.emergency, name="emergency"),
    path("emergency/review/", access.reviews, name="reviews"),
    path("emergency/review/<uuid:glass>/", access.review, name="review"),
]
