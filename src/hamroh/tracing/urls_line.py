"""Addresses under /api/exchange/: the key of ours that is meant, the exchange, and which file of it."""

from django.urls import re_path

from hamroh.tracing.views import exchangeline

app_name = "exchange-line"
urlpatterns = [
    re_path(
        r"^(?P<to>[0-9a-f]{64})/(?P<number>[0-9a-f]{32})/(?P<kind>offer|answer|result)/$",
        exchangeline.line,
        name="line",
    )
]
