"""Public addresses of the pages, under the language."""

from django.urls import path, re_path

from hamroh.pages.views import contact, public, quiz

app_name = "pages"
SHELF = r"(?P<shelf>news|stories|campaigns|about|rights)"
CODE = r"(?P<code>[2-9a-z]{8})"
urlpatterns = [
    re_path(r"^(?P<shelf>news|stories|campaigns)/$", public.shelf, name="shelf"),
    path("rights/", public.rights, name="rights"),
    path("rights/quiz/<slug:key>/", quiz.quiz, name="quiz"),
    path("about/contact/write/", contact.write, name="write"),
    path("about/contact/sent/", contact.sent, name="letter-sent"),
    re_path(rf"^{SHELF}/{CODE}/$", public.article, name="article"),
    re_path(rf"^{SHELF}/{CODE}/share\.png$", public.share, name="share"),
]
