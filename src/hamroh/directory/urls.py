"""Addresses of the public directory, under the language."""

from django.urls import path

from hamroh.directory.views import public

app_name = "directory"
urlpatterns = [
    path("", public.home, name="home"),
    path("list/", public.listing, name="list"),
    path("institutions/", public.institutions, name="institutions"),
    path("thanks/", public.thanks, name="thanks"),
    path("s/<slug:code>/", public.service, name="service"),
    path("s/<slug:code>/wrong/", public.report_service, name="report-service"),
    path("<slug:code>/", public.party, name="party"),
    path("<slug:code>/wrong/", public.report_party, name="report-party"),
]
