"""Rounds of review: open one, ask somebody, comment, answer, say what became of a comment, close."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Notice, Organisation, RecordGrant, Role, User
from hamroh.accounts.policy.facts import kind_of
from hamroh.accounts.zones import local_date, zone_of
from hamroh.evidence import notices
from hamroh.evidence.actions.editing import require_unfrozen
from hamroh.evidence.models import (
    Block,
    Comment,
    Edition,
    Observation,
    Outcome,
    Resolution,
    Reviewer,
    ReviewRole,
    Round,
)
from hamroh.evidence.selectors.data import codes_in
from hamroh.vault import journal

#: what a reviewer of another organisation may do to the one edition
LENT = ("evidence.comment", "evidence.see_draft")
#: in whose role somebody can review for an organisation
REVIEWS = (Role.ANALYST, Role.PROGRAMME_MANAGER, Role.PARTNER_GUEST)
LONGEST = 5000


class ReviewRefused(ValueError):
    """It cannot be done so; the message says why."""


@transaction.atomic
def open_round(*, actor: Any, edition: Edition, deadline_date: dt.date, asks: str = "") -> Round:
    """Open the next round on a draft or on an edition in review, until the end of a day where its organisation works."""
    policy.require(actor, "evidence.hold_round", edition)
    stored = require_unfrozen(edition)
    if stored.state not in ("draft", "review"):
        raise ReviewRefused(_("It is approved. Send it back to be written, then open a round."))
    if stored.rounds.filter(state="open").exists():
        raise ReviewRefused(_("A round is open already. Close it before the next one."))
    if deadline_date <= local_date(timezone.now(), stored.organisation):
        raise ReviewRefused(_("Choose a day that is yet to come."))
    number = (stored.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Round.objects.create(
        edition=stored, number=number, deadline_date=deadline_date, asks=asks.strip(), opened_by=actor
    )
    Edition.objects.filter(pk=stored.pk).update(state="review")
    facts = {"round": number, "until": deadline_date.isoformat()}
    journal.record(actor=actor, verb="evidence.open_round", about=stored, facts=facts)
    return made


@transaction.atomic
def ask(*, actor: Any, round: Round, username: str, organisation: Organisation, role: str) -> Reviewer:  # noqa: A002 - the field's term
    """Ask somebody to review for an organisation: the edition is lent to them until the round ends."""
    policy.require(actor, "evidence.hold_round", round)
    edition = _of_open(round).edition
    user = _who_can(username, organisation, edition)
    if user is None:
        raise ReviewRefused(
            _("Nobody of this user name can review for that organisation. They need to be a guest or an analyst there.")
        )
    if Reviewer.objects.filter(round=round, user=user, excused_at=None).exists():
        raise ReviewRefused(_("They were asked already."))
    as_what = {"organisation": organisation, "role": ReviewRole(role).value, "excused_at": None, "finished_at": None}
    made, _new = Reviewer.objects.update_or_create(round=round, user=user, defaults=as_what)
    if organisation.pk != edition.organisation_id:
        _lend(actor, round, made)
    facts = {"round": round.number, "user": str(user.pk), "for": str(organisation.pk), "role": made.role}
    journal.record(actor=actor, verb="evidence.ask_reviewer", about=edition, facts=facts)
    policy.forget()
    notices.tell([user], Notice.About.ROUND, edition)
    return made


@transaction.atomic
def comment(
    *,
    actor: Any,
    edition: Edition,
    text: str,
    block_key: str = "",
    figure: str = "",
    parent: Comment | None = None,
    **came: Any,
) -> Comment:
    """Say something of a block, of one figure in it, of the whole edition (no block), or in answer to ``parent``.

    ``came`` are further columns of a comment of a Word copy: ``author_name``, ``came_by``, ``mark``.
    """
    policy.require(actor, "evidence.comment", edition)
    held = edition.rounds.filter(state="open").select_related("edition__organisation").first()
    if held is None:
        raise ReviewRefused(_("No round is open: comments are taken while one is."))
    if not (said := text.strip()):
        raise ReviewRefused(_("Write what you want to say."))
    block, shown = _place(edition, parent.block_key if parent else block_key, "" if parent else figure)
    reviewer = Reviewer.objects.filter(round=held, user=actor).first()
    columns = {"author_name": str(actor), **came}
    made = Comment.objects.create(
        round=held, block=block, block_key=block.key if block else "", block_version=block.version if block else 0,
        observation=shown, parent=_first_of(parent, edition, actor), author=actor, text=said[:LONGEST],
        role=reviewer.role if reviewer else ReviewRole.AUTHOR, **columns,
    )  # fmt: skip
    facts = {"round": held.number, "block": made.block_key, "by": made.came_by}
    journal.record(actor=actor, verb="evidence.comment", about=edition, facts=facts)
    _tell_of(made, edition, actor)
    return made


@transaction.atomic
def resolve(*, actor: Any, comment: Comment, outcome: str, reason: str = "", figure: str = "") -> Resolution:
    """Say what became of a comment: accepted; rejected, with the reason; or answered by a figure that was recorded for it."""
    policy.require(actor, "evidence.hold_round", comment)
    edition = require_unfrozen(comment.round.edition)
    if comment.parent_id is not None:
        raise ReviewRefused(_("An answer is settled with the comment that it belongs to."))
    if outcome == Outcome.REJECTED and not reason.strip():
        raise ReviewRefused(_("Say why it is not taken: whoever took the time to comment will read it."))
    recorded = _recorded(comment, figure) if outcome == Outcome.NEW_OBSERVATION else None
    made = Resolution.objects.create(
        comment=comment, outcome=Outcome(outcome).value, reason=reason.strip(), observation=recorded, decided_by=actor
    )
    facts = {"comment": str(comment.pk), "outcome": made.outcome}
    journal.record(actor=actor, verb="evidence.resolve", about=edition, facts=facts)
    notices.tell([each for each in [comment.author] if each and each.pk != actor.pk], Notice.About.SETTLED, edition)
    return made


@transaction.atomic
def finish(*, actor: Any, edition: Edition) -> None:
    """The reviewer has said what there was to say; who holds the round is told. Once is enough."""
    policy.require(actor, "evidence.comment", edition)
    mine = Reviewer.objects.filter(round__edition=edition, round__state="open", user=actor, finished_at=None)
    if mine.update(finished_at=timezone.now()):
        journal.record(actor=actor, verb="evidence.finish_review", about=edition)
        notices.tell_authors(edition, but=actor)


@transaction.atomic
def close_round(*, actor: Any, round: Round) -> None:  # noqa: A002 - the field's term
    """End a round: what was lent is taken back at once; its comments stay to be settled. One that is closed stays as it is."""
    policy.require(actor, "evidence.hold_round", round)
    edition = Edition.objects.select_for_update().get(pk=round.edition_id)
    if not Round.objects.filter(pk=round.pk, state="open").update(state="closed", closed_at=timezone.now()):
        return
    _take_back(actor, edition, round)
    journal.record(actor=actor, verb="evidence.close_round", about=edition, facts={"round": round.number})


def ends_at(round: Round) -> dt.datetime:  # noqa: A002 - the field's term
    """The moment after which nothing of a round is lent: midnight after its last day, where its organisation works."""
    day_after = round.deadline_date + dt.timedelta(days=1)
    return dt.datetime.combine(day_after, dt.time.min, zone_of(round.edition.organisation))


def unsettled(edition: Edition) -> int:
    """How many comments nobody has decided on."""
    return Comment.objects.filter(round__edition=edition, parent=None, resolutions=None).count()


def _of_open(round: Round) -> Round:  # noqa: A002 - the field's term
    if round.state != "open" or ends_at(round) <= timezone.now():
        raise ReviewRefused(_("This round has ended. Open the next one."))
    return round


def _who_can(username: str, organisation: Organisation, edition: Edition) -> User | None:
    """Somebody whose role there reaches the draft; a guest of our own organisation is lent nothing."""
    roles = [role for role in REVIEWS if role != Role.PARTNER_GUEST or organisation.pk != edition.organisation_id]
    held = Membership.objects.current().filter(organisation=organisation, role__in=roles)
    return User.objects.filter(username=username.strip(), is_active=True, pk__in=held.values("user")).first()


def _lend(actor: Any, round: Round, reviewer: Reviewer) -> None:  # noqa: A002 - the field's term
    """A loan on the right to hold the round: nobody else has to agree to what is asked of a reviewer."""
    edition = round.edition
    kind, pk = kind_of(edition), str(edition.pk)
    grant = RecordGrant.objects.create(
        record_kind=kind, record_id=pk, organisation_id=edition.organisation_id, to_organisation=reviewer.organisation,
        to_user=reviewer.user, verbs=list(LENT), ends_at=ends_at(round),
    )  # fmt: skip
    told = {
        "grant": str(grant.pk),
        "to": str(reviewer.organisation_id),
        "verbs": list(LENT),
        "until": grant.ends_at.isoformat(),
    }
    journal.record(actor=actor, verb="access.grant", about=edition, facts=told)


def _take_back(actor: Any, edition: Edition, round: Round) -> None:  # noqa: A002 - the field's term
    kind, pk = kind_of(edition), str(edition.pk)
    grants = RecordGrant.objects.filter(
        record_kind=kind, record_id=pk, to_user__in=round.reviewers.values("user"), revoked_at=None
    )
    for grant in list(grants):
        journal.record(actor=actor, verb="access.take_back", about=edition, facts={"grant": str(grant.pk)})
    grants.update(revoked_at=timezone.now())
    policy.forget()


def _place(edition: Edition, key: str, code: str) -> tuple[Block | None, Observation | None]:
    """The block, and the figure where it stands in that block; a key or a code from elsewhere is refused."""
    if not key:
        return None, None
    block = Block.objects.filter(edition=edition, key=key).first()
    if block is None or (code and code not in set(codes_in(block.content))):
        raise ReviewRefused(_("What you comment on is no longer there. Read the draft as it is now."))
    return block, Observation.objects.filter(code=code).first() if code else None


def _first_of(parent: Comment | None, edition: Edition, actor: Any) -> Comment | None:
    """The comment that begins the exchange: answers to answers stand beneath it, too. A reviewer answers in her own alone."""
    if parent is None:
        return None
    first = parent.parent or parent
    is_hers = first.author_id == actor.pk or policy.allowed(actor, "evidence.endorse", edition)
    if first.round.edition_id != edition.pk or not is_hers:
        raise policy.Refused("no such comment for this person")
    return first


def _tell_of(made: Comment, edition: Edition, actor: Any) -> None:
    """Who wrote the edition hears of a reviewer's comment; who commented hears of an answer."""
    first = made.parent
    if policy.allowed(actor, "evidence.hold_round", edition):
        if first is not None and first.author is not None and first.author_id != actor.pk:
            notices.tell([first.author], Notice.About.SETTLED, edition)
        return
    notices.tell_authors(edition, but=actor)


def _recorded(comment: Comment, code: str) -> Observation:
    found: Observation | None = Observation.objects.filter(code=code.strip()).first() if code.strip() else None
    if found is None or found.pk == comment.observation_id:
        raise ReviewRefused(_("Name the figure that was recorded for this comment, by its code."))
    return found
