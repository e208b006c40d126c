"""What the desk reads of reviews: rounds, who was asked, exchanges by block. A reviewer reads her own exchanges alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.evidence.models import Comment, Edition, Endorsement, Erratum, FrozenEdition, Resolution, Reviewer, Round


@dataclass(frozen=True)
class Exchange:
    """A comment with its answers and what became of it; ``figure`` is the code of the figure that it is about."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)
    resolution: Resolution | None = None

    @property
    def figure(self) -> str:
        return self.comment.observation.code if self.comment.observation else ""

    @property
    def is_settled(self) -> bool:
        return self.resolution is not None


def is_inside(actor: Any, edition: Edition) -> bool:
    """Whether somebody works where the edition is written: a reviewer from elsewhere does not read what others said."""
    return bool(policy.allowed(actor, "evidence.endorse", edition))


def edition_in_review(*, actor: Any, code: str, verb: str = "evidence.see_draft") -> Edition:
    """The edition with this code to which ``actor`` may do ``verb``; Refused where there is none."""
    rows = Edition.objects.filter(code=code)
    return policy.fetch(actor, verb, rows.select_related("profile", "organisation", "template", "approved_by"))[0]  # type: ignore[no-any-return]


def asked_of(*, actor: Any) -> QuerySet[Reviewer]:
    """Reviews that somebody was asked for and that are open to them now, the next deadline first."""
    open_ = policy.visible(actor, "evidence.see_draft", Edition.objects.all())
    rows = Reviewer.objects.filter(user=actor, excused_at=None, round__state="open", round__edition__in=open_)
    return rows.select_related("round__edition__profile", "organisation").order_by("round__deadline_date", "asked_at")


def under_review(*, actor: Any) -> list[Edition]:
    """Editions of the actor's own organisation that are in review or wait to be published, with how much is not settled."""
    rows = policy.visible(actor, "evidence.endorse", Edition.objects.filter(state__in=("review", "approved")))
    waiting = Q(rounds__comments__isnull=False, rounds__comments__parent=None, rounds__comments__resolutions=None)
    rows = rows.select_related("profile").annotate(waiting=Count("rounds__comments", filter=waiting, distinct=True))
    return list(rows.order_by("profile__key", "label"))


def rounds_of(*, actor: Any, edition: Edition) -> list[Round]:
    """All rounds with whom was asked, the newest first; a reviewer reads of herself alone."""
    people = Reviewer.objects.select_related("user", "organisation").order_by("asked_at")
    if not is_inside(actor, edition):
        people = people.filter(user=actor)
    rows = edition.rounds.select_related("edition__organisation", "opened_by").order_by("-number")
    return list(rows.prefetch_related(Prefetch("reviewers", queryset=people, to_attr="asked")))


def exchanges(*, actor: Any, edition: Edition, block: str | None = None, only_open: bool = False) -> list[Exchange]:
    """Comments with their answers, in the order in which they were made; of all rounds. Four queries, however many there are."""
    rows = Comment.objects.filter(round__edition=edition, parent=None)
    if not is_inside(actor, edition):
        rows = rows.filter(author=actor)
    if block is not None:
        rows = rows.filter(block_key=block)
    if only_open:
        rows = rows.filter(resolutions=None)
    return _with_answers(rows.order_by("made_at"))


def exchange_of(*, actor: Any, edition: Edition, pk: Any) -> Exchange:
    """One comment with its answers; Refused where there is none for this person."""
    rows = Comment.objects.filter(round__edition=edition, parent=None, pk=pk)
    if not is_inside(actor, edition):
        rows = rows.filter(author=actor)
    found = _with_answers(rows)
    if not found:
        raise policy.Refused("no such comment for this person")
    return found[0]


def _with_answers(rows: QuerySet[Comment]) -> list[Exchange]:
    replies = Comment.objects.order_by("made_at")
    settled = Resolution.objects.select_related("observation", "decided_by").order_by("-decided_at")
    found = rows.select_related("observation", "round", "author").prefetch_related(
        Prefetch("replies", queryset=replies, to_attr="answers"),
        Prefetch("resolutions", queryset=settled, to_attr="settled"),
    )
    return [Exchange(each, each.answers, next(iter(each.settled), None)) for each in found]


def by_block(found: Iterable[Exchange]) -> dict[str, list[Exchange]]:
    """Exchanges by the key of their block; "" holds those on the whole edition and on blocks that are gone."""
    beside = defaultdict[str, list[Exchange]](list)
    for each in found:
        beside[each.comment.block_key].append(each)
    return dict(beside)


def can_be_asked_for() -> list[Organisation]:
    """Organisations that somebody may review for."""
    return list(Organisation.objects.order_by("code"))


def endorsements_of(edition: Edition) -> list[Endorsement]:
    return list(edition.endorsements.select_related("recorded_by").order_by("endorsed_date"))


def errata_of(edition: Edition) -> list[Erratum]:
    return list(edition.errata.select_related("observation").order_by("made_at"))


def frozen_of(edition: Edition) -> FrozenEdition | None:
    """The frozen copy without its content."""
    rows = FrozenEdition.objects.filter(edition=edition).select_related("frozen_by")
    return rows.defer("manifest").first()


def comparable(*, actor: Any, edition: Edition) -> list[Edition]:
    """Other editions of the same profile that the actor may read, the newest first."""
    mine = policy.visible(actor, "evidence.see_draft", Edition.objects.all())
    rows = edition.profile.editions.exclude(pk=edition.pk).filter(
        Q(pk__in=mine) | Q(state="published", frozen__isnull=False)
    )
    return list(rows.select_related("profile").order_by("-created_at"))
