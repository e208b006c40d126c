"""Addresses of referrals: those that came, and those that go out of a case."""

from django.urls import path

from hamroh.cases.views import links, received, referralforms, referrals

#: without a case's code: these stand before it
general = [
    path("sent/", referrals.sent, name="sent"),
    path("received/", received.received, name="received"),
    path("received/<uuid:received>/", received.one, name="received-one"),
    path("received/<uuid:received>/accept/", received.accept, name="accept-received"),
    path("received/<uuid:received>/decline/", received.decline, name="decline-received"),
    path("received/<uuid:received>/case/", received.open_case, name="open-received"),
    path("received/<uuid:received>/complete/", received.complete, name="complete-received"),
]
REFERRAL = "<slug:code>/referrals/<uuid:referral>/"
of_a_case = [
    path("<slug:code>/referrals/new/", referrals.new_referral, name="new-referral"),
    path("<slug:code>/referrals/official/", referrals.official_referral, name="official-referral"),
    path("<slug:code>/referrals/transfer/", referrals.new_transfer, name="new-transfer"),
    path(REFERRAL, referrals.referral, name="referral"),
    path(REFERRAL + "form/", referralforms.printed, name="referral-form"),
    path(REFERRAL + "link/", links.make_link, name="make-link"),
    path(REFERRAL + "code/", links.make_code, name="make-code"),
    path(REFERRAL + "send/", referrals.send, name="send-referral"),
    path(REFERRAL + "back/", referrals.take_back, name="take-referral-back"),
    path(REFERRAL + "answer/", referrals.note_answer, name="note-answer"),
]
urlpatterns = [*general, *of_a_case]
