"""Writing an edition: its front, its blocks, their order; a later edition made from it. What is frozen is refused."""

import copy
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.evidence.contents import Unfit, cleaned
from hamroh.evidence.models import Block, BlockVersion, Edition, PrintedNote, Profile, Template
from hamroh.vault import journal

#: what an edition may be told of itself
_FRONT = frozenset({"titles", "languages", "as_of", "apparatus"})


class EditRefused(ValueError):
    """It cannot be written so; the message says why."""


class EditedMeanwhile(Exception):
    """Somebody saved the block after it was opened; ``block`` is as it stands now, and nothing was written."""

    def __init__(self, block: Block) -> None:
        self.block = block
        super().__init__("edited meanwhile")


def require_unfrozen(edition: Edition) -> Edition:
    """The edition as stored, held until the transaction ends; EditRefused where it changes no more."""
    stored = Edition.objects.select_for_update().get(pk=edition.pk)
    if stored.is_frozen:
        raise EditRefused(
            _("This edition is published and changes no more. Tell of an error beside it, or begin the next edition.")
        )
    return stored


@transaction.atomic
def start_profile(
    *,
    actor: Any,
    organisation: Organisation,
    template: Template,
    area: str,
    key: str,
    names: Mapping[str, str],
    label: str,
) -> Edition:
    """A profile of a country with an empty first edition."""
    policy.require(actor, "evidence.edit", Profile(maintainer=organisation))
    if Profile.objects.filter(key=key).exists():
        raise EditRefused(_("There is a profile with this name in its address already."))
    profile = Profile.objects.create(area=area, key=key, names=dict(names), maintainer=organisation)
    edition = Edition.objects.create(
        profile=profile, organisation=organisation, template=template, label=label, titles=dict(names), languages=sorted(names),
        as_of=timezone.localdate(),
    )  # fmt: skip
    journal.record(actor=actor, verb="evidence.start_profile", about=edition, facts={"area": area})
    return edition


@transaction.atomic
def edit_front(*, actor: Any, edition: Edition, facts: Mapping[str, Any], seen: str = "") -> Edition:
    """What the edition says of itself: titles, languages, the day it is as of, its apparatus; ``seen`` is the state that was opened."""
    policy.require(actor, "evidence.edit", edition)
    stored = require_unfrozen(edition)
    if seen and seen != stored.updated_at.isoformat():
        raise EditRefused(
            _("Somebody saved these words while you were writing. Yours stand below: compare them, then save again.")
        )
    for name in _FRONT & facts.keys():
        setattr(stored, name, facts[name])
    stored.save()
    journal.record(
        actor=actor,
        verb="evidence.edit_front",
        about=stored,
        facts={"changed": " ".join(sorted(_FRONT & facts.keys()))},
    )
    return stored


@transaction.atomic
def add_block(
    *, actor: Any, edition: Edition, kind: str, section: str, content: Mapping[str, Any], slot: str = "", key: str = ""
) -> Block:
    """A block at the end of its section, under ``key`` or the next free name of its kind."""
    policy.require(actor, "evidence.edit", edition)
    stored = require_unfrozen(edition)
    last = stored.blocks.filter(section=section).aggregate(last=Max("position"))["last"]
    if key and stored.blocks.filter(key=key).exists():
        raise EditRefused(_("There is a block with this name already."))
    block = Block.objects.create(
        edition=stored, kind=kind, section=section, slot=slot, key=key or next_key(stored, kind, section),
        position=0 if last is None else last + 1, content=_fit(kind, content), updated_by=actor,
    )  # fmt: skip
    journal.record(actor=actor, verb="evidence.add_block", about=stored, facts={"block": block.key, "kind": kind})
    return block


@transaction.atomic
def edit_block(*, actor: Any, block: Block, content: Mapping[str, Any], seen: int) -> Block:
    """Save what a block says; ``seen`` is the version that was opened. EditedMeanwhile where somebody was quicker."""
    policy.require(actor, "evidence.edit", block)
    require_unfrozen(block.edition)
    stored, fit = _current(block, seen), _fit(block.kind, content)
    if fit == stored.content:
        return stored
    BlockVersion.objects.create(
        block=stored,
        version=stored.version,
        content=stored.content,
        saved_at=stored.updated_at,
        saved_by=stored.updated_by,
    )
    stored.content, stored.version, stored.updated_by = fit, stored.version + 1, actor
    stored.save()
    journal.record(
        actor=actor,
        verb="evidence.edit_block",
        about=stored.edition,
        facts={"block": stored.key, "version": stored.version},
    )
    return stored


