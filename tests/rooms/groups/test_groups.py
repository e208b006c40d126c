"""Groups, who runs them, members by alias, talks among peers."""

import datetime as dt

import pytest
from django.test import Client

from desk_world import TODAY, asked, at, page
from groups_world import ALIAS, LINE, MEETS, gathered, joined, talked, with_members
from hamroh.accounts import policy
from hamroh.accounts.models import Membership
from hamroh.groups import actions, selectors
from hamroh.groups.models import Facilitating, Group, Member, MemberRole, PeerSession
from hamroh.vault import retention
from hamroh.vault.models import JournalLine


def test_it_lists_to_a_facilitator_what_she_runs(circle, group) -> None:
    gathered(circle, actor=circle.manizha, names={"en": "Another group"})
    shown = page(circle.sitora, "/desk/groups/")
    assert ("Women of the mill" in shown, "Another group" in shown) == (True, False)


@pytest.mark.parametrize("who", ["manizha", "lola"])
def test_it_lists_all_of_the_organisation_to_who_leads(circle, group, who) -> None:
    assert "Women of the mill" in page(getattr(circle, who), "/desk/groups/")


def test_it_lists_nothing_of_another_organisation(circle, group) -> None:
    assert "Women of the mill" not in page(circle.vusala, "/desk/groups/")


def test_it_judges_each_group_as_the_list_finds_it(circle, group) -> None:
    """The policy says twice who owns a group together with others: for one, and for many."""
    gathered(circle, actor=circle.manizha)
    second = gathered(circle, actor=circle.parvina)
    actions.begin_facilitating(actor=circle.manizha, group=second, person=circle.sitora, from_date=TODAY)
    for who in (circle.sitora, circle.parvina, circle.zebo, circle.vusala, circle.manizha):
        for verb in ("group.see", "group.members"):
            judged = {row.pk for row in Group.objects.all() if policy.allowed(who, verb, row)}
            assert judged == set(policy.visible(who, verb, Group.objects.all()).values_list("pk", flat=True))


def test_it_takes_as_many_queries_for_many_groups_as_for_one(circle, group) -> None:
    client = at(circle.manizha)
    few = asked(client, "/desk/groups/")
    for number in range(4):
        gathered(circle, names={"en": f"Group {number}"})
    assert asked(client, "/desk/groups/") == few


def test_it_takes_as_many_queries_for_many_members_as_for_few(circle) -> None:
    group, _members = with_members(circle, 2)
    client, address = at(circle.sitora), f"/desk/groups/{group.code}/members/"
    few = asked(client, address)
    for number in range(6):
        joined(circle, group, f"more {number}", roles=["counsellor"])
    assert asked(client, address) == few


def test_it_writes_down_who_opened_the_aliases(circle) -> None:
    group, _members = with_members(circle, 3)
    page(circle.sitora, f"/desk/groups/{group.code}/members/")
    lines = JournalLine.objects.filter(verb="group.members", record_id=str(group.pk), actor_id=circle.sitora.pk)
    assert lines.count() >= 1


def test_it_shows_a_programme_manager_no_member(circle) -> None:
    group, _members = with_members(circle)
    shown = page(circle.lola, f"/desk/groups/{group.code}/")
    assert not any(word in shown for word in (ALIAS, MEETS, LINE, "Talks among peers"))


def test_it_opens_a_group_by_its_form(circle) -> None:
    told = {
        "names_en": "New",
        "kind": "savings",
        "place": "Vakhsh [tj-kt-vakhsh]",
        "founded": "05.2024",
        "meets": MEETS,
    }
    answer = at(circle.parvina).post("/desk/groups/new/", told)
    row = Group.objects.get()
    assert (answer.status_code, row.founded_date, row.area) == (302, "2024-05", "/tj-kt/tj-kt-vakhsh/")
    assert row.facilitators == f"/{circle.parvina.pk}/"


def test_it_keeps_what_was_typed_on_an_error(circle) -> None:
    answer = at(circle.parvina).post("/desk/groups/new/", {"names_en": "Kept words", "kind": "savings", "place": ""})
    assert (answer.status_code, "Kept words" in answer.content.decode()) == (422, True)


def test_it_names_whoever_runs_a_group_that_a_leader_writes_down(circle) -> None:
    told = {
        "names_en": "New",
        "kind": "savings",
        "place": "Vakhsh [tj-kt-vakhsh]",
        "facilitator": str(circle.parvina.pk),
    }
    at(circle.lola).post("/desk/groups/new/", told)
    assert Facilitating.objects.get().person == circle.parvina


