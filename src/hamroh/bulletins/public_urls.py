"""Addresses of bulletins that anybody may open, and of readers who want them."""

from django.urls import path

from hamroh.bulletins.views import public

app_name = "bulletins-public"
urlpatterns = [
    path("", public.issues, name="issues"),
    path("feed.atom", public.feed, name="feed"),
    path("readers/", public.ask, name="ask"),
    path("readers/asked/", public.asked, name="asked"),
    path("readers/yes/", public.confirm, name="confirm"),
    path("readers/leave/", public.leave, name="leave"),
    path("<slug:code>/", public.issue, name="issue"),
    path("<slug:code>/bulletin.pdf", public.paper, name="paper"),
]
