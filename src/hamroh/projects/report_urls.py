"""Addresses of reports to donors."""

from django.urls import path

from hamroh.projects.views import reports

app_name = "project-reports"
urlpatterns = [
    path("", reports.reports, name="list"),
    path("new/<slug:project>/", reports.new, name="new"),
    path("<slug:code>/<int:version>/", reports.report, name="report"),
    path("<slug:code>/<int:version>/change/", reports.change, name="change"),
    path("<slug:code>/<int:version>/write/<slug:section>/", reports.write, name="write"),
    path("<slug:code>/<int:version>/contents/", reports.contents, name="contents"),
    path("<slug:code>/<int:version>/step/", reports.step, name="step"),
    path("<slug:code>/<int:version>/send-back/", reports.send_back, name="send-back"),
    path("<slug:code>/<int:version>/give/", reports.give, name="give"),
    path("<slug:code>/<int:version>/give/<uuid:grant>/take-back/", reports.take_back, name="take-back"),
    path("<slug:code>/<int:version>/<slug:lang>/report.pdf", reports.file, {"form": "pdf"}, name="pdf"),
    path("<slug:code>/<int:version>/<slug:lang>/report.docx", reports.file, {"form": "docx"}, name="docx"),
]
