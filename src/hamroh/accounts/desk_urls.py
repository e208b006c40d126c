"""Addresses under /desk/people/."""

from django.urls import path

from hamroh.accounts.views import people

app_name = "accounts-desk"
urlpatterns = [
    path("", people.houses, name="houses"),
    path("in/<slug:house>/", people.people, name="people"),
    path("in/<slug:house>/invite/", people.invite, name="invite"),
    path("<uuid:member>/", people.member, name="member"),
    path("<uuid:member>/end/", people.end_role, name="end-role"),
    path("<uuid:member>/password-link/", people.password_link, name="password-link"),
    path("<uuid:member>/factor-reset/", people.ask_factor_reset, name="ask-factor-reset"),
    path("links/<uuid:link>/agree/", people.agree_factor_reset, name="agree-factor-reset"),
    path("links/<uuid:link>/take-back/", people.take_back, name="take-back"),
]
