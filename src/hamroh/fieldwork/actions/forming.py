"""Forms at the desk: brought as workbooks, tried as drafts, opened, closed; the files beside them; who is to fill them where."""

import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork import xforms
from hamroh.fieldwork.linting import Remark
from hamroh.fieldwork.models import Assignment, Form, FormKey, FormMedia, FormVersion, Purpose
from hamroh.fieldwork.states import VersionStates
from hamroh.fieldwork.trees import Unreadable, tree_of
from hamroh.vault import intake, journal

#: of a file that lies beside a form, in bytes; and of all of one version
LARGEST, ALL = 5 * 2**20, 20 * 2**20
#: endings of lists that forms read themselves
_LISTS = {".csv": "text/csv", ".geojson": "application/geo+json", ".json": "application/json", ".xml": "text/xml"}
#: remarks of the gravest kind that are kept with a version
_MOST = 300


class FormRefused(ValueError):
    """This cannot be done with a form now; the message can be shown."""


@dataclass(frozen=True)
class Brought:
    """A form as it was made of what somebody brought, and that itself."""

    xml: bytes
    remarks: list[Remark]
    itemsets: bytes = b""
    sheet: bytes = b""


@dataclass(frozen=True)
class Meant:
    """What a form is for."""

    purpose: str = Purpose.OTHER
    about_children: bool = False
    blurs_faces: bool = False


@transaction.atomic
def bring(
    *, actor: Any, organisation: Organisation, brought: Brought, meant: Meant | None = None, key: FormKey | None = None
) -> FormVersion:  # fmt: skip
    """Keep a form as a draft: a new version of the one that bears its name, or a new form.

    A draft of the same version is replaced; a version that was handed out is not. With a ``key`` what is filled is sealed on the device.
    """
    xml = _sealing(brought.xml, key) if key else brought.xml
    told = xforms.describe(xml)
    form = _form(actor, organisation, told, meant)
    version = _version(actor, form, told)
    version.xml, version.md5 = xml.decode(), hashlib.md5(xml, usedforsecurity=False).hexdigest()
    version.languages, version.questions, version.remarks = told.languages, told.questions, brought.remarks[:_MOST]
    version.sheet, version.is_encrypted = brought.sheet or None, told.is_encrypted
    version.form_key = key or _key_in(organisation, xml)
    version.made_by, version.made_at = actor, timezone.now()
    version.save()
    _want(version, told.media, brought.itemsets)
    journal.record(actor=actor, verb="form.bring", about=version, facts={"md5": version.md5})
    return version


def _form(actor: Any, organisation: Organisation, told: xforms.Described, meant: Meant | None) -> Form:
    if len(told.form_id) > 128 or len(told.version) > 64:
        raise FormRefused(_("The form’s name or its version is too long."))
    form = Form.objects.select_for_update(of=("self",)).filter(organisation=organisation, form_id=told.form_id).first()
    form = form or Form(organisation=organisation, form_id=told.form_id, made_by=actor)
    policy.require(actor, "form.edit", form)
    first = told.languages[0] if told.languages else ""
    form.titles, form.changed_at = {xforms.code_of(first) or xforms.UNSAID: told.title[:200]}, timezone.now()
    if meant is not None:
        form.purpose, form.about_children, form.blurs_faces = meant.purpose, meant.about_children, meant.blurs_faces
    form.save()
    return form


def _version(actor: Any, form: Form, told: xforms.Described) -> FormVersion:
    found = FormVersion.objects.filter(form=form, version=told.version).first()
    if found is None:
        return FormVersion(organisation_id=form.organisation_id, form=form, version=told.version, made_by=actor)
    if found.state != VersionStates.initial:
        raise FormRefused(_("This version was handed out already. Give the form a new version and bring it again."))
    return found


def _sealing(xml: bytes, key: FormKey) -> bytes:
    """The form with our public key in it, in place of any other."""
    told = xforms.describe(xml)
    if told.is_encrypted:
        raise FormRefused(_("The form carries a key of its own. Take it out of its settings, or choose none here."))
    return xml.replace(b"</model>", f'<submission base64RsaPublicKey="{key.public}"/></model>'.encode(), 1)


def _key_in(organisation: Organisation, xml: bytes) -> FormKey | None:
    public = xforms.public_key(xml)
    return FormKey.objects.filter(organisation=organisation, public=public).first() if public else None


