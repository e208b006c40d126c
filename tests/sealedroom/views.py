"""Pages of the sealed room, plain: what they answer matters, not how they look."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from hamroh.accounts import policy
from sealedroom import actions, selectors


@login_required
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "matter.list")
    return JsonResponse({"matters": [str(row.pk) for row in selectors.matters(actor=request.user)]})


@login_required
@require_GET
def matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    return JsonResponse(selectors.matter(actor=request.user, pk=pk))


@login_required
@require_GET
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    return JsonResponse({"text": selectors.note(actor=request.user, pk=pk)})


@login_required
@require_POST
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.rename(actor=request.user, pk=pk, name=request.POST.get("name", "")[:200])
    return HttpResponse(status=204)


@login_required
@require_GET
def shelters(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "shelter.list")
    return JsonResponse({"shelters": [row.code for row in selectors.shelters(actor=request.user)]})


@login_required
@require_POST
def fault(request: HttpRequest) -> HttpResponse:
    """Fails, and repeats what was sent, as careless code does."""
    said = request.POST["said"]
    raise ValueError(f"cannot read {said}")
