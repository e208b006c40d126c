"""Addresses of figures as files; they stand in the room's own, under the language."""

from django.urls import path

from hamroh.evidence.views import data

urlpatterns = [
    path("", data.home, name="data"),
    path("edition/<slug:code>/", data.edition_forms, name="data-of-edition"),
    path("concept/<slug:key>/", data.concept_forms, name="data-of-concept"),
    path("country/<slug:code>/", data.country_forms, name="data-of-country"),
    path("edition/<slug:code>/<slug:form>/", data.edition, name="data-edition"),
    path("edition/<slug:code>/<slug:table>/<slug:form>/", data.edition, name="data-table"),
    path("concept/<slug:key>/<slug:form>/", data.concept, name="data-concept"),
    path("country/<slug:code>/<slug:form>/", data.country, name="data-country"),
]
