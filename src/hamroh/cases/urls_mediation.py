"""Addresses of mediation, and of living together again."""

from django.urls import path

from hamroh.cases.views import mediation, together

ALL = "<slug:code>/mediation/"
ONE = ALL + "<uuid:mediation>/"
REUNION = "<slug:code>/together/<uuid:reunion>/"
urlpatterns = [
    path(ALL, mediation.overview, name="mediation"),
    path(ALL + "new/", mediation.begin, name="new-mediation"),
    path(ALL + "wish/", mediation.write_wish, name="new-wish"),
    path(ALL + "wish/<uuid:wish>/", mediation.answer_wish, name="answer-wish"),
    path(ONE, mediation.talks, name="talks"),
    path(ONE + "sessions/new/", mediation.hold_session, name="new-session"),
    path(ONE + "terms/new/", mediation.agree_term, name="new-term"),
    path(ONE + "terms/<uuid:agreed>/", mediation.settle_term, name="settle-term"),
    path(ONE + "end/", mediation.end, name="end-mediation"),
    path("<slug:code>/together/new/", together.begin, name="new-together"),
    path(REUNION + "checks/<uuid:check>/", together.check, name="check-together"),
    path(REUNION + "apart/", together.part, name="part"),
]
