"""Addresses of intake, safe contact, consent and danger."""

from django.urls import path

from hamroh.cases.views import consents, intake, reaching, risk

urlpatterns = [
    path("new/", intake.start, name="new"),
    path("new/<uuid:draft>/check/", intake.check, name="intake-check"),
    path("new/<uuid:draft>/drop/", intake.drop, name="intake-drop"),
    path("new/<uuid:draft>/<slug:question>/", intake.step, name="intake-step"),
    path("unseen/", risk.unseen, name="unseen-risks"),
    path("<slug:code>/reach/", reaching.reach, name="reach"),
    path("<slug:code>/reach/<uuid:outgoing>/", reaching.outgoing, name="outgoing"),
    path("<slug:code>/contact/new/", reaching.new_contact, name="new-contact"),
    path("<slug:code>/contact/<uuid:contact>/", reaching.change_contact, name="change-contact"),
    path("<slug:code>/contact/<uuid:contact>/end/", reaching.end_contact, name="end-contact"),
    path("<slug:code>/consents/", consents.overview, name="consents"),
    path("<slug:code>/consents/<slug:purpose>/", consents.ask, name="consent"),
    path("<slug:code>/risk/", risk.screen, name="risk"),
    path("<slug:code>/risk/<uuid:screen>/looked/", risk.look, name="look-at-risk"),
    path("<slug:code>/safety-plan/", risk.safety_plan, name="safety-plan"),
]
