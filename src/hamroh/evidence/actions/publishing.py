"""An edition becomes public: approved by one, published and frozen by another; endorsed, corrected beside itself, withdrawn."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.evidence import freezing
from hamroh.evidence.actions.indexing import index_edition
from hamroh.evidence.actions.reviewing import unsettled
from hamroh.evidence.models import Edition, Endorsement, Erratum, FrozenEdition, Observation
from hamroh.evidence.presenting.manifest import digest
from hamroh.evidence.selectors.answers import blocking
from hamroh.evidence.states import EditionStates
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal


class PublishingRefused(ValueError):
    """It cannot be done so; the message says why."""


def hindrances(edition: Edition) -> list[str]:
    """What stops an edition from being approved or published, in words of the reader; empty where nothing does."""
    found = []
    if edition.rounds.filter(state="open").exists():
        found.append(_("A round of review is open. Close it first."))
    if count := unsettled(edition):
        told = ngettext("%(count)d comment is not settled.", "%(count)d comments are not settled.", count)
        found.append(told % {"count": count})
    if count := len(blocking(edition)):
        told = ngettext(
            "%(count)d error that the rules find is not answered for.", "%(count)d errors that the rules find are not answered for.", count
        )  # fmt: skip
        found.append(told % {"count": count})
    return found


@transaction.atomic
def approve(*, actor: Any, edition: Edition) -> Edition:
    """Say that it may be published as it is now: every comment settled, every error answered for."""
    policy.require(actor, "evidence.approve", edition)
    stored = _move(edition, "approved")
    _refuse_hindered(stored)
    if stored.as_of is None:
        stored.as_of = local_date(timezone.now(), stored.organisation)
    stored.approved_at, stored.approved_by = timezone.now(), actor
    stored.approved_digest = digest(freezing.content_of(stored))
    stored.save()
    journal.record(actor=actor, verb="evidence.approve", about=stored, facts={"digest": stored.approved_digest})
    return stored


@transaction.atomic
def send_back(*, actor: Any, edition: Edition) -> Edition:
    """Back to be written; an approval counts no more."""
    policy.require(actor, "evidence.approve", edition)
    stored = _move(edition, "draft")
    if stored.rounds.filter(state="open").exists():
        raise PublishingRefused(_("A round of review is open. Close it first."))
    stored.approved_at, stored.approved_by, stored.approved_digest = None, None, ""
    stored.save()
    journal.record(actor=actor, verb="evidence.send_back", about=stored)
    return stored


@transaction.atomic
def publish(*, actor: Any, edition: Edition) -> FrozenEdition:
    """Freeze it and make it public. Whoever approved it does not publish it, and nothing else than was approved is published."""
    policy.require(actor, "evidence.publish", edition)
    stored = _move(edition, "published")
    if stored.approved_by_id == actor.pk:
        raise PublishingRefused(_("You approved it: somebody else has to publish it."))
    _refuse_hindered(stored)
    content = freezing.content_of(stored)
    if digest(content) != stored.approved_digest:
        raise PublishingRefused(_("It was changed after it was approved. Send it back and have it approved anew."))
    frozen = FrozenEdition.objects.create(edition=stored, manifest=content, digest=digest(content), frozen_by=actor)
    stored.save(update_fields=["state", "updated_at"])
    index_edition(stored)
    journal.record(actor=actor, verb=freezing.PUBLISHED, about=stored, facts={"digest": frozen.digest})
    return frozen


@transaction.atomic
def withdraw(*, actor: Any, edition: Edition, texts: Mapping[str, str]) -> Edition:
    """Take a published edition back, with the reason beside it; its frozen copy stays."""
    policy.require(actor, "evidence.publish", edition)
    stored = _move(edition, "withdrawn")
    said = _said(texts)
    stored.save(update_fields=["state", "updated_at"])
    Erratum.objects.create(edition=stored, texts=said, made_by=actor)
    index_edition(stored)
    journal.record(actor=actor, verb="evidence.withdraw", about=stored)
    return stored


@transaction.atomic
def endorse(*, actor: Any, edition: Edition, body: str, endorsed_date: dt.date, document: str = "") -> Endorsement:
    """Record that a body stands behind the edition, with the digest of what it says now."""
    policy.require(actor, "evidence.endorse", edition)
    if not body.strip():
        raise PublishingRefused(_("Name the body that stands behind it."))
    if endorsed_date > local_date(timezone.now(), edition.organisation):
        raise PublishingRefused(_("This day is yet to come."))
    made = Endorsement.objects.create(
        edition=edition, body=body.strip(), endorsed_date=endorsed_date, document=document.strip(), recorded_by=actor,
        digest=digest(freezing.content_of(edition)),
    )  # fmt: skip
    journal.record(actor=actor, verb="evidence.endorse", about=edition, facts={"digest": made.digest})
    return made


@transaction.atomic
def correct(
    *, actor: Any, edition: Edition, texts: Mapping[str, str], block_key: str = "", figure: str = ""
) -> Erratum:
    """Tell beside a published edition what it says wrongly; the edition itself stays as it is."""
    policy.require(actor, "evidence.correct", edition)
    frozen = FrozenEdition.objects.filter(edition=edition).first()
    if frozen is None:
        raise PublishingRefused(_("It is not published yet: correct it itself."))
    if block_key and block_key not in freezing.blocks_of(json.loads(bytes(frozen.manifest))):
        raise PublishingRefused(_("There is no such block in what was published."))
    made = Erratum.objects.create(
        edition=edition, block=block_key, observation=_figure(figure), texts=_said(texts), made_by=actor
    )
    journal.record(actor=actor, verb="evidence.correct", about=edition, facts={"block": block_key})
    return made


def _move(edition: Edition, state: str) -> Edition:
    """The stored edition, held until the transaction ends, in its next state; refused where that does not lead there."""
    stored = (
        Edition.objects.select_for_update().select_related("profile", "template", "organisation").get(pk=edition.pk)
    )
    try:
        EditionStates.check(stored.state, state)
    except MoveRefused:
        raise PublishingRefused(_("Somebody was quicker: the edition is in another state now.")) from None
    stored.state = state
    return stored


def _refuse_hindered(edition: Edition) -> None:
    if found := hindrances(edition):
        raise PublishingRefused(" ".join(found))


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    said = {lang: text.strip() for lang, text in texts.items() if text.strip()}
    if not said:
        raise PublishingRefused(_("Say it in at least one language."))
    return said


def _figure(code: str) -> Observation | None:
    if not code.strip():
        return None
    found: Observation | None = Observation.objects.filter(code=code.strip()).first()
    if found is None:
        raise PublishingRefused(_("There is no figure with this code."))
    return found
