"""Addresses of training that anybody may open: rounds that are announced, sign-up, certificates."""

from django.urls import path

from hamroh.training.views import calendars, public

app_name = "training-public"
urlpatterns = [
    path("", public.rounds, name="rounds"),
    path("verify/", public.verify, name="verify"),
    path("own.ics", calendars.feed, name="own-feed"),
    path("courses/<slug:course>.ics", calendars.course_feed, name="course-feed"),
    path("meetings/<slug:code>/", public.gathering, name="gathering"),
    path("<slug:code>/", public.one, name="round"),
    path("<slug:code>/sign-up/", public.sign_up, name="sign-up"),
    path("<slug:code>/sent/", public.sent, name="sent"),
]