def test_it_shuts_to_who_lost_the_role(circle, group) -> None:
    Membership.objects.filter(user=circle.sitora).update(expires_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    assert at(circle.sitora).get(f"/desk/groups/{group.code}/").status_code == 404


def test_it_names_no_facilitator_who_is_none(circle, group) -> None:
    with pytest.raises(actions.NotNow):
        actions.begin_facilitating(actor=circle.manizha, group=group, person=circle.zebo, from_date=TODAY)


def test_it_writes_no_change_over_another(circle, group) -> None:
    seen = group.changed_at
    about = actions.About(kind="mutual_aid", names={"en": "First"}, place=circle.vakhsh)
    actions.change_group(actor=circle.sitora, group=group, about=about, seen=seen)
    with pytest.raises(actions.NotNow):
        actions.change_group(actor=circle.manizha, group=group, about=about, seen=seen)


def test_it_leaves_sealed_words_to_who_may_read_them(circle, group) -> None:
    about = actions.About(kind="mutual_aid", names={"en": "Renamed"}, place=circle.vakhsh)
    actions.change_group(actor=circle.lola, group=group, about=about, seen=group.changed_at)
    assert MEETS in page(circle.sitora, f"/desk/groups/{group.code}/")


def test_it_writes_nothing_into_a_closed_group(circle, group) -> None:
    actions.move_group(actor=circle.sitora, group=group, after="closed", before="active")
    with pytest.raises(actions.NotNow):
        joined(circle, group)


# -- members ---------------------------------------------------------------------------------------------------------


def test_it_needs_no_legal_name(circle, group) -> None:
    names = {field.name for field in Member._meta.fields}
    assert not names & {"name", "names", "born", "document", "phone"}
    assert joined(circle, group).number == 1


def test_it_gives_no_number_twice(circle, group) -> None:
    first = joined(circle, group)
    actions.forget_alias(actor=circle.sitora, group=group, member=first)
    actions.leave_group(actor=circle.sitora, group=group, member=first, left_date=TODAY)
    assert joined(circle, group).number == 2


def test_it_erases_an_alias_and_keeps_the_number(circle, group) -> None:
    row = joined(circle, group)
    at(circle.sitora).post(f"/desk/groups/{group.code}/members/{row.pk}/forget/")
    shown = page(circle.sitora, f"/desk/groups/{group.code}/members/")
    row.refresh_from_db()
    assert (ALIAS in shown, row.number, row.alias.ciphertext) == (False, 1, None)


def test_it_erases_an_alias_in_a_closed_group_too(circle, group) -> None:
    row = joined(circle, group)
    actions.move_group(actor=circle.sitora, group=group, after="closed", before="active")
    actions.forget_alias(actor=circle.sitora, group=group, member=row)
    row.refresh_from_db()
    assert row.alias_erased_at is not None


def test_it_ends_the_roles_of_who_leaves(circle, group) -> None:
    row = joined(circle, group, roles=["treasurer", "counsellor"])
    actions.leave_group(actor=circle.sitora, group=group, member=row, left_date=TODAY)
    assert not MemberRole.objects.filter(until_date=None).exists()


def test_it_gives_a_role_once(circle, group) -> None:
    row = joined(circle, group, roles=["treasurer"])
    with pytest.raises(actions.NotNow):
        actions.give_role(actor=circle.sitora, group=group, member=row, role="treasurer", from_date=TODAY)


# -- talks among peers -----------------------------------------------------------------------------------------------


def test_it_keeps_no_tie_between_a_talk_and_a_member() -> None:
    related = {field.related_model for field in PeerSession._meta.get_fields() if field.is_relation}
    assert Member not in related
    assert not [
        field for field in Member._meta.get_fields() if field.is_relation and field.related_model is PeerSession
    ]


def test_it_keeps_the_week_of_a_talk_and_not_its_day(circle, group) -> None:
    row = talked(circle, group, on_date=dt.date(2026, 11, 20))
    assert row.week_date == dt.date(2026, 11, 16)


@pytest.mark.parametrize(("came", "kept"), [(2, False), (3, True)])
def test_it_takes_themes_only_where_three_or_more_came(circle, group, came, kept) -> None:
    told = {"on_date": "2026-11-20", "minutes": "60", "came": str(came), "themes": ["violence"]}
    answer = at(circle.sitora).post(f"/desk/groups/{group.code}/talks/new/", told)
    assert (answer.status_code == 302, PeerSession.objects.exists()) == (kept, kept)


def test_it_takes_a_talk_of_two_without_themes(circle, group) -> None:
    assert talked(circle, group, came=2, themes=[]).themes == []


def test_it_has_no_place_for_what_was_said() -> None:
    from hamroh.groups.forms.groups import Talk

    assert set(Talk.base_fields) == {"on_date", "minutes", "came", "themes"}


def test_it_counts_themes_of_many_talks(circle, group) -> None:
    talked(circle, group)
    talked(circle, group, themes=["grief"])
    assert selectors.themes(group=group, since=TODAY - dt.timedelta(days=30)) == [("grief", 2), ("alimony", 1)]


# -- keeping ---------------------------------------------------------------------------------------------------------


def test_it_is_kept_by_a_period_from_its_closing() -> None:
    of = retention.find("group")
    assert of is not None
    assert (of.counted, "groups.member" in of.goes_with, "groups.peersession" in of.goes_with) == (
        "closed_date",
        True,
        True,
    )


def test_it_names_nobody_in_titles_and_the_journal(circle) -> None:
    group, members = with_members(circle, 2)
    client: Client = at(circle.sitora)
    for path in ("", "members/", f"members/{members[0].pk}/", "talks/"):
        answer = client.get(f"/desk/groups/{group.code}/{path}").content.decode()
        assert ALIAS not in answer.partition("<title>")[2].partition("</title>")[0]
    lines = " ".join(str(vars(line)) for line in JournalLine.objects.all())
    assert not any(word in lines for word in (ALIAS, MEETS, LINE))
