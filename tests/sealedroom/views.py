"""Pages of the sealed room, plain: what they answer matters, not how they look."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hamroh.accounts import policy, workplace
from hamroh.accounts.models import User
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


@login_required
@require_GET
def shelter(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "sealedroom/shelter.html", selectors.shelter(actor=request.user, pk=pk))


@login_required
@require_POST
def add_shelter(request: HttpRequest) -> HttpResponse:
    house = workplace.current(request)
    if house is None:
        raise Http404
    told = request.POST
    row = actions.add_shelter(
        actor=request.user, organisation=house, code=told.get("code", "")[:20], address=told.get("address", "")
    )
    return redirect("sealedroom:shelter", pk=row.pk)


@login_required
@require_POST
def move_shelter(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.move_shelter(actor=request.user, pk=pk, address=request.POST.get("address", ""))
    return redirect("sealedroom:shelter", pk=pk)


@login_required
@require_POST
def let_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.let_in(actor=request.user, pk=pk, user=_named(request))
    return redirect("sealedroom:shelter", pk=pk)


@login_required
@require_POST
def shut_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.shut_out(actor=request.user, pk=pk, user=_named(request))
    return redirect("sealedroom:shelter", pk=pk)


def _named(request: HttpRequest) -> User:
    found = User.objects.filter(username=request.POST.get("who", "")).first()
    if found is None:
        raise Http404
    return found
