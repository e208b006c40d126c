"""Pictures and feeds, which stand outside the languages."""

from django.urls import path, re_path

from hamroh.pages.views import public

app_name = "pages-media"
urlpatterns = [
    re_path(r"^pictures/(?P<code>[2-9a-z]{8})-(?P<size>small|large)\.webp$", public.picture, name="picture"),
    path("feeds/news/<str:lang>.atom", public.feed, name="feed"),
]
