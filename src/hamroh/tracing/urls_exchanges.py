"""Addresses under /desk/tracing/exchanges/."""

from django.urls import path

from hamroh.tracing.views import exchanges

app_name = "exchanges"
urlpatterns = [
    path("", exchanges.listing, name="list"),
    path("key/", exchanges.make_key, name="make-key"),
    path("key/file/", exchanges.public_key, name="public-key"),
    path("new/", exchanges.new, name="new"),
    path("offer/", exchanges.take_in, name="take-in"),
    path("partners/new/", exchanges.pin, name="pin"),
    path("partners/<slug:partner>/", exchanges.partner, name="partner"),
    path("partners/<slug:partner>/decide/", exchanges.decide_partner, name="decide-partner"),
    path("<slug:code>/", exchanges.one, name="one"),
    path("<slug:code>/agree/", exchanges.agree, name="agree"),
    path("<slug:code>/decide/", exchanges.decide, name="decide"),
    path("<slug:code>/file/", exchanges.our_file, name="our-file"),
    path("<slug:code>/bring/", exchanges.bring, name="bring"),
    path("<slug:code>/pair/<uuid:pair>/", exchanges.pair, name="pair"),
]
