"""What anybody opens: the register of projects with its search, and a page for each."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hamroh.projects import selectors
from hamroh.projects.forms.projects import WishForm
from hamroh.projects.views.frame import LINES, PAGE, lang


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Public projects that answer to words, a theme, an organisation, a place and years."""
    form = WishForm(request.GET or None)
    wish = form.wish if form.is_bound else selectors.Wish()
    rows = selectors.public_projects(wish=wish, lang=lang())
    context = {
        "form": form, "page": Paginator(rows, LINES).get_page(request.GET.get("page")), "count": len(rows), "is_asked": not wish.is_empty
    }  # fmt: skip
    return render(request, f"{PAGE}public/list.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One project as it is told outside."""
    told = selectors.public_project(code=code, lang=lang())
    if told is None:
        raise Http404
    return render(request, f"{PAGE}public/project.html", {"told": told})
