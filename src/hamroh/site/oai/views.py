"""``/oai``: OAI-PMH 2.0, by GET or by POST, open to every harvester that asks at a bearable pace."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hamroh.accounts import limits
from hamroh.site.oai.answering import answer, refusal
from hamroh.site.oai.asking import Asked, Unanswerable, asked

MEDIA_TYPE = "text/xml; charset=utf-8"
#: so many questions at once from one address, then four a second
PACE = limits.Limit("oai", 240, 0.25)
_WAIT = "30"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponseBase:
    """One question of a harvester."""
    if not limits.take(PACE, limits.address(request)):
        return _later()
    question: Asked | None = None
    try:
        question = asked((request.POST if request.method == "POST" else request.GET).lists())
        pieces = answer(question)
    except Unanswerable as fault:
        pieces = refusal(question, fault)
    response = StreamingHttpResponse((each.encode() for each in pieces), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _later() -> HttpResponse:
    response = HttpResponse(
        "Too many questions at once. Ask again later.\n", status=503, content_type="text/plain; charset=utf-8"
    )
    response["Retry-After"] = _WAIT
    return response
