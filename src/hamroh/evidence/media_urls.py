"""Addresses of editions as files, under those of editions."""

from django.urls import re_path

from hamroh.evidence.views import media

urlpatterns = [re_path(r"^(?P<code>[0-9a-z]{8})/edition\.(?P<form>pdf|docx)$", media.edition_file, name="edition-file")]