@transaction.atomic
def restore_block(*, actor: Any, block: Block, version: int, seen: int) -> Block:
    """Make a block say again what it said in an earlier version; what it says now is kept, too."""
    policy.require(actor, "evidence.edit", block)
    old = block.versions.filter(version=version).first()
    if old is None:
        raise EditRefused(_("There is no such version."))
    return edit_block(actor=actor, block=block, content=old.content, seen=seen)


@transaction.atomic
def move_block(*, actor: Any, block: Block, up: bool) -> None:
    """Change places with the block before or after it in its section; nothing happens at the end."""
    policy.require(actor, "evidence.edit", block)
    edition = require_unfrozen(block.edition)
    row = list(edition.blocks.filter(section=block.section).order_by("position", "key").values_list("pk", flat=True))
    at = row.index(block.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(row):
        return
    row[at], row[to] = row[to], row[at]
    for position, pk in enumerate(row):
        Block.objects.filter(pk=pk).exclude(position=position).update(position=position)
    journal.record(actor=actor, verb="evidence.move_block", about=edition, facts={"block": block.key})


@transaction.atomic
def place_block(*, actor: Any, block: Block, section: str, slot: str) -> None:
    """Put a block into a section and slot, at the section's end."""
    policy.require(actor, "evidence.edit", block)
    edition = require_unfrozen(block.edition)
    last = edition.blocks.filter(section=section).exclude(pk=block.pk).aggregate(last=Max("position"))["last"]
    Block.objects.filter(pk=block.pk).update(section=section, slot=slot, position=0 if last is None else last + 1)
    journal.record(actor=actor, verb="evidence.move_block", about=edition, facts={"block": block.key})


@transaction.atomic
def remove_block(*, actor: Any, block: Block, seen: int) -> None:
    """Take a block out with all that it ever said. EditedMeanwhile where it says something else than was seen."""
    policy.require(actor, "evidence.edit", block)
    edition = require_unfrozen(block.edition)
    stored = _current(block, seen)
    journal.record(
        actor=actor, verb="evidence.remove_block", about=edition, facts={"block": stored.key, "kind": stored.kind}
    )
    stored.delete()


@transaction.atomic
def copy_edition(*, actor: Any, edition: Edition, label: str) -> Edition:
    """The next edition, begun as a copy: blocks, template, notes and what frames them; figures stay those that they refer to."""
    policy.require(actor, "evidence.edit", edition)
    if edition.profile.editions.filter(label=label).exists():
        raise EditRefused(_("There is an edition of this name already."))
    made = Edition.objects.create(
        profile=edition.profile, organisation=edition.organisation, template=edition.template, label=label,
        titles=edition.titles, languages=edition.languages, as_of=timezone.localdate(), copied_from=edition,
        apparatus={name: said for name, said in edition.apparatus.items() if name not in ("date", "isbn")},
    )  # fmt: skip
    Block.objects.bulk_create(
        Block(edition=made, key=each.key, section=each.section, slot=each.slot, position=each.position, kind=each.kind,
              content=copy.deepcopy(each.content), updated_by=actor)
        for each in edition.blocks.order_by("position", "key")
    )  # fmt: skip
    PrintedNote.objects.bulk_create(
        PrintedNote(edition=made, number=each.number, source_id=each.source_id, ibid=each.ibid)
        for each in edition.printed_notes.order_by("number")
    )
    journal.record(actor=actor, verb="evidence.copy_edition", about=made, facts={"from": edition.code})
    return made


def next_key(edition: Edition, kind: str, section: str) -> str:
    """The next free name: ``T10`` for a table, ``C2`` for a chart, ``n-2.1`` for a text in section 2.1."""
    letter = {"table": "T", "chart": "C", "map": "M"}.get(kind)
    stem = letter or f"{kind[:1]}-{section}"
    held = set(edition.blocks.values_list("key", flat=True))
    names = (f"{stem}{number}" if letter else f"{stem}.{number}" for number in range(1, len(held) + 2))
    return next(name for name in ([] if letter else [stem]) + list(names) if name not in held)


def _current(block: Block, seen: int) -> Block:
    stored = (
        Block.objects.select_for_update(of=("self",)).select_related("edition__profile", "updated_by").get(pk=block.pk)
    )
    if stored.version != seen:
        raise EditedMeanwhile(stored)
    return stored


def _fit(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return cleaned(kind, content)
    except Unfit as unfit:
        raise EditRefused(str(unfit)) from unfit
