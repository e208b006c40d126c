"""Addresses of the library's feeds; each says its language, since a reader of feeds has none."""

from django.urls import path

from hamroh.library.views import feeds

app_name = "library-feeds"
urlpatterns = [
    path("<slug:lang>.atom", feeds.everything, name="all"),
    path("kind/<slug:kind>.<slug:lang>.atom", feeds.kind, name="kind"),
    path("about/<slug:scheme>/<str:key>.<slug:lang>.atom", feeds.concept, name="concept"),
]
