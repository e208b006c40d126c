"""Addresses that apps which speak OpenRosa ask: with a device's name and password, or under its own token."""

from django.urls import URLPattern, path, re_path

from hamroh.fieldwork.views import openrosa

app_name = "openrosa"
_UNDER_ITS_OWN = r"^t/(?P<token>[A-Za-z0-9_-]{20,80})/"
_PAGES = (
    ("formList", "form-list", openrosa.form_list),
    ("submission", "submission", openrosa.submission),
)
urlpatterns: list[URLPattern] = [
    *(re_path(rf"^{word}/?$", view, name=name) for word, name, view in _PAGES),
    path("forms/<uuid:pk>.xml", openrosa.form, name="form"),
    path("forms/<uuid:pk>/manifest", openrosa.manifest, name="manifest"),
    path("forms/<uuid:pk>/<uuid:media>", openrosa.media, name="media"),
    *(re_path(rf"{_UNDER_ITS_OWN}{word}/?$", view, name=f"token-{name}") for word, name, view in _PAGES),
    path("t/<str:token>/forms/<uuid:pk>.xml", openrosa.form, name="token-form"),
    path("t/<str:token>/forms/<uuid:pk>/manifest", openrosa.manifest, name="token-manifest"),
    path("t/<str:token>/forms/<uuid:pk>/<uuid:media>", openrosa.media, name="token-media"),
]
