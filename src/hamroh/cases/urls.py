"""Addresses under /desk/cases/."""

from django.urls import path

from hamroh.cases import (
    urls_alimony,
    urls_evidence,
    urls_exports,
    urls_incidents,
    urls_letters,
    urls_matters,
    urls_mediation,
    urls_people,
    urls_referrals,
    urls_safety,
    urls_support,
    urls_trafficking,
    urls_work,
)
from hamroh.cases.views import files

app_name = "cases"
urlpatterns = [
    path("", files.cases, name="list"),
    *urls_safety.urlpatterns,
    *urls_work.urlpatterns,
    *urls_exports.urlpatterns,
    *urls_evidence.urlpatterns,
    *urls_letters.urlpatterns,
    *urls_matters.urlpatterns,
    *urls_alimony.urlpatterns,
    *urls_people.urlpatterns,
    *urls_referrals.urlpatterns,
    *urls_mediation.urlpatterns,
    *urls_trafficking.urlpatterns,
    *urls_incidents.urlpatterns,
    *urls_support.urlpatterns,
    path("<slug:code>/", files.case, name="case"),
]
