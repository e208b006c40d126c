"""Addresses of records that come and leave as files, and of the form on paper."""

from django.urls import path

from hamroh.tracing.views import imports, passing, requestform

FILE = "records/<slug:file>/"
#: without a request's code: these stand before it
general = [
    path("records/", passing.record_files, name="record-files"),
    path("records/new/", passing.new_record_file, name="new-record-file"),
    path(FILE, passing.record_file, name="record-file"),
    path(FILE + "release/", passing.release_record_file, name="release-record-file"),
    path(FILE + "decline/", passing.decline_record_file, name="decline-record-file"),
    path(FILE + "drop/", passing.drop_record_file, name="drop-record-file"),
    path(FILE + "make/", passing.make_record_file, name="make-record-file"),
    path(FILE + "file/", passing.record_file_file, name="record-file-file"),
    path("pools/<slug:code>/records/", imports.upload_records, name="upload-records"),
    path("pools/<slug:code>/<uuid:record>/pass/", passing.agree_to_pass, name="agree-to-pass"),
    path("pools/<slug:code>/<uuid:record>/pass/back/", passing.take_word_back, name="word-back"),
]
of_request = [
    path("<slug:code>/form/", requestform.printed, name="request-form"),
    path("<slug:code>/words/", passing.words, name="words"),
    path("<slug:code>/words/<uuid:description>/", passing.let_through, name="let-through"),
]
