"""The desk's first page and its menu: what each person may do, from all rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from hamroh.accounts import policy
from hamroh.directory import selectors as directory


@dataclass(frozen=True)
class Door:
    """A way into a room of the desk, and the verb that opens it."""

    title: str
    name: str
    verb: str
    kwargs: tuple[tuple[str, str], ...] = ()

    @property
    def href(self) -> str:
        return reverse(self.name, kwargs=dict(self.kwargs))


DOORS = (
    Door(gettext_noop("What waits"), "directory-desk:queue", "directory.see_unpublished"),
    Door(
        gettext_noop("Organisations and people"),
        "directory-desk:entries",
        "directory.see_unpublished",
        (("of", "party"),),
    ),
    Door(gettext_noop("Services"), "directory-desk:entries", "directory.see_unpublished", (("of", "service"),)),
    Door(gettext_noop("Bring entries in from a file"), "directory-desk:import", "directory.import"),
    Door(gettext_noop("Bring a thesaurus in"), "thesaurus-desk:bring", "thesaurus.import"),
)


def doors(request: HttpRequest) -> list[dict[str, Any]]:
    """The doors that open for who asks."""
    open_ = (door for door in DOORS if policy.allowed(request.user, door.verb))
    return [{"title": _(door.title), "href": door.href, "here": request.path == door.href} for door in open_]


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context of the desk's pages; nothing is asked on public ones."""
    return {"desk_doors": doors(request) if request.path.startswith("/desk/") and request.user.is_authenticated else []}


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My day: what waits, counted, and the doors."""
    policy.require(request.user, "desk.open")
    return render(request, "site/desk.html", {"tasks": list(_tasks(request)), "doors": doors(request)})


def _tasks(request: HttpRequest) -> Iterator[dict[str, str]]:
    if not policy.allowed(request.user, "directory.see_unpublished"):
        return
    queue = directory.review_queue(actor=request.user)
    waiting = (
        (_("Reports from the public"), queue.reports, "reports", "risk"),
        (_("Emergency numbers to be checked"), queue.routes, "routes", "care"),
        (_("Services to be checked"), queue.services, "q-service", "care"),
        (_("Organisations to be checked"), queue.parties, "q-party", "care"),
        (_("Consents that end soon"), queue.consents, "consents", "care"),
    )
    for title, rows, anchor, state in waiting:
        count = rows.count()
        href = f"{reverse('directory-desk:queue')}#{anchor}"
        word = str(count) if count else _("nothing waits")
        yield {"title": title, "href": href, "state": state if count else "done", "word": word}
