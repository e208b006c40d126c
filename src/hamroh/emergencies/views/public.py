"""What anybody reads: alerts in force as a page, as a feed, and each at its address for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts.zones import zone_of
from hamroh.emergencies import selectors
from hamroh.emergencies.models import IssuedAlert, MessageType, Status
from hamroh.emergencies.showing import shown_alert
from hamroh.web.atom import MOST, Entry, Feed, answer
from hamroh.web.texts import LANGUAGES

CAP_TYPE = "application/cap+xml; charset=utf-8"
#: a program may ask this often without a page that is older
KEPT_FOR = "public, max-age=60"


def _shown(row: IssuedAlert, lang: str) -> dict[str, object]:
    """An alert in the reader's language, or in the first in which it was given."""
    texts = row.content["texts"]
    own = lang if lang in texts else next((each for each in LANGUAGES if each in texts), "")
    zone = zone_of(row.organisation)
    return {
        "row": row, "lang": own, "text": texts.get(own, {}), "others": [each for each in LANGUAGES if each in texts and each != own],
        "facts": shown_alert(row.content), "contact": row.content.get("contact"), "status": Status(row.status).label,
        "is_real": row.status == Status.ACTUAL, "kind": MessageType(row.kind).label, "sent_at": row.sent_at.astimezone(zone),
        "expires_at": row.expires_at.astimezone(zone), "superseded_at": row.superseded_at.astimezone(zone) if row.superseded_at else None,
        "is_over": row.expires_at <= timezone.now(),
    }  # fmt: skip


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Alerts in force, real ones first."""
    rows = sorted(selectors.current_alerts()[:MOST], key=lambda row: row.status != Status.ACTUAL)
    lang = get_language() or "en"
    return render(request, "emergencies/public/alerts.html", {"alerts": [_shown(row, lang) for row in rows]})


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One alert, in force or over: what replaced it is said."""
    row = selectors.issued_of(code=code)
    if row is None:
        raise Http404
    after = (
        IssuedAlert.objects.filter(references__icontains=row.identifier).order_by("-sent_at").first()
        if row.superseded_at
        else None
    )
    return render(request, "emergencies/public/alert.html", {**_shown(row, get_language() or "en"), "after": after})


@require_safe
def feed(request: HttpRequest, lang: str = "en") -> HttpResponse:
    """The Atom feed of one language: what is in force, and what was taken back until it would have ended."""
    if lang not in LANGUAGES:
        raise Http404
    with override(lang):
        entries = [_entry(row, lang) for row in selectors.lately_issued()[:MOST]]
        made = Feed(
            _("Alerts in force"), lang, reverse("alerts:page"), entries, _("Alerts of the Common Alerting Protocol 1.2")
        )
        found = answer(request, made)
    found.headers["Cache-Control"] = KEPT_FOR
    return found


def _entry(row: IssuedAlert, lang: str) -> Entry:
    shown = _shown(row, lang)
    text = shown["text"]
    assert isinstance(text, dict)
    return Entry(
        ident=f"urn:uuid:{row.pk}", title=text.get("headline", row.identifier), path=reverse("cap:alert", kwargs={"code": row.code}),
        changed_at=row.sent_at, summary=text.get("description", ""), published_at=row.sent_at, categories=(row.status, row.kind, row.hazard),
    )  # fmt: skip


@require_safe
def message(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - the face of a view
    """The XML as it was sent, for ever."""
    row = selectors.issued_of(code=code)
    if row is None:
        raise Http404
    found = HttpResponse(row.xml.encode(), content_type=CAP_TYPE)
    found.headers["Cache-Control"], found.headers["Access-Control-Allow-Origin"] = KEPT_FOR, "*"
    return found
