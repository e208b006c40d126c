"""Addresses under /accounts/."""

from django.urls import path

from hamroh.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("demo/", views.sign_in_to_demo, name="demo"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
