"""Addresses of a case's evidence."""

from django.urls import path

from hamroh.cases.views import evidence

urlpatterns = [
    path("<slug:code>/evidence/new/", evidence.take, name="take-evidence"),
    path("<slug:code>/evidence/<uuid:evidence>/", evidence.evidence, name="evidence"),
    path("<slug:code>/evidence/<uuid:evidence>/file/", evidence.evidence_file, name="evidence-file"),
    path("<slug:code>/evidence/<uuid:evidence>/check/", evidence.check_evidence, name="check-evidence"),
    path("<slug:code>/evidence/<uuid:evidence>/redact/", evidence.redact_evidence, name="redact-evidence"),
    path("<slug:code>/evidence/<uuid:evidence>/copy/", evidence.copy_evidence, name="copy-evidence"),
]
