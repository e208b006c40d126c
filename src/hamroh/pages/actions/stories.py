"""Stories: recorded with what she allows, and taken away whole when she takes it back."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import PageLogEntry, ReferenceIndex, Revision

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.pages.actions.following import erase_pages, index_pages
from hamroh.pages.models import STORY_FOLLOWERS, Allowed, Article, Narrator, Story
from hamroh.vault import journal


class CannotTell(ValueError):
    """The facts of a story do not hold together; the message can be shown."""


@transaction.atomic
def record_story(
    *, actor: Any, organisation: Organisation, texts: Mapping[str, str], allows: Collection[str], given_date: dt.date,
    until_date: dt.date | None = None, narrator: str = "",
) -> Story:  # fmt: skip
    """Keep a story and what its narrator allows; how she can be reached is sealed beside it."""
    policy.require(actor, "pages.story", organisation)
    story = Story.objects.create(
        organisation=organisation, texts={lang: text.strip() for lang, text in texts.items() if text.strip()},
        allows=sorted(allows), on_pages=Allowed.PAGE in allows, given_date=given_date, until_date=until_date,
    )  # fmt: skip
    if narrator:
        Narrator.objects.create(organisation=organisation, story=story, words=narrator)
    journal.record(actor=actor, verb="pages.record_story", about=story, facts={"allows": " ".join(sorted(allows))})
    return story


@transaction.atomic
def change_story(
    *, actor: Any, story: Story, texts: Mapping[str, str], allows: Collection[str], until_date: dt.date | None
) -> Story:
    """Other words, or other things that she allows: what is public follows at once."""
    policy.require(actor, "pages.story", story)
    story = Story.objects.select_for_update().get(pk=story.pk, withdrawn_at=None)
    story.texts = {lang: text.strip() for lang, text in texts.items() if text.strip()}
    story.allows, story.on_pages, story.until_date = sorted(allows), Allowed.PAGE in allows, until_date
    story.save()
    journal.record(actor=actor, verb="pages.change_story", about=story, facts={"allows": " ".join(sorted(allows))})
    index_pages(_codes(story))
    _tell_followers(story)
    return story


@transaction.atomic
def withdraw_story(*, actor: Any, story: Story) -> None:
    """She takes it back: her words, the pages that tell them with every version, and what the index knew are gone.

    Nothing is kept but that there was a story and when it was taken back.
    """
    policy.require(actor, "pages.story", story)
    story = Story.objects.select_for_update().get(pk=story.pk)
    codes = _codes(story)
    journal.record(actor=actor, verb="pages.withdraw_story", about=story)
    for page in Article.objects.filter(code__in=codes):
        _erase(page)
    Narrator.objects.filter(story=story).delete()
    story.texts, story.allows, story.on_pages, story.withdrawn_at = {}, [], False, timezone.now()
    story.save()
    erase_pages(codes)
    _tell_followers(story)


def _tell_followers(story: Story) -> None:
    for follow in STORY_FOLLOWERS:
        follow(story.pk)


def _erase(page: Article) -> None:
    """A page with its versions and Wagtail's own log of it, which has its title."""
    pk = str(page.pk)
    page.delete()
    Revision.objects.filter(object_id=pk, base_content_type__model="page").delete()
    PageLogEntry.objects.filter(page_id=page.pk).delete()
    PageLogEntry.objects.filter(page_id=int(pk)).delete()
    ReferenceIndex.objects.filter(object_id=pk, base_content_type__model="page").delete()


def _codes(story: Story) -> list[str]:
    """Pages that hold the id of a story, in whatever language or version."""
    held = set(Article.objects.filter(story=story.pk).values_list("code", flat=True))
    versions = Revision.objects.filter(content__story=str(story.pk)).values_list("object_id", flat=True)
    held |= set(Article.objects.filter(pk__in=[int(pk) for pk in versions]).values_list("code", flat=True))
    return sorted(held)
