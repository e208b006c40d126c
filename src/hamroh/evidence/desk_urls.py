"""Addresses under /desk/evidence/."""

from django.urls import path, re_path

from hamroh.evidence.views import blocks, estimates, figuring, findings, media, profiles, statistics

app_name = "evidence-desk"
EDITION = r"(?P<code>[0-9a-z]{8})"
BLOCK = rf"{EDITION}/b/(?P<key>[\w.\-]{{1,40}})"
urlpatterns = [
    # profiles and their editions
    path("", profiles.profiles, name="profiles"),
    path("new/", profiles.new_profile, name="new-profile"),
    path("matrix/", profiles.matrix, name="matrix"),
    re_path(rf"^{EDITION}/$", profiles.edition, name="edition"),
    re_path(rf"^{EDITION}/front/$", profiles.front, name="front"),
    re_path(rf"^{EDITION}/next/$", profiles.next_edition, name="next"),
    # what the rules found
    re_path(rf"^{EDITION}/findings/$", findings.findings, name="findings"),
    re_path(rf"^{EDITION}/findings/answer/$", findings.answer, name="answer"),
    re_path(rf"^{EDITION}/findings/take-back/$", findings.take_back, name="take-back"),
    # blocks, and figures that are recorded for them
    re_path(rf"^{EDITION}/add/$", blocks.choose, name="choose"),
    re_path(rf"^{EDITION}/add/figure/record/$", figuring.record, name="record"),
    re_path(rf"^{EDITION}/add/table/$", figuring.paste, name="paste"),
    re_path(rf"^{EDITION}/add/(?P<kind>[a-z]{{1,16}})/$", blocks.new_block, name="new-block"),
    re_path(rf"^{BLOCK}/$", blocks.block, name="block"),
    re_path(rf"^{BLOCK}/move/$", blocks.move, name="move"),
    re_path(rf"^{BLOCK}/remove/$", blocks.remove, name="remove"),
    re_path(rf"^{BLOCK}/history/$", blocks.history, name="history"),
    re_path(rf"^{BLOCK}/restore/$", blocks.restore, name="restore"),
    re_path(rf"^{BLOCK}/correct/(?P<figure>[\w.\-]{{1,60}})/$", figuring.correct, name="correct"),
    re_path(rf"^{EDITION}/edition\.(?P<form>pdf|docx)$", media.draft, name="edition-file"),
    # which of several figures is preferred
    path("estimates/", estimates.estimates, name="estimates"),
    path("estimates/<slug:concept>/<slug:area>/<str:period>/", estimates.estimate_set, name="estimate-set"),
    # files of statistics
    path("figures/", statistics.brought, name="brought"),
    path("figures/bring/", statistics.bring, name="bring"),
    path("figures/bring/<slug:token>/", statistics.look, name="look"),
    path("figures/bring/<slug:token>/columns/", statistics.columns, name="columns"),
    path("figures/<uuid:pk>/", statistics.batch, name="batch"),
]
