"""Suggestions: made by anybody, discussed and voted on by editors, decided by the keeper's; accepting carries them out."""

import re
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.thesaurus.actions.describing import add_mapping
from hamroh.thesaurus.actions.editing import add_concept, add_label, edit_label, retire_concept
from hamroh.thesaurus.actions.writing import EditRefused, require_keeper
from hamroh.thesaurus.models import (
    Concept,
    Label,
    LabelKind,
    Match,
    Remark,
    Scheme,
    Suggestion,
    SuggestionKind,
    Vote,
)
from hamroh.thesaurus.selectors.drafts import chain
from hamroh.thesaurus.states import WAITING, SuggestionStates
from hamroh.vault import journal

#: the public's on one day: more is no honest day; more of the same says nothing new
MOST_A_DAY, MOST_OF_A_CONCEPT, MOST_TIMES = 200, 10, 99
LONGEST_WORD = 80
#: a number to be rung, an address to be written to: whoever types one is telling of a person
_SOMEBODY = re.compile(r"@|(\d[\s().-]*){5,}|https?:")


@transaction.atomic
def suggest(
    *, actor: Any, organisation: Organisation | None, scheme: Scheme, kind: str, why: str, **proposed: Any
) -> Suggestion:
    """Somebody at work proposes a change; ``proposed`` are concept, lang, text, instead_of, detail, other, explanation."""
    policy.require(actor, "thesaurus.suggest")
    made = Suggestion(scheme=scheme, kind=kind, why=why, made_by=actor, organisation=organisation, **proposed)
    _refuse_empty(made)
    made.received_date = timezone.localdate()
    made.save()
    journal.record(actor=actor, verb="thesaurus.suggest", about=made, facts={"kind": kind, "scheme": scheme.code})
    return made


@transaction.atomic
def suggest_publicly(*, scheme: Scheme, kind: str, why: str, **proposed: Any) -> None:
    """Anybody proposes a word: no free text but the word, nothing of who, of when only the day.

    The same on the same day is counted, not stored again; beyond a day's measure nothing is stored. No journal line is
    written: it would tell the moment.
    """
    made = Suggestion(scheme=scheme, kind=kind, why=why, received_date=timezone.localdate(), **proposed)
    _refuse_empty(made)
    if len(made.text) > LONGEST_WORD or (kind != SuggestionKind.MAPPING and _SOMEBODY.search(made.text)):
        raise EditRefused(_("Write only the word itself, without numbers, addresses or names of people."))
    today = Suggestion.objects.filter(received_date=made.received_date, made_by=None)
    said = {"scheme": scheme, "concept": made.concept, "kind": kind, "lang": made.lang, "text": made.text, "why": why}
    same = today.filter(**said, instead_of=made.instead_of, state=SuggestionStates.initial)
    if same.exists():
        same.filter(times__lt=MOST_TIMES).update(times=F("times") + 1)
    elif today.count() < MOST_A_DAY and today.filter(scheme=scheme, concept=made.concept).count() < MOST_OF_A_CONCEPT:
        made.save()


def _refuse_empty(made: Suggestion) -> None:
    made.text = " ".join(made.text.split())
    if made.kind not in SuggestionKind.values or (made.concept is None) != (made.kind == SuggestionKind.CONCEPT):
        raise EditRefused(_("Say what is suggested."))
    if made.kind != SuggestionKind.DEPRECATION and not made.text:
        raise EditRefused(_("Write the word."))


@transaction.atomic
def discuss(*, actor: Any, suggestion: Suggestion, text: str, organisation: Organisation | None = None) -> Remark:
    """Say something about a suggestion that waits."""
    policy.require(actor, "thesaurus.discuss")
    suggestion = _waiting(suggestion)
    if not text.strip():
        raise EditRefused(_("Write what you think."))
    remark = Remark.objects.create(suggestion=suggestion, said_by=actor, organisation=organisation, text=text.strip())
    if suggestion.state == SuggestionStates.initial:
        suggestion.state = SuggestionStates.discussed.name
        suggestion.save(update_fields=["state"])
    journal.record(actor=actor, verb="thesaurus.discuss", about=suggestion)
    return remark


