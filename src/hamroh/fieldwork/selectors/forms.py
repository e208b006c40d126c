"""Reads of forms: the desk's, and what a device may fetch."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.fieldwork.models import Assignment, Device, Form, FormKey, FormMedia, FormVersion, Submission
from hamroh.web.prepared import Prepared

#: large columns that no list needs
_HEAVY = ("xml", "sheet", "questions", "remarks")
#: states of versions that a device may have in its hands
_OUT = ("open", "closing")


# -- the desk


def forms(*, actor: Any, organisation: Organisation) -> QuerySet[Form]:
    """The forms of an organisation, last changed first, with how often each was filled."""
    rows: QuerySet[Form] = policy.visible(actor, "form.see", Form.objects.filter(organisation=organisation))
    return rows.annotate(filled=Count("submissions")).order_by("-changed_at", "-pk")


def open_versions(*, actor: Any, rows: list[Form]) -> dict[UUID, FormVersion]:
    """The version of each form that is open, else its newest."""
    found: dict[UUID, FormVersion] = {}
    versions = policy.visible(actor, "form.see", FormVersion.objects.filter(form__in=rows))
    for each in versions.defer(*_HEAVY).order_by("made_at"):
        if each.form_id not in found or found[each.form_id].state != "open":
            found[each.form_id] = each
    return found


def form_of(*, actor: Any, code: str, verb: str = "form.see") -> Form:
    """One form by its code; Refused where there is none for this person."""
    form, _decision = policy.fetch(actor, verb, Form.objects.filter(code=code))
    assert isinstance(form, Form)
    return form


def versions(*, actor: Any, form: Form) -> list[FormVersion]:
    """The versions of a form, the newest first, with how often each was filled."""
    rows = policy.visible(actor, "form.see", FormVersion.objects.filter(form=form)).defer(*_HEAVY)
    filled = dict(Submission.objects.filter(form=form).values_list("version").annotate(Count("pk")))
    found = list(rows.order_by("-made_at"))
    for each in found:
        each.filled = filled.get(each.pk, 0)
    return found


def version_of(*, actor: Any, form: Form, pk: UUID, verb: str = "form.see") -> FormVersion:
    """One version of a form with all that it holds."""
    row, _decision = policy.fetch(actor, verb, FormVersion.objects.select_related("form").filter(form=form, pk=pk))
    assert isinstance(row, FormVersion)
    return row


def media_of(*, version: FormVersion) -> list[FormMedia]:
    """The files that a version asks for, those that lack too, without their content."""
    return list(version.media.defer("content").order_by("name"))


def assignments(*, actor: Any, form: Form) -> list[Assignment]:
    """Who is to fill a form where, ended ones last."""
    rows = policy.visible(actor, "form.see", Assignment.objects.filter(form=form))
    return list(rows.select_related("person", "place").order_by("ended_at", "-made_at")[:500])


def assignment_of(*, actor: Any, form: Form, pk: UUID) -> Assignment:
    row, _decision = policy.fetch(actor, "form.edit", Assignment.objects.filter(form=form, pk=pk))
    assert isinstance(row, Assignment)
    return row


def devices(*, actor: Any, organisation: Organisation) -> QuerySet[Device]:
    """The devices of an organisation, the newest first."""
    rows = policy.visible(actor, "device.manage", Device.objects.filter(organisation=organisation))
    return rows.select_related("holder").order_by("-made_at")


def device_of(*, actor: Any, code: str) -> Device:
    row, _decision = policy.fetch(actor, "device.manage", Device.objects.select_related("holder").filter(code=code))
    assert isinstance(row, Device)
    return row


def keys(*, actor: Any, organisation: Organisation) -> QuerySet[FormKey]:
    """The keys of an organisation, the newest first."""
    rows = policy.visible(actor, "form_key.manage", FormKey.objects.filter(organisation=organisation))
    return rows.select_related("made_by").order_by("-made_at")


def form_keys(*, organisation: Organisation) -> list[FormKey]:
    """The public keys to which a form of the organisation can seal; whoever makes forms may choose among them."""
    rows = FormKey.objects.filter(organisation=organisation, retired_at=None)
    return list(rows.defer("private").order_by("-made_at"))


def key_of(*, actor: Any, code: str) -> FormKey:
    row, _decision = policy.fetch(actor, "form_key.manage", FormKey.objects.filter(code=code))
    assert isinstance(row, FormKey)
    return row


# -- devices


def forms_to_fill(
    *, device: Device | None = None, holder: Any = None, with_closing: bool = False
) -> list[FormVersion]:  # fmt: skip
    """The open versions that somebody is to fill, of a device's organisation or of all hers: those assigned to her or to nobody.

    A form whose assignments are all other people's is not hers; one that has none is everybody's.
    """
    who = device.holder if device is not None else holder
    rows = FormVersion.objects.filter(state__in=_OUT if with_closing else ("open",))
    if device is not None:
        rows = rows.filter(organisation=device.organisation_id)
    rows = policy.visible(who, "form.fill", rows)
    running = Assignment.objects.filter(form=OuterRef("form"), ended_at=None)
    hers = running.filter(Q(person=None) | Q(person=who)).filter(Q(until_date=None) | Q(until_date__gte=_today(device)))
    rows = rows.filter(~Exists(running) | Exists(hers))
    return list(rows.select_related("form").defer("sheet", "remarks").order_by("form__form_id", "-opened_at"))


def _today(device: Device | None) -> Any:
    return local_date(timezone.now(), device.organisation) if device is not None else timezone.now().date()


def version_to_fill(*, device: Device, pk: UUID) -> FormVersion | None:
    """A version that a device may fetch, by its id; a closing one too, since a list may be a day old."""
    return next((each for each in forms_to_fill(device=device, with_closing=True) if each.pk == pk), None)


def device_by_code(code: str) -> Device | None:
    """The device that says its name, where it was not taken back and its holder still may enter."""
    return next(iter(_BY_CODE.ask(code=code)), None)


def device_by_token(token_hash: str) -> Device | None:
    """The device whose address carries a token of this hash."""
    return next(iter(_BY_TOKEN.ask(token_hash=token_hash)), None) if token_hash else None


def _alive(rows: QuerySet[Device]) -> QuerySet[Device]:
    return rows.filter(revoked_at=None, holder__is_active=True).select_related("holder", "organisation")


_BY_CODE = Prepared(lambda code: _alive(Device.objects.filter(code=code)), code=str)
_BY_TOKEN = Prepared(lambda token_hash: _alive(Device.objects.filter(token_hash=token_hash)), token_hash=str)
