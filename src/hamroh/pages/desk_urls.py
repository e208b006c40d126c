"""Addresses under /desk/pages/."""

from django.urls import path, re_path

from hamroh.pages.views import desk, letters, stories

app_name = "pages-desk"
CODE = r"(?P<code>[2-9a-z]{8})"
LANG = r"(?P<lang>en|az|ru|tg)"
urlpatterns = [
    path("", desk.pages, name="pages"),
    path("new/", desk.new, name="new"),
    path("pictures/", desk.pictures, name="pictures"),
    path("pictures/choose/", desk.choose_picture, name="choose-picture"),
    path("stories/", stories.stories, name="stories"),
    path("stories/new/", stories.new_story, name="new-story"),
    path("stories/<uuid:pk>/", stories.change_story, name="change-story"),
    path("stories/<uuid:pk>/withdraw/", stories.withdraw_story, name="withdraw-story"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<uuid:pk>/", letters.letter, name="letter"),
    path("letters/<uuid:pk>/answered/", letters.answered, name="answered"),
    re_path(rf"^p/{CODE}/$", desk.page, name="page"),
    re_path(rf"^p/{CODE}/forward/$", desk.forward, name="forward"),
    re_path(rf"^p/{CODE}/{LANG}/begin/$", desk.begin, name="begin"),
    re_path(rf"^p/{CODE}/{LANG}/$", desk.side, name="beside"),
    re_path(rf"^p/{CODE}/{LANG}/up-to-date/$", desk.up_to_date, name="up-to-date"),
    re_path(rf"^p/{CODE}/{LANG}/take-down/$", desk.take_down, name="take-down"),
]
