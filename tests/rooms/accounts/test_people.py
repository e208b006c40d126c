"""Invitations, people and roles, links that are handed over."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from door import SECURITY, SIGN_IN, give_phone, let_in, password_step
from hamroh.accounts import actions, factors, policy, selectors
from hamroh.accounts.models import Link, LinkKind, Membership, Role, User
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

NEW = "four birds over a cold river"
PEOPLE = "/desk/people/in/centre/"


@pytest.fixture
def desk(client, cast) -> Client:
    """Temur's session, both factors shown."""
    phone = give_phone(cast.temur)
    password_step(client, "temur", cast.password)
    client.post("/accounts/second-step/", {"code": phone.code()})
    return client


def invite(cast, **more) -> str:
    given = {"organisation": cast.centre, "for_whom": "Gulya", "role": Role.EDITOR} | more
    return actions.invite(actor=cast.temur, **given)[1]


def follow(client, secret) -> str:
    client.get(f"/accounts/link/{secret}/")
    return client.get("/accounts/link/").content.decode()


def accept(client, secret, **more):
    follow(client, secret)
    given = {"display_name": "Gulya", "username": "Gulya", "password": NEW} | more
    return client.post("/accounts/link/", given)


# ---- invitations


def test_it_invites_by_a_link_that_is_shown_once(desk, cast) -> None:
    answer = desk.post(f"{PEOPLE}invite/", {"for_whom": "Gulya", "role": "lawyer"})
    secret = answer.context["address"].rstrip("/").rpartition("/")[2]
    assert selectors.link_of(secret).role == Role.LAWYER
    assert secret not in desk.get(PEOPLE).content.decode()
    assert secret not in str(list(Link.objects.values()))


def test_it_takes_area_and_end_from_the_form(desk, cast) -> None:
    day = (timezone.now() + timedelta(days=40)).date()
    desk.post(f"{PEOPLE}invite/", {"for_whom": "G", "role": "monitor", "area": "tj-kt, TJ-SU", "until": str(day)})
    link = Link.objects.get()
    assert (link.area, link.role_expires_at.date()) == (["tj-kt", "tj-su"], day)


@pytest.mark.parametrize("wrong", [{"area": "Khatlon!"}, {"until": "2020-01-01"}, {"role": "king"}, {"for_whom": ""}])
def test_it_says_what_is_wrong_and_keeps_what_was_typed(desk, wrong) -> None:
    answer = desk.post(f"{PEOPLE}invite/", {"for_whom": "Gulya", "role": "monitor"} | wrong)
    assert answer.status_code == 422
    assert "errors-title" in answer.content.decode()
    assert not Link.objects.exists()


def test_it_makes_an_account_with_its_role(client, cast) -> None:
    accept(client, invite(cast, area=("tj-kt",)))
    row = Membership.objects.get(user__username="gulya")
    assert (row.role, row.area, row.organisation) == (Role.EDITOR, ["tj-kt"], cast.centre)
    assert let_in(client)


def test_it_asks_an_invited_lawyer_for_a_second_factor_first(client, cast) -> None:
    assert accept(client, invite(cast, role=Role.LAWYER))["Location"] == SECURITY
    assert not let_in(client)
    assert client.get("/accounts/security/app/").status_code == 200


def test_it_works_once(client, cast) -> None:
    secret = invite(cast)
    accept(client, secret)
    assert Client().get(f"/accounts/link/{secret}/").status_code == 404


def test_it_works_once_even_for_two_at_the_same_moment(cast) -> None:
    secret = invite(cast)
    link, same = selectors.link_of(secret), selectors.link_of(secret)
    given = {"password": NEW, "language": "tg"}
    actions.accept_as_new(link=link, username="one", display_name="One", **given)
    with pytest.raises(actions.LinkSpent):
        actions.accept_as_new(link=same, username="two", display_name="Two", **given)
    assert not User.objects.filter(username="two").exists()


