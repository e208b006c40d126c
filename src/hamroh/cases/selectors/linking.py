"""Services of the directory that have no account: whom she may be referred to by a link, and the links of a referral."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from hamroh.accounts.zones import local_date
from hamroh.cases.models import Case, Consent, ContactWay, Purpose, Referral, ReferralLink
from hamroh.cases.reaching import rule_of, today_there
from hamroh.cases.selectors.consents import stands
from hamroh.cases.selectors.officials import KINDS, POLICE
from hamroh.directory.models import Phone, Service
from hamroh.kernel.safecontact import EARLIEST, LATEST, Rule
from hamroh.web.codes import LETTERS

LENGTH, GROUP = 20, 4
_OTHER = re.compile(f"[^{LETTERS}]")


def services() -> QuerySet[Service]:
    """Public services that work, of somebody without an account, who are no officials."""
    police = Service.objects.filter(kinds__key__in=POLICE)
    is_official = Q(party__kind__in=list(KINDS)) | Q(pk__in=police.values("pk"))
    rows = Service.objects.public(timezone.localdate()).filter(party__tenant=None, operation="active")
    return rows.exclude(is_official).select_related("party")


def offered(*, case: Case) -> QuerySet[Service]:
    """What she may be asked about: those, and whom she answered about before, so that a yes can always be taken back."""
    asked = Consent.objects.filter(case=case, to_service__isnull=False).values("to_service")
    rows = Service.objects.filter(Q(pk__in=services().values("pk")) | Q(pk__in=asked))
    return rows.select_related("party").order_by("folded_names", "pk")


def takes_links(service: Service) -> bool:
    """Whether she may be referred there by a link."""
    return services().filter(pk=service.pk).exists()


def agreed_services(*, case: Case) -> list[Service]:
    """Services that may learn of her today, by her newest answer to each."""
    rows = Consent.objects.filter(case=case, purpose=Purpose.SHARE, about=None, person=None, to_service__isnull=False)
    newest = {row.to_service_id: row for row in rows.order_by("made_at", "pk")}
    today = today_there(case)
    return list(services().filter(pk__in=[pk for pk, row in newest.items() if stands(row, today)]))


def numbers(service: Service) -> list[str]:
    """Where the service is rung, as the directory has it."""
    rows = Phone.objects.filter(party=service.party_id).filter(Q(service=service) | Q(service=None, location=None))
    return list(rows.exclude(kind="fax").order_by("-service", "pk").values_list("number", flat=True))


def links(*, referral: Referral) -> list[ReferralLink]:
    """The links of a referral, the newest first."""
    return list(ReferralLink.objects.filter(referral=referral).order_by("-made_at", "-pk"))


def spelled(secret: str) -> str:
    """The secret in groups, as it is printed and read aloud."""
    return "-".join(secret[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest(told: str) -> str:
    """What is kept of a secret of 99 random bits, in whatever way it was typed."""
    return hashlib.sha256(_OTHER.sub("", told.lower()[:200]).encode()).hexdigest()


def link_of(told: str) -> ReferralLink | None:
    """The link of a secret while it may open something, by its own row alone; None where it may not."""
    link = ReferralLink.objects.select_related("organisation").filter(digest=digest(told), ended_at=None).first()
    return link if link and not is_over(link) else None


def is_over(link: ReferralLink) -> bool:
    return bool(link.until_date < local_date(timezone.now(), link.organisation))


def open_link(*, referral_id: UUID) -> Any:
    """The one link of a referral that may open something; None where there is none."""
    link = ReferralLink.objects.select_related("organisation").filter(referral=referral_id, ended_at=None).first()
    return link if link and not is_over(link) else None


@dataclass(frozen=True)
class Told:
    """A way to reach her as it is told to a service: the number never without its rules. ``value`` is empty for a way that she forbade."""

    way: str
    is_safe: bool
    until_date: dt.date
    terms: Mapping[str, Any]
    value: Any = ""
    ended_at: None = None

    @property
    def called(self) -> Any:
        return ContactWay(self.way).label

    @property
    def rule(self) -> Rule:
        return rule_of(self, self.terms)

    @property
    def hours(self) -> str:
        first, last = max(self.rule.first, EARLIEST), min(self.rule.last, LATEST)
        return f"{first:%H:%M}–{last:%H:%M}"


def ways(payload: Mapping[str, Any]) -> list[Told]:
    """How she is reached, of what was handed over."""
    return [
        Told(
            each["way"], each["is_safe"], dt.date.fromisoformat(each["until"]), each.get("terms") or {},
            each.get("value") or "",
        )
        for each in payload.get("contact", ())
    ]  # fmt: skip
