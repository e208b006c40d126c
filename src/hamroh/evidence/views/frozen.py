"""The frozen content of a published edition, byte by byte: whoever doubts it works out its digest."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hamroh.evidence import freezing, selectors


@require_safe
def frozen(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The canonical JSON as it was frozen."""
    found = selectors.published_edition(code)
    if found is None:
        raise Http404
    answer = HttpResponse(freezing.content_of(found), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="edition-{found.code}.json"'
    return answer
