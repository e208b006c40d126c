"""Addresses of the desk of bulletins: issues, readers, sending."""

from django.urls import path

from hamroh.bulletins.views import desk

app_name = "bulletins"
urlpatterns = [
    path("", desk.issues, name="issues"),
    path("new/", desk.new, name="new"),
    path("readers/", desk.readers, name="readers"),
    path("<slug:code>/", desk.issue, name="issue"),
    path("<slug:code>/change/", desk.change, name="change"),
    path("<slug:code>/take/", desk.take, name="take"),
    path("<slug:code>/write/", desk.write, name="write"),
    path("<slug:code>/step/", desk.step, name="step"),
    path("<slug:code>/preview/<slug:lang>/", desk.preview, name="preview"),
    path("<slug:code>/paper/<slug:lang>/", desk.paper, name="paper"),
    path("<slug:code>/letter/<slug:lang>/", desk.letter, name="letter"),
    path("<slug:code>/sections/<uuid:section>/", desk.section, name="section"),
    path("<slug:code>/sections/<uuid:section>/move/", desk.move, name="move"),
]
