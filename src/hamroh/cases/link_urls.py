"""The address under which a service without an account reads what was referred to it; it says nothing of what it is for."""

from django.urls import path

from hamroh.cases.views import linked

app_name = "letter"
urlpatterns = [path("", linked.letter, name="open")]