def _want(version: FormVersion, names: list[str], itemsets: bytes) -> None:
    """Make a place for each file that the form asks for, and drop those that it asks for no more."""
    wanted = [*names, *(["itemsets.csv"] if itemsets else [])]
    version.media.exclude(name__in=wanted).delete()
    held = set(version.media.values_list("name", flat=True))
    for name in wanted:
        if name not in held and len(name) <= 120:
            FormMedia.objects.create(organisation_id=version.organisation_id, version=version, name=name, kind="")
    if itemsets:
        _fill(version.media.get(name="itemsets.csv"), itemsets, "text/csv")


# -- versions


@transaction.atomic
def move(*, actor: Any, version: FormVersion, after: str) -> None:
    """Open, close or shut a version. Opening one lets the one before it run out. MoveRefused where the graph has no such move."""
    held = FormVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    policy.require(actor, "form.edit", held)
    VersionStates.check(held.state, after)
    now = timezone.now()
    if after == "open":
        for other in FormVersion.objects.filter(form=held.form_id, state="open").exclude(pk=held.pk):
            _set(actor, other, "closing")
        held.opened_at = now
    held.closed_at = now if after == "closed" else None
    _set(actor, held, after)
    version.refresh_from_db()


def _set(actor: Any, version: FormVersion, after: str) -> None:
    before, version.state = version.state, after
    version.save(update_fields=["state", "opened_at", "closed_at"])
    journal.record(actor=actor, verb="form.move", about=version, facts={"before": before, "after": after})


# -- files beside a form


@transaction.atomic
def add_media(*, actor: Any, version: FormVersion, name: str, content: bytes) -> FormMedia:
    """Keep a file that a version asks for. FormRefused where it asks for none of this name, or the file is not what its name says."""
    policy.require(actor, "form.edit", version)
    row = FormMedia.objects.select_for_update(of=("self",)).filter(version=version, name=name).first()
    if row is None:
        raise FormRefused(_("The form asks for no file of this name."))
    others = sum(len(bytes(each or b"")) for each in version.media.exclude(pk=row.pk).values_list("content", flat=True))
    if not content or len(content) > LARGEST or others + len(content) > ALL:
        raise FormRefused(_("The file is empty or too large: at most 5 MB each, 20 MB together."))
    kept, kind = _checked(name, content)
    _fill(row, kept, kind)
    journal.record(actor=actor, verb="form.add_media", about=version, facts={"md5": row.md5})
    return row


def _checked(name: str, content: bytes) -> tuple[bytes, str]:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in _LISTS:
        return _list(ending, content), _LISTS[ending]
    try:
        taken = intake.take(io.BytesIO(content), name)
    except intake.FileRefused as fault:
        raise FormRefused(str(fault)) from None
    if taken.mime.partition("/")[0] not in ("image", "audio", "video"):
        raise FormRefused(_("The file is not what its name says."))
    taken.content.seek(0)
    return taken.content.read(), taken.mime


def _list(ending: str, content: bytes) -> bytes:
    try:
        content.decode("utf-8-sig")
        if ending == ".xml":
            tree_of(content, LARGEST)
    except (UnicodeDecodeError, Unreadable):
        raise FormRefused(_("The list cannot be read. Save it anew as UTF-8.")) from None
    return content


def _fill(row: FormMedia, content: bytes, kind: str) -> None:
    row.content, row.kind, row.md5 = content, kind, hashlib.md5(content, usedforsecurity=False).hexdigest()
    row.made_at = timezone.now()
    row.save()


# -- who is to fill it where


@transaction.atomic
def assign(
    *, actor: Any, form: Form, person: User | None = None, place: AdminUnit | None = None, quota: int | None = None,
    until_date: dt.date | None = None,
) -> Assignment:  # fmt: skip
    """Say who is to fill a form where, how often, until when."""
    policy.require(actor, "form.edit", form)
    if person is not None and not policy.allowed(person, "form.fill", form):
        raise FormRefused(_("This person may not fill forms here."))
    row = Assignment.objects.create(
        organisation_id=form.organisation_id,
        form=form,
        person=person,
        place=place,
        quota=quota,
        until_date=until_date,
        made_by=actor,
    )
    journal.record(actor=actor, verb="form.assign", about=row)
    return row


@transaction.atomic
def end_assignment(*, actor: Any, assignment: Assignment) -> None:
    """End it; what was filled stays."""
    policy.require(actor, "form.edit", assignment)
    if assignment.ended_at is None:
        assignment.ended_at = timezone.now()
        assignment.save(update_fields=["ended_at"])
        journal.record(actor=actor, verb="form.end_assignment", about=assignment)
