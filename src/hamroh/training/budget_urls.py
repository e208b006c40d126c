"""Addresses of the household budget; it leaves nothing on the server."""

from django.urls import path

from hamroh.training.views import budget

app_name = "budget"
urlpatterns = [
    path("", budget.page, name="page"),
    path("w/", budget.share, name="share"),
    path("worker.js", budget.worker, name="worker"),
]
