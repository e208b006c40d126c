"""The editors' tool: who comes in, what of it there is, and that nobody reaches another organisation's pages."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from pages_world import PagesWorld, published, settled, written

#: it says a time zone and the clock there: there is no word in it
SAME_EVERYWHERE = "%(time_zone_option)s: %(localized_time_zone_label)s"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Any) -> PagesWorld:
    return settled(cast)


def test_it_asks_who_somebody_is(client: Client) -> None:
    assert client.get("/edit/")["Location"].startswith("/accounts/sign-in/")


@pytest.mark.parametrize("person", ["rustam", "temur"])
def test_it_is_not_there_for_who_edits_nothing(world: PagesWorld, person: str) -> None:
    assert world.client(getattr(world.cast, person)).get("/edit/").status_code == 404


def test_it_opens_for_an_editor(world: PagesWorld) -> None:
    assert world.client(world.cast.zarina).get("/edit/").status_code == 200


def test_it_shuts_as_soon_as_the_role_has_ended(world: PagesWorld) -> None:
    client = world.client(world.cast.zarina)
    client.get("/edit/")
    world.cast.zarina.memberships.all().delete()
    assert (client.get("/edit/").status_code, world.cast.zarina.has_perm("pages.x")) == (404, False)


def test_it_takes_the_rights_in_wagtail_back_with_the_role(world: PagesWorld) -> None:
    from hamroh.accounts import policy
    from hamroh.accounts.models import Membership, Role
    from hamroh.pages import actions

    actions.keep_in_step(actor=world.cast.zarina)
    Membership.objects.filter(user=world.cast.zarina).delete()
    Membership.objects.create(user=world.cast.zarina, organisation=world.cast.gender_centre, role=Role.EDITOR)
    policy.forget()
    actions.keep_in_step(actor=world.cast.zarina)
    assert [each.name for each in world.cast.zarina.groups.all()] == ["pages:gender-centre"]


@pytest.mark.parametrize(
    "path",
    [
        "login/", "logout/", "password_reset/", "account/", "reports/locked/", "reports/site-history/", "workflows/list/", "users/",
        "groups/", "collections/", "failwhale/", "api/main/pages/", "test404/",
    ],
)  # fmt: skip
def test_it_has_no_other_screens(world: PagesWorld, path: str) -> None:
    assert world.client(world.cast.zarina).get(f"/edit/{path}").status_code == 404


@pytest.mark.parametrize(
    "screen", ["edit", "view_draft", "history", "delete", "revisions_index", "workflow_history", "preview_on_edit"]
)
def test_it_shows_no_page_of_another_organisation(world: PagesWorld, screen: str) -> None:
    page = written(world)
    address = reverse(f"wagtailadmin_pages:{screen}", args=[page.pk])
    answers = [world.client(who).get(address).status_code for who in (world.cast.aygun, world.cast.zarina)]
    assert (answers[0], answers[1] != 404) == (404, True)


def test_it_lets_nobody_write_into_another_organisations_section(world: PagesWorld) -> None:
    section = written(world).get_parent()
    address = reverse("wagtailadmin_pages:add", args=["pages", "article", section.pk])
    assert world.client(world.cast.aygun).get(address).status_code == 404


def test_it_offers_no_title_of_another_organisation(world: PagesWorld) -> None:
    written(world, title="Сирри марказ")
    client = world.client(world.cast.aygun)
    addresses = [reverse("wagtailadmin_choose_page"), "/edit/api/main/pages/?for_explorer=1", "/edit/pages/"]
    assert ["Сирри марказ" in client.get(each).content.decode() for each in addresses] == [False, False, False]


def test_it_lets_no_editor_publish_alone(world: PagesWorld) -> None:
    from hamroh.pages import actions

    page = written(world)
    actions.send_to_review(actor=world.cast.zarina, page=page)
    with pytest.raises(PermissionDenied):
        actions.approve(actor=world.cast.zarina, page=page)


def test_it_publishes_what_another_editor_approves(world: PagesWorld) -> None:
    from hamroh.pages import actions

    page = written(world)
    actions.send_to_review(actor=world.cast.zarina, page=page)
    actions.approve(actor=world.nigora, page=page)
    page.refresh_from_db()
    assert page.live


def test_it_lets_the_only_editor_of_a_house_approve_her_own(world: PagesWorld) -> None:
    from hamroh.pages import actions

    page = actions.write_page(
        actor=world.cast.aygun,
        organisation=world.cast.gender_centre,
        lang="az",
        title="Xəbər",
        kind="news",
        summary="Qısa.",
    )
    actions.send_to_review(actor=world.cast.aygun, page=page)
    actions.approve(actor=world.cast.aygun, page=page)
    page.refresh_from_db()
    assert page.live


def test_it_publishes_on_the_day_that_was_set(world: PagesWorld) -> None:
    import datetime as dt

    import time_machine
    from django.utils import timezone

    from hamroh.pages import actions
    from hamroh.pages.tasks import publish_scheduled

    page = written(world)
    page.go_live_at = timezone.now() + dt.timedelta(hours=2)
    page.save_revision(user=world.cast.zarina)
    actions.send_to_review(actor=world.cast.zarina, page=page)
    actions.approve(actor=world.nigora, page=page)
    page.refresh_from_db()
    before = page.live
    with time_machine.travel(timezone.now() + dt.timedelta(hours=3)):
        publish_scheduled.func()
    page.refresh_from_db()
    assert (before, page.live) == (False, True)


def test_it_tells_what_is_out_of_date(world: PagesWorld) -> None:
    from hamroh.pages import actions
    from hamroh.pages.selectors import beside

    page = published(world)
    made = actions.begin_translation(actor=world.cast.zarina, page=page, lang="az")
    fresh = beside.both(actor=world.cast.zarina, code=page.code, lang="az").behind
    page.title = "Дафтари дигар"
    page.save_revision(user=world.cast.zarina)
    old = beside.both(actor=world.cast.zarina, code=page.code, lang="az")
    actions.mark_translated(actor=world.cast.zarina, page=made)
    again = beside.both(actor=world.cast.zarina, code=page.code, lang="az").behind
    assert (fresh, old.behind, old.parts[0].changed, again) == (False, True, True, False)


def test_it_runs_no_script_that_stands_in_its_pages(world: PagesWorld) -> None:
    import re

    page = written(world)
    answer = world.client(world.cast.zarina).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", answer.content.decode())
    assert (inline, "script-src 'self';" in answer["Content-Security-Policy"]) == ([], True)


def test_it_offers_pictures_and_stories_of_the_own_house_alone(world: PagesWorld) -> None:
    from django.utils import timezone

    from hamroh.pages import actions

    facts = {"texts": {"tg": "Ман."}, "allows": ["page"], "given_date": timezone.localdate()}
    ours = actions.record_story(actor=world.cast.zarina, organisation=world.cast.centre, **facts)
    theirs = actions.record_story(actor=world.cast.aygun, organisation=world.cast.gender_centre, **facts)
    page = written(world)
    shown = world.client(world.cast.zarina).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert [str(each.pk) in shown for each in (ours, theirs)] == [True, False]


def test_it_makes_a_page_in_the_editors_tool(world: PagesWorld) -> None:
    from hamroh.pages.models import Article, Section

    section = Section.objects.get(organisation=world.cast.centre, locale__language_code="tg")
    told = {
        "title": "Хабар",
        "kind": "news",
        "summary": "Кӯтоҳ.",
        "day": "2026-11-23",
        "known": "day",
        "body-count": "0",
    }
    world.client(world.cast.zarina).post(reverse("wagtailadmin_pages:add", args=["pages", "article", section.pk]), told)
    made = Article.objects.get()
    assert (made.title, made.organisation, made.lang, made.slug, made.live) == (
        "Хабар",
        world.cast.centre,
        "tg",
        made.code,
        False,
    )


def test_it_sends_to_review_and_approves_in_the_editors_tool(world: PagesWorld) -> None:
    page = written(world)
    told = {
        "title": "Хабар",
        "kind": "news",
        "summary": "Кӯтоҳ.",
        "day": "2026-11-23",
        "known": "day",
        "body-count": "0",
        "action-submit": "1",
    }
    world.client(world.cast.zarina).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), told)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    live = []
    for editor in (world.cast.zarina, world.nigora):
        world.client(editor).post(address)
        page.refresh_from_db()
        live.append(page.live)
    assert live == [False, True]


def test_it_publishes_nothing_that_an_editor_says_is_to_be_published(world: PagesWorld) -> None:
    page = written(world)
    told = {
        "title": "Хабар",
        "kind": "news",
        "summary": "Кӯтоҳ.",
        "day": "2026-11-23",
        "known": "day",
        "body-count": "0",
        "action-publish": "1",
    }
    world.client(world.cast.zarina).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), told)
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("lang", ["az", "tg"])
def test_it_says_every_word_of_its_scripts_in_the_editors_language(lang: str) -> None:
    from pathlib import Path

    import wagtail.admin
    from babel.messages.pofile import read_po
    from django.utils.translation.trans_real import DjangoTranslation

    folder = Path(wagtail.admin.__file__).parent / "locale"
    with (folder / "en/LC_MESSAGES/djangojs.po").open("rb") as file:
        asked = {str(each.id) for each in read_po(file) if each.id and not each.pluralizable and " " in str(each.id)}
    said = DjangoTranslation(lang, domain="djangojs", localedirs=[str(folder)])
    assert {each for each in asked if said.gettext(each) == each} == {SAME_EVERYWHERE}


def test_it_hands_the_words_of_its_scripts_to_the_browser(world: PagesWorld) -> None:
    client = world.client(world.cast.aygun)
    client.cookies["lang"] = "az"
    assert "Bloklar" in client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