@transaction.atomic
def vote(*, actor: Any, suggestion: Suggestion, choice: str) -> Vote:
    """Be for a suggestion, against it or neither; the last word before the decision counts."""
    policy.require(actor, "thesaurus.discuss")
    suggestion = _waiting(suggestion)
    if choice not in Vote.Choice.values:
        raise EditRefused(_("Choose one of the three."))
    now = timezone.now()
    said, _made = Vote.objects.update_or_create(
        suggestion=suggestion, voter=actor, defaults={"choice": choice, "voted_at": now}
    )
    journal.record(actor=actor, verb="thesaurus.vote", about=suggestion)
    return said


@transaction.atomic
def withdraw(*, actor: Any, suggestion: Suggestion) -> Suggestion:
    """Take back one's own suggestion."""
    policy.require(actor, "thesaurus.suggest")
    suggestion = _waiting(suggestion)
    if suggestion.made_by_id != actor.pk:
        raise EditRefused(_("Only who made a suggestion takes it back."))
    return _settle(actor, suggestion, SuggestionStates.withdrawn.name, "")


@transaction.atomic
def decide(*, actor: Any, suggestion: Suggestion, layer: Scheme, to: str, reason: str) -> Suggestion:
    """Accept a suggestion into ``layer``, or reject it, with a reason; accepting carries it out in the same breath."""
    require_keeper(actor, layer, "thesaurus.decide")
    suggestion = _waiting(suggestion)
    SuggestionStates.check(suggestion.state, to)
    if suggestion.scheme_id not in {scheme.pk for scheme in chain(layer)}:
        raise EditRefused(_("This layer does not lie on the vocabulary that the suggestion is about."))
    if not reason.strip():
        raise EditRefused(_("Say why: who suggested it reads the reason."))
    if to == SuggestionStates.accepted.name:
        suggestion.made = _carry_out(actor, suggestion, layer)
    return _settle(actor, suggestion, to, reason.strip())


def _settle(actor: Any, suggestion: Suggestion, to: str, reason: str) -> Suggestion:
    SuggestionStates.check(suggestion.state, to)
    suggestion.state, suggestion.reason = to, reason
    suggestion.decided_by, suggestion.decided_date = actor, timezone.localdate()
    suggestion.save(update_fields=["state", "reason", "decided_by", "decided_date", "made"])
    journal.record(actor=actor, verb="thesaurus.decide", about=suggestion, facts={"to": to})
    return suggestion


def _waiting(suggestion: Suggestion) -> Suggestion:
    """As stored, held until the transaction ends; EditRefused where it is decided."""
    stored = Suggestion.objects.select_for_update(of=("self",)).select_related("scheme", "concept__scheme", "other")
    found = stored.get(pk=suggestion.pk)
    if found.state not in WAITING:
        raise EditRefused(_("This suggestion is decided already."))
    return found


def _carry_out(actor: Any, suggestion: Suggestion, layer: Scheme) -> Concept | None:
    concept, text, lang = suggestion.concept, suggestion.text, suggestion.lang
    if concept is None:
        above = [suggestion.other] if suggestion.other else []
        return add_concept(actor=actor, scheme=layer, labels={lang: text}, broader=above)
    if suggestion.kind == SuggestionKind.LABEL:
        held = Label.objects.filter(concept=concept, lang=lang, kind=LabelKind.PREFERRED).exists()
        kind = LabelKind.ALTERNATIVE if held else LabelKind.PREFERRED
        add_label(actor=actor, layer=layer, concept=concept, lang=lang, text=text, kind=kind)
    elif suggestion.kind == SuggestionKind.CHANGE:
        _change_label(actor, suggestion, layer, concept)
    elif suggestion.kind == SuggestionKind.MAPPING:
        add_mapping(actor=actor, layer=layer, concept=concept, kind=suggestion.detail or Match.CLOSE, uri=text)
    else:
        retire_concept(actor=actor, concept=concept, replaced_by=suggestion.other)
    return concept


def _change_label(actor: Any, suggestion: Suggestion, layer: Scheme, concept: Concept) -> None:
    """Say the layer's own label otherwise; over a label of a layer below lay the layer's own preferred one."""
    own = Label.objects.filter(concept=concept, scheme=layer, lang=suggestion.lang).select_related("scheme", "concept")
    label = own.filter(text=suggestion.instead_of).first() or own.filter(kind=LabelKind.PREFERRED).first()
    if label is not None:
        edit_label(actor=actor, label=label, text=suggestion.text, certainty=label.certainty, source=label.source)
    else:
        preferred = LabelKind.PREFERRED
        add_label(actor=actor, layer=layer, concept=concept, lang=suggestion.lang, text=suggestion.text, kind=preferred)
