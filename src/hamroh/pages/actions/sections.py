"""What Wagtail knows of our organisations and editors: derived here, from roles, and nowhere else."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.pages.models import AnotherEditor, Section
from hamroh.web.texts import LANGUAGES, pick

#: the languages of sections, the one that pages are mostly written in first
PREFIX = "pages:"
MAY = ("add_page", "change_page", "lock_page")
REVIEW = "Another editor reads it"


@transaction.atomic
def ensure_sections(organisation: Organisation) -> dict[str, Section]:
    """The organisation's section in each language, made where it is not there yet, with the group that may write in it."""
    root = _root()
    found = {
        each.locale.language_code: each
        for each in Section.objects.filter(organisation=organisation).select_related("locale")
    }
    for lang in LANGUAGES:
        if lang not in found:
            found[lang] = _section(root, organisation, lang, next(iter(found.values()), None))
    group = _group(organisation)
    for section in found.values():
        _permit(group, section)
    return found


def _root() -> Page:
    """The top of the tree with the one way of review beneath it."""
    root = Page.objects.filter(depth=1).first()
    if root is None:
        root = Page.add_root(title="Root", slug="root", locale=_locale("en"))
    if not WorkflowPage.objects.filter(page=root).exists():
        workflow = Workflow.objects.create(name=REVIEW, active=True)
        task = AnotherEditor.objects.create(name=REVIEW, active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=root)
    return root


def _locale(lang: str) -> Locale:
    return Locale.objects.get_or_create(language_code=lang)[0]


def _section(root: Page, organisation: Organisation, lang: str, sister: Section | None) -> Section:
    kept = {"translation_key": sister.translation_key} if sister else {}
    section = Section(
        title=f"{pick(organisation.names, lang) or organisation.code} ({lang})", slug=f"{organisation.code}-{lang}",
        organisation=organisation, locale=_locale(lang), live=False, **kept,
    )  # fmt: skip
    root.refresh_from_db()
    root.add_child(instance=section)
    return section


def _group(organisation: Organisation) -> Group:
    group, made = Group.objects.get_or_create(name=f"{PREFIX}{organisation.code}")
    if made:
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return group


def _permit(group: Group, section: Section) -> None:
    held = GroupPagePermission.objects.filter(group=group, page=section).values_list("permission__codename", flat=True)
    missing = set(MAY) - set(held)
    if missing:
        wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=missing)
        GroupPagePermission.objects.bulk_create(
            [GroupPagePermission(group=group, page=section, permission=each) for each in wanted]
        )


@transaction.atomic
def keep_in_step(*, actor: Any) -> list[Organisation]:
    """Let the groups of somebody be those of the organisations that she edits for at this moment; which these are.

    Asked at every request to the editors' tool, so that a role that ended a moment ago opens nothing there.
    """
    houses = editing_for(actor)
    wanted = {f"{PREFIX}{each.code}" for each in houses}
    held = set(actor.groups.values_list("name", flat=True))
    if gone := held - wanted:
        actor.groups.remove(*Group.objects.filter(name__in=gone))
    if came := wanted - held:
        for house in houses:
            ensure_sections(house)
        actor.groups.add(*Group.objects.filter(name__in=came))
    return houses


def editing_for(actor: Any) -> list[Organisation]:
    """Organisations that somebody edits for now."""
    verb = policy.VERBS["pages.edit"]
    held = {each.organisation_id for each in policy.standing(actor).held if each.role in verb.roles}
    return list(Organisation.objects.filter(pk__in=held).order_by("code"))
