"""Addresses of what is taken out as a locked file."""

from django.urls import path

from hamroh.cases.views import exports

EXPORT = "exports/<uuid:export>/"
#: without a case's code: these stand before it
general = [
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.new_export, name="new-export"),
    path(EXPORT, exports.export, name="export"),
    path(EXPORT + "release/", exports.release_export, name="release-export"),
    path(EXPORT + "decline/", exports.decline_export, name="decline-export"),
    path(EXPORT + "drop/", exports.drop_export, name="drop-export"),
    path(EXPORT + "make/", exports.make_export, name="make-export"),
    path(EXPORT + "file/", exports.export_file, name="export-file"),
]
urlpatterns = [*general, path("<slug:code>/export/", exports.case_export, name="case-export")]
