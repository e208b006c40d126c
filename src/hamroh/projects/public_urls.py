"""Addresses of projects that anybody may open."""

from django.urls import path

from hamroh.projects.views import public

app_name = "projects-public"
urlpatterns = [
    path("", public.projects, name="list"),
    path("<slug:code>/", public.one, name="project"),
]
