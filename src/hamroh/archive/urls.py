"""Public addresses of the archive, under the language."""

from django.urls import path, re_path

from hamroh.archive.views import public

app_name = "archive"
CODE = r"(?P<code>[0-9a-z]{8})"
urlpatterns = [
    path("", public.home, name="home"),
    re_path(rf"^u/{CODE}/$", public.unit, name="unit"),
    re_path(rf"^u/{CODE}/words\.(?P<lang>[a-z]{{2}})\.vtt$", public.captions, name="captions"),
    re_path(rf"^u/{CODE}/ead\.xml$", public.description, name="description"),
    path("timeline/", public.timeline, name="timeline"),
    path("people/", public.people, name="people"),
    path("sets/", public.sets, name="sets"),
    re_path(rf"^sets/{CODE}/$", public.teaching_set, name="set"),
]
