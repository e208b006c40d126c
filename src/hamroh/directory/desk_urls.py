"""Addresses under /desk/directory/."""

from django.urls import path, re_path

from hamroh.directory.views import desk, imports

app_name = "directory-desk"
OF = r"(?P<of>party|service)"
CODE = r"(?P<code>[0-9a-z]{8})"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("import/", imports.upload, name="import"),
    path("import/template.xlsx", imports.template, name="import-template"),
    re_path(r"^import/(?P<token>[0-9a-f]{32})/$", imports.fate, name="import-fate"),
    path("new/", desk.new_party, name="new-party"),
    path("reports/<uuid:report>/", desk.step_report, name="step-report"),
    path("routes/<slug:key>/", desk.verify_route, name="verify-route"),
    re_path(rf"^{OF}/$", desk.entries, name="entries"),
    re_path(rf"^{OF}/{CODE}/$", desk.entry, name="entry"),
    re_path(rf"^party/{CODE}/edit/$", desk.edit_party, name="edit-party"),
    re_path(rf"^party/{CODE}/service/$", desk.new_service, name="new-service"),
    re_path(rf"^party/{CODE}/ours/$", desk.stand_for, name="stand-for"),
    re_path(rf"^party/{CODE}/consent/$", desk.add_consent, name="add-consent"),
    re_path(rf"^party/{CODE}/consent/(?P<consent>[0-9a-f-]{{36}})/$", desk.end_consent, name="end-consent"),
    re_path(rf"^service/{CODE}/edit/$", desk.edit_service, name="edit-service"),
    re_path(rf"^{OF}/{CODE}/verify/$", desk.verify, name="verify"),
    re_path(rf"^{OF}/{CODE}/move/$", desk.move, name="move"),
]
