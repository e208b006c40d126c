"""Notes, matches with other vocabularies, and groups of concepts."""

from collections.abc import Mapping as Texts
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.actions.changes import log_change
from hamroh.thesaurus.actions.writing import EditRefused, begin, finish, refuse_elsewhere, require_keeper
from hamroh.thesaurus.drafts import apart
from hamroh.thesaurus.models import ChangeKind, Concept, Group, GroupKind, GroupMember, Mapping, Match, Note, Scheme
from hamroh.vault import journal

_SCHEMES = ("http://", "https://", "urn:")


@transaction.atomic
def add_note(
    *, actor: Any, layer: Scheme, concept: Concept, kind: str, lang: str, text: str, seen: int | None = None
) -> Note:
    """A definition, a scope note or another note that this layer gives."""
    concept = begin(actor, layer, concept, seen)
    if not text.strip():
        raise EditRefused(_("Write the note."))
    note = Note.objects.create(concept=concept, kind=kind, lang=lang, text=text.strip(), scheme=layer)
    _finish_note(actor, note, "add_note", ChangeKind.NOTE_ADDED)
    return note


@transaction.atomic
def remove_note(*, actor: Any, note: Note, seen: int | None = None) -> None:
    """Take away a note that this layer gave."""
    begin(actor, note.scheme, note.concept, seen)
    Note.objects.filter(pk=note.pk).delete()
    _finish_note(actor, note, "remove_note", ChangeKind.NOTE_REMOVED)


def _finish_note(actor: Any, note: Note, verb: str, kind: str) -> None:
    facts = {"kind": str(note.kind), "lang": note.lang}
    said = {"lang": note.lang, "detail": str(note.kind), "text": note.text}
    finish(actor, note.scheme, note.concept, verb, kind, facts=facts, **said)


@transaction.atomic
def add_mapping(
    *, actor: Any, layer: Scheme, concept: Concept, kind: str, uri: str, seen: int | None = None
) -> Mapping:
    """A match with a concept of another vocabulary; exactly the same is not wider, narrower or related as well."""
    concept = begin(actor, layer, concept, seen)
    uri = uri.strip()
    if not uri.startswith(_SCHEMES) or any(sign.isspace() or sign in '<>"{}|\\^`' for sign in uri):
        raise EditRefused(_("Give the whole address of the other concept, such as https://example.org/concept/42."))
    held = set(Mapping.objects.filter(concept=concept, uri=uri).values_list("kind", flat=True))
    if kind in held:
        raise EditRefused(_("The concept has this match already."))
    if clash := held & _clashing(kind):
        raise EditRefused(
            _("The concept is matched with that address in another way already: %(way)s.")
            % {"way": ", ".join(sorted(str(Match(each).label) for each in clash))}
        )
    mapping = Mapping.objects.create(concept=concept, kind=kind, uri=uri, scheme=layer)
    _finish_mapping(actor, mapping, "add_mapping", ChangeKind.MAPPING_ADDED)
    return mapping


def _clashing(kind: str) -> set[str]:
    others = {str(each) for each in (Match.BROAD, Match.NARROW, Match.RELATED)}
    return others if kind == Match.EXACT else {str(Match.EXACT)} if kind in others else set()


@transaction.atomic
def remove_mapping(*, actor: Any, mapping: Mapping, seen: int | None = None) -> None:
    """Take away a match that this layer gave."""
    begin(actor, mapping.scheme, mapping.concept, seen)
    Mapping.objects.filter(pk=mapping.pk).delete()
    _finish_mapping(actor, mapping, "remove_mapping", ChangeKind.MAPPING_REMOVED)


def _finish_mapping(actor: Any, mapping: Mapping, verb: str, kind: str) -> None:
    facts = {"kind": str(mapping.kind)}
    finish(actor, mapping.scheme, mapping.concept, verb, kind, facts=facts, detail=str(mapping.kind), text=mapping.uri)


@transaction.atomic
def add_group(
    *,
    actor: Any,
    scheme: Scheme,
    titles: Texts[str, str],
    kind: str = GroupKind.COLLECTION,
    parent: Group | None = None,
    superordinate: Concept | None = None,
) -> Group:
    """A group of a layer; an array has the concept that it parts what lies under, other kinds do not."""
    require_keeper(actor, scheme)
    said = {lang: text.strip() for lang, text in titles.items() if text.strip()}
    if not said:
        raise EditRefused(_("A group needs a title."))
    _refuse_array(scheme, kind, superordinate)
    key = slugify(said.get("en", ""))[:80] or f"{scheme.code}-group"
    uri = f"{scheme.uri.rstrip('/')}{':' if scheme.uri.startswith('urn:') else '/'}group-{key}"
    if Group.objects.filter(scheme=scheme, key=key).exists() or Group.objects.filter(uri=uri).exists():
        key, uri = apart(key, f"{uri}{Group.objects.count()}"), apart(uri, f"{uri}{Group.objects.count()}")
    values = {"titles": said, "kind": kind, "parent": parent, "superordinate": superordinate}
    is_field = kind in (GroupKind.DOMAIN, GroupKind.MICROTHESAURUS)
    group = Group.objects.create(scheme=scheme, key=key, uri=uri, is_concept_group=is_field, **values)
    journal.record(actor=actor, verb="thesaurus.add_group", about=scheme, facts={"group": key, "kind": str(kind)})
    return group


def _refuse_array(scheme: Scheme, kind: str, superordinate: Concept | None) -> None:
    if (kind == GroupKind.ARRAY) != (superordinate is not None):
        raise EditRefused(_("An array stands under a concept; other groups do not."))
    if superordinate is not None:
        refuse_elsewhere(superordinate, scheme)


@transaction.atomic
def remove_group(*, actor: Any, group: Group) -> None:
    """Take away a group that holds no other; its concepts stay."""
    require_keeper(actor, group.scheme)
    if group.subgroups.exists():
        raise EditRefused(_("The group holds other groups. Take those away first."))
    scheme, key = group.scheme, group.key
    group.delete()
    journal.record(actor=actor, verb="thesaurus.remove_group", about=scheme, facts={"group": key})


@transaction.atomic
def put_into_group(*, actor: Any, group: Group, concept: Concept, seen: int | None = None) -> None:
    """Put a concept of this vocabulary, or of one that it lies on, into a group."""
    concept = begin(actor, group.scheme, concept, seen)
    _row, made = GroupMember.objects.get_or_create(group=group, concept=concept)
    if made:
        _finish_group(actor, group, concept, "put_into_group", ChangeKind.GROUP_ADDED)


@transaction.atomic
def take_out_of_group(*, actor: Any, group: Group, concept: Concept, seen: int | None = None) -> None:
    """Take a concept out of a group."""
    concept = begin(actor, group.scheme, concept, seen)
    if GroupMember.objects.filter(group=group, concept=concept).delete()[0]:
        _finish_group(actor, group, concept, "take_out_of_group", ChangeKind.GROUP_REMOVED)


def _finish_group(actor: Any, group: Group, concept: Concept, verb: str, kind: str) -> None:
    log_change(group.scheme, concept, kind, text=group.key)
    journal.record(actor=actor, verb=f"thesaurus.{verb}", about=concept, facts={"group": group.key})
