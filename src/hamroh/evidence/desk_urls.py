"""Addresses under /desk/evidence/."""

from django.urls import path, re_path

from hamroh.evidence.views import estimates, media, profiles

app_name = "evidence-desk"
EDITION = r"(?P<code>[0-9a-z]{8})"
BLOCK = rf"{EDITION}/b/(?P<key>[\w.\-]{{1,40}})"
urlpatterns = [
    # profiles and their editions
    path("", profiles.profiles, name="profiles"),
    re_path(rf"^{EDITION}/$", profiles.edition, name="edition"),
    re_path(rf"^{EDITION}/edition\.(?P<form>pdf|docx)$", media.draft, name="edition-file"),
    # which of several figures is preferred
    path("estimates/", estimates.estimates, name="estimates"),
    path("estimates/<slug:concept>/<slug:area>/<str:period>/", estimates.estimate_set, name="estimate-set"),
]
