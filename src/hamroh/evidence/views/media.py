"""An edition as a file: PDF and Word, of what is published for everybody, of a draft for who may see it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hamroh.evidence import selectors
from hamroh.evidence.media import Made, draft_file, published_file
from hamroh.evidence.selectors.editing import edition_on_desk
from hamroh.web.texts import LANGUAGES


@require_safe
def edition_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A published edition in the language of the address."""
    found = selectors.published_edition(code)
    if found is None:
        raise Http404
    file = published_file(found, get_language() or "en", form)
    answer = _answer(file)
    answer.headers["ETag"] = f'"{file.tag[:32]}"'
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer


@login_required
@require_safe
def draft(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """An edition as it is now, in ``?lang=``."""
    edition = edition_on_desk(actor=request.user, code=code)
    lang = request.GET.get("lang", "")
    return _answer(draft_file(edition, lang if lang in LANGUAGES else get_language() or "en", form))


def _answer(file: Made) -> HttpResponse:
    answer = HttpResponse(file.content, content_type=file.mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
