"""Addresses of public figures and profiles, under the language."""

from django.urls import include, path

from hamroh.evidence.views import comparing, figures, frozen, public

app_name = "evidence"
urlpatterns = [
    path("", public.home, name="home"),
    path("compare/", comparing.compare, name="compare"),
    path("compare/profiles/", comparing.tables, name="tables"),
    path("vintages/", comparing.vintages, name="vintages"),
    path("estimates/", figures.estimates, name="estimates"),
    path("estimates/<slug:concept>/<slug:area>/<str:period>/", figures.estimate_set, name="estimate-set"),
    path("figure/<str:code>/cite.<slug:form>", figures.citation, name="cite-figure"),
    path("figure/<str:code>/", figures.figure, name="figure"),
    path("sources/", figures.sources, name="sources"),
    path("sources/<slug:key>/", figures.source, name="source"),
    path("e/<slug:code>/frozen.json", frozen.frozen, name="frozen"),
    path("e/", include("hamroh.evidence.media_urls")),
    path("data/", include("hamroh.evidence.data_urls")),
    path("e/<slug:code>/", public.edition, name="edition"),
    path("e/<slug:code>/s/<str:section>/", public.section, name="section"),
    path("p/<slug:key>/", public.profile, name="profile"),
]
