"""Addresses of state support: the guide of a matter, and its applications."""

from django.urls import path

from hamroh.cases.views import support

ALL = "<slug:code>/support/<uuid:support>/"
ONE = ALL + "<uuid:application>/"
urlpatterns = [
    path(ALL, support.overview, name="support"),
    path(ALL + "new/", support.begin, name="new-application"),
    path(ONE, support.application, name="application"),
    path(ONE + "handed-in/", support.hand_in, name="hand-in"),
    path(ONE + "answer/", support.answer, name="application-answer"),
    path(ONE + "contest/", support.contest, name="contest"),
    path(ONE + "withdraw/", support.withdraw, name="withdraw-application"),
]