def test_it_works_for_three_days(cast) -> None:
    secret = invite(cast)
    for hours, opens in ((71, True), (73, False)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
            assert (selectors.link_of(secret) is not None) is opens


def test_it_is_not_used_up_by_looking(client, cast) -> None:
    secret = invite(cast)
    follow(Client(), secret)
    accept(client, secret)
    assert User.objects.filter(username="gulya").exists()


def test_it_opens_nothing_once_it_is_taken_back(desk, cast) -> None:
    secret = invite(cast)
    desk.post(f"/desk/people/links/{Link.objects.get().pk}/take-back/")
    assert selectors.link_of(secret) is None


@pytest.mark.parametrize("password", ["short", "passwordpassword", "12345678901234567890", "Gulya Hamroh 12345"])
def test_it_takes_no_weak_password(client, cast, password) -> None:
    answer = accept(client, invite(cast), password=password)
    assert "errors-title" in answer.content.decode()
    assert not User.objects.filter(username="gulya").exists()


def test_it_takes_no_name_that_somebody_has(client, cast) -> None:
    answer = accept(client, invite(cast), username="ZARINA")
    assert "Somebody has this user name" in answer.content.decode()


def test_it_lets_an_account_without_password_do_nothing_before_its_passkey(client, cast) -> None:
    assert accept(client, invite(cast), password="")["Location"] == SECURITY
    assert not User.objects.get(username="gulya").has_usable_password()


def test_it_gives_the_role_to_an_account_that_is_there(client, cast) -> None:
    secret = invite(cast)
    password_step(client, "aygun", cast.password)
    follow(client, secret)
    client.post("/accounts/link/")
    assert cast.aygun.memberships.filter(organisation=cast.centre, role=Role.EDITOR).exists()


def test_it_refuses_a_role_that_does_not_go_with_another(client, cast) -> None:
    secret = invite(cast, role=Role.AUDITOR)
    password_step(client, "zarina", cast.password)
    follow(client, secret)
    assert "holds no other role" in client.post("/accounts/link/").content.decode()
    assert selectors.link_of(secret) is not None


# ---- people and roles


def test_it_shows_who_has_which_role(desk) -> None:
    text = desk.get("/desk/people/", follow=True).content.decode()
    assert "Zarina Karimova" in text
    assert "Aygün" not in text


def test_it_manages_only_the_own_organisation(cast) -> None:
    theirs = cast.aygun.memberships.get()
    for act in (
        lambda: actions.end_role(actor=cast.temur, membership=theirs),
        lambda: actions.change_role(actor=cast.temur, membership=theirs, role=Role.ANALYST),
        lambda: actions.link_for_password(actor=cast.temur, membership=theirs),
        lambda: actions.ask_for_factor_reset(actor=cast.temur, membership=theirs),
        lambda: actions.invite(actor=cast.temur, organisation=cast.gender_centre, for_whom="x", role=Role.EDITOR),
    ):
        with pytest.raises(policy.Refused):
            act()


def test_it_changes_a_role_and_keeps_the_past(desk, cast) -> None:
    row = cast.zarina.memberships.get()
    desk.post(f"/desk/people/{row.pk}/", {"role": "analyst", "area": "tj-kt"})
    now = Membership.objects.current().get(user=cast.zarina)
    row.refresh_from_db()
    assert (now.role, now.area, row.role, row.has_ended) == ("analyst", ["tj-kt"], "editor", True)


def test_it_says_why_a_role_cannot_be(desk, cast, lawyer) -> None:
    second = Membership.objects.create(user=lawyer, organisation=cast.centre, role=Role.EDITOR)
    answer = desk.post(f"/desk/people/{second.pk}/", {"role": "auditor"})
    assert "holds no other role" in answer.content.decode()
    assert not Membership.objects.get(pk=second.pk).has_ended


def test_it_lets_nobody_change_a_role_of_her_own(desk, cast) -> None:
    answer = desk.post(f"/desk/people/{cast.temur.memberships.get().pk}/", {"role": "supervisor"})
    assert "Nobody changes a role" in answer.content.decode()
    assert cast.temur.memberships.get().role == Role.ADMINISTRATOR


def test_it_begins_anew_with_a_role_that_had_ended(cast) -> None:
    then = timezone.now() - timedelta(days=9)
    cast.zarina.memberships.update(starts_at=then, expires_at=timezone.now() - timedelta(days=3))
    row = actions.give_role(actor=None, user=cast.zarina, organisation=cast.centre, role=Role.EDITOR)
    assert row.starts_at > then
    assert row.expires_at is None


def test_it_ends_a_role_at_once(desk, cast) -> None:
    other = Client()
    password_step(other, "zarina", cast.password)
    desk.post(f"/desk/people/{cast.zarina.memberships.get().pk}/end/")
    assert not Membership.objects.current().filter(user=cast.zarina).exists()
    assert not let_in(other)


def test_it_writes_everything_down(cast) -> None:
    before = JournalLine.objects.count()
    row = cast.zarina.memberships.get()
    actions.invite(actor=cast.temur, organisation=cast.centre, for_whom="G", role=Role.EDITOR)
    actions.link_for_password(actor=cast.temur, membership=row)
    actions.end_role(actor=cast.temur, membership=row)
    lines = JournalLine.objects.order_by("-written_at")[: JournalLine.objects.count() - before]
    assert {(line.verb, line.actor_id) for line in lines} == {
        (verb, cast.temur.pk) for verb in ("accounts.invite", "accounts.make_password_link", "accounts.end_role")
    }


# ---- who cannot sign in


def test_it_hands_over_a_link_for_a_new_password(desk, cast) -> None:
    answer = desk.post(f"/desk/people/{cast.zarina.memberships.get().pk}/password-link/")
    secret = answer.context["address"].rstrip("/").rpartition("/")[2]
    other = Client()
    follow(other, secret)
    other.post("/accounts/link/", {"password": NEW})
    password_step(other, "zarina", NEW)
    assert let_in(other)


def test_it_asks_who_sits_there_before_it_hands_over_a_link(desk, cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        answer = desk.post(f"/desk/people/{cast.zarina.memberships.get().pk}/password-link/")
    assert answer["Location"].startswith("/accounts/confirm/")
    assert not Link.objects.exists()


@pytest.fixture
def parvina(cast) -> User:
    """A second administrator of the centre."""
    user = User.objects.create_user("parvina", cast.password, display_name="Parvina Rajabova")
    Membership.objects.create(user=user, organisation=cast.centre, role=Role.ADMINISTRATOR)
    return user


def test_it_resets_a_second_factor_by_two_people(cast, parvina, lawyer, phone) -> None:
    link = actions.ask_for_factor_reset(actor=cast.temur, membership=lawyer.memberships.get())
    assert factors.has_any(lawyer)
    secret = actions.agree_to_factor_reset(actor=parvina, link=link)
    assert not factors.has_any(lawyer)
    assert selectors.link_of(secret) == link


def test_it_lets_nobody_agree_to_the_own_request(cast, lawyer, phone) -> None:
    link = actions.ask_for_factor_reset(actor=cast.temur, membership=lawyer.memberships.get())
    with pytest.raises(policy.Refused):
        actions.agree_to_factor_reset(actor=cast.temur, link=link)
    assert factors.has_any(lawyer)


def test_it_lets_nobody_agree_about_herself(cast, parvina) -> None:
    link = actions.ask_for_factor_reset(actor=cast.temur, membership=parvina.memberships.get())
    with pytest.raises(policy.Refused):
        actions.agree_to_factor_reset(actor=parvina, link=link)


def test_it_gives_the_second_person_the_link(desk, cast, parvina, lawyer, phone) -> None:
    link = actions.ask_for_factor_reset(actor=parvina, membership=lawyer.memberships.get())
    assert "agree/" in desk.get(PEOPLE).content.decode()
    answer = desk.post(f"/desk/people/links/{link.pk}/agree/")
    assert "/accounts/link/" in answer.content.decode()


def test_it_offers_no_letter_where_none_can_be_sent(client, db) -> None:
    assert "Ask an administrator" in client.get("/accounts/forgot/").content.decode()
    client.post("/accounts/forgot/", {"username": "zarina"})
    assert not mail.outbox


def test_it_sends_a_letter_that_says_nothing(client, cast, settings, lawyer) -> None:
    settings.EMAIL_HOST_SET = True
    User.objects.filter(pk=lawyer.pk).update(email="r@example.org")
    answers = [client.post("/accounts/forgot/", {"username": name}).content.decode() for name in ("rustam", "nobody")]
    assert len(mail.outbox) == 1
    assert not {"password", "Hamroh", "account"} & set(mail.outbox[0].subject.split())
    assert len({len(answer) for answer in answers}) == 1


def test_it_sets_a_password_by_letter_and_still_asks_for_the_second_factor(
    client, cast, settings, lawyer, phone
) -> None:
    settings.EMAIL_HOST_SET = True
    User.objects.filter(pk=lawyer.pk).update(email="r@example.org")
    client.post("/accounts/forgot/", {"username": "rustam"})
    secret = mail.outbox[0].body.strip().rstrip("/").rpartition("/")[2]
    follow(client, secret)
    client.post("/accounts/link/", {"password": NEW})
    assert password_step(client, "rustam", NEW)["Location"].startswith("/accounts/second-step/")


def test_it_never_redirects_a_link_elsewhere(client, cast) -> None:
    answer = client.post(f"{SIGN_IN}?next=//evil.example/", {"username": "zarina", "password": cast.password})
    assert answer["Location"] == "/desk/"


def test_it_tells_of_a_sign_in(client, cast) -> None:
    password_step(client, "zarina", cast.password)
    assert journal.history(cast.zarina).first().verb == "accounts.sign_in"


def test_it_keeps_kinds_of_links_apart(client, cast, lawyer) -> None:
    secret = actions.link_from_shell(user=lawyer, kind=LinkKind.PASSWORD)
    link = selectors.link_of(secret)
    with pytest.raises(actions.LinkSpent):
        actions.use_for_factor(actor=lawyer, link=link)
    assert selectors.link_of(secret) is not None


@pytest.mark.parametrize(("country", "zone"), [("tj", "Asia/Dushanbe"), ("AZ", "Asia/Baku"), ("xx", "UTC")])
def test_it_takes_the_clock_of_its_country_for_a_new_organisation(db, country, zone):
    user = actions.add_member(
        actor=None, username="somebody", display_name="Somebody", role="lawyer", organisation_code="new", password=None,
        country=country,
    )  # fmt: skip
    assert user.memberships.get().organisation.zone == zone
