"""Writing outside Wagtail's screens: a page from facts, its translations, sending it to review, publishing and taking down."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.models import WorkflowState

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.pages.actions.sections import ensure_sections
from hamroh.pages.models import Article, Section
from hamroh.vault import journal
from hamroh.web.texts import LANGUAGES


class CannotTranslate(ValueError):
    """There is a page in this language already, or it is none of ours."""


@transaction.atomic
def write_page(
    *, actor: Any, organisation: Organisation, lang: str, title: str, kind: str, summary: str, body: Sequence[Any] = (),
    **facts: Any,
) -> Article:  # fmt: skip
    """A new page as a draft, with its first version."""
    policy.require(actor, "pages.edit", organisation)
    section = ensure_sections(organisation)[lang]
    page = Article(
        title=title, kind=kind, summary=summary, body=list(body), organisation=organisation, lang=lang, live=False,
        owner=actor, locale=section.locale, **facts,
    )  # fmt: skip
    page.slug = page.code
    _place(page, section)
    page.save_revision(user=actor)
    journal.record(actor=actor, verb="pages.edit", about=page, facts={"code": page.code, "language": lang})
    return page


def _place(page: Article, section: Section) -> None:
    section.refresh_from_db()
    section.add_child(instance=page)


@transaction.atomic
def begin_translation(*, actor: Any, page: Article, lang: str) -> Article:
    """A draft in another language that begins as a copy of the page's newest version, and remembers which version that was."""
    policy.require(actor, "pages.edit", page)
    taken = Article.objects.select_for_update().filter(code=page.code).values_list("lang", flat=True)
    if lang not in LANGUAGES or lang in taken:
        raise CannotTranslate(lang)
    section = ensure_sections(page.organisation)[lang]
    newest = page.get_latest_revision_as_object()
    made = Article(
        title=newest.title, kind=newest.kind, summary=newest.summary, body=newest.body.get_prep_value(), day=newest.day, known=newest.known,
        picture=newest.picture, subjects=newest.subjects, story=newest.story, organisation=page.organisation, code=page.code,
        slug=page.code, lang=lang, locale=section.locale, translation_key=page.translation_key, live=False, owner=actor,
        source_lang=page.lang, translated_from=page.latest_revision_id,
    )  # fmt: skip
    _place(made, section)
    made.save_revision(user=actor)
    journal.record(actor=actor, verb="pages.edit", about=made, facts={"code": made.code, "language": lang})
    return made


@transaction.atomic
def mark_translated(*, actor: Any, page: Article) -> None:
    """Say that the page in its language says what its source says now; kept in its newest version, too."""
    policy.require(actor, "pages.edit", page)
    source = Article.objects.filter(code=page.code, lang=page.source_lang).first()
    if source is None:
        raise CannotTranslate(page.lang)
    Article.objects.filter(pk=page.pk).update(translated_from=source.latest_revision_id)
    page.translated_from = source.latest_revision_id
    if newest := page.get_latest_revision():
        newest.content["translated_from"] = source.latest_revision_id
        newest.save(update_fields=["content"])
    journal.record(actor=actor, verb="pages.mark_translated", about=page, facts={"language": page.lang})


@transaction.atomic
def send_to_review(*, actor: Any, page: Article) -> WorkflowState:
    """Ask another editor to read the newest version."""
    policy.require(actor, "pages.edit", page)
    return page.get_workflow().start(page, actor)


@transaction.atomic
def approve(*, actor: Any, page: Article) -> None:
    """What the other editor does when she agrees; with it the page is public, or will be on its day."""
    policy.require(actor, "pages.publish", page)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, actor, "approve")


@transaction.atomic
def take_down(*, actor: Any, page: Article) -> None:
    """Out of the public side at once, by one editor alone; the page and its versions stay on the desk."""
    policy.require(actor, "pages.publish", page)
    page.unpublish()
    journal.record(actor=actor, verb="pages.take_down", about=page, facts={"code": page.code, "language": page.lang})


@transaction.atomic
def publish_now(*, actor: Any, page: Article) -> None:
    """What the installation itself publishes, as the demonstration does: there is nobody to read it first."""
    page.get_latest_revision().publish(user=actor, skip_permission_checks=True)
