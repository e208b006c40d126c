"""Wagtail keeps every version of a page and writes titles into its own log: nothing about a person may be in it."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from wagtail.models import Page, RevisionMixin

#: what a model of ours in Wagtail's tree may have; a field is added here by whoever has asked what it will hold
MAY_HOLD = {
    "organisation", "code", "lang", "kind", "summary", "day", "known", "body", "picture", "subjects", "story", "translated_from", "source_lang",
}  # fmt: skip


def own_fields(found: Iterable[type[models.Model]]) -> list[str]:
    """Fields that models of ours add to Wagtail's, and that are not stated."""
    named = []
    for model in found:
        if model.__module__.startswith("hamroh.") and issubclass(model, Page | RevisionMixin):
            own = [each for each in model._meta.local_fields if not getattr(each.remote_field, "parent_link", False)]
            named += [f"{model.__name__}.{each.name}" for each in own if each.name not in MAY_HOLD]
    return named


def test_it_holds_nothing_about_anybody() -> None:
    assert own_fields(apps.get_models()) == []


@isolate_apps("hamroh.pages")
def test_it_names_a_planted_field() -> None:
    class Planted(Page):
        narrator = models.CharField(max_length=100)

        class Meta:
            app_label = "pages"

    Planted.__module__ = "hamroh.pages.models"
    assert own_fields([Planted]) == ["Planted.narrator"]


def test_it_registers_none_of_our_models_with_wagtail_beside_pages() -> None:
    from wagtail.snippets.models import get_snippet_models

    assert [each for each in get_snippet_models() if each.__module__.startswith("hamroh.")] == []
