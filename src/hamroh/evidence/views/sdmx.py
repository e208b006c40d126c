"""The SDMX web service (REST 2.0): structures as SDMX-ML 3.0 or SDMX-JSON 2.0, figures as SDMX-CSV 2.0. For reading, open to all."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from hamroh.evidence import selectors
from hamroh.evidence.exchange import gathering
from hamroh.evidence.exchange.formats import EDITION
from hamroh.evidence.exchange.sdmx.asjson import as_json
from hamroh.evidence.exchange.sdmx.asking import Unasked, moment, narrowed
from hamroh.evidence.exchange.sdmx.asxml import as_xml
from hamroh.evidence.exchange.sdmx.chosen import KINDS, REFERENCES, choose
from hamroh.evidence.exchange.sdmx.naming import AGENCY, FLOW, VERSION
from hamroh.evidence.exchange.sdmx.rows import as_sdmx_csv
from hamroh.evidence.exchange.sdmx.structures import structure as structures
from hamroh.evidence.models import Observation

KEPT = 300
_ML, _JSON = "application/vnd.sdmx.structure+xml;version=3.0.0", "application/vnd.sdmx.structure+json;version=2.0.0"
_CSV = "application/vnd.sdmx.data+csv;version=2.0.0"
#: what may be asked for -> what is given; the first is given to who takes all
_STRUCTURES = {_ML: _ML, "application/xml": _ML, "text/xml": _ML, _JSON: _JSON, "application/json": _JSON}
_DATA = {_CSV: _CSV, "application/vnd.sdmx.data+csv": _CSV, "text/csv": _CSV}
#: the parameter ``format``, for who cannot send a header
_SHORT = {"sdmx-3.0": _ML, "xml": _ML, "sdmx-json": _JSON, "json": _JSON, "csv": _CSV, "sdmx-csv": _CSV}
_KNOWN = {"asOf", "includeHistory", "updatedAfter", "format", "references", "detail", "limit", "dimensionAtObservation"}
_UNBUILT = {"firstNObservations", "lastNObservations", "offset", "sort", "measures", "attributes", "reportingYearStartDay"}  # fmt: skip
_FLOWS = ("dataflow", "datastructure", "*")
View = Callable[..., HttpResponseBase]


def _answering(view: View) -> View:
    """Questions that cannot be answered are refused in words, with the codes of the standard; answers are open to every site."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **parts: str) -> HttpResponseBase:
        try:
            _known(request)
            response = view(request, **parts)
        except Unasked as refusal:
            response = _refused(400, str(refusal))
        response["Access-Control-Allow-Origin"] = "*"
        patch_vary_headers(response, ["Accept"])
        return response

    return answer


@_answering
def home(_request: HttpRequest) -> HttpResponseBase:
    """Where to begin."""
    return JsonResponse({
        "structure": f"structure/dataflow/{AGENCY}/{FLOW}/{VERSION}?references=all",
        "data": f"data/dataflow/{AGENCY}/{FLOW}/{VERSION}/*",
        "formats": {"structure": [_ML, _JSON], "data": [_CSV]},
    })  # fmt: skip


@_answering
def structure(request: HttpRequest, parts: str) -> HttpResponseBase:
    """``structure/{kind}/{agency}/{id}/{version}``; what is left out means all."""
    kind, agency, name, version = _parts(parts, 4)
    references = request.GET.get("references", "none").lower()
    if kind not in (*KINDS, "*", "structure"):
        return _refused(501 if kind.isalpha() else 400, f"Here are {', '.join(KINDS)}.")
    if references not in REFERENCES:
        raise Unasked(f"references is one of {', '.join(REFERENCES)}.")
    wanted = _wanted(request, _STRUCTURES)
    if wanted is None:
        return _refused(406, f"Structures are given as {_ML} or {_JSON}.")
    chosen = choose(structures(), kind, agency=agency, name=name, version=version, references=references)
    if chosen is None:
        return _refused(404, "There is no such structure.")
    prepared = f"{timezone.now():%Y-%m-%dT00:00:00Z}"
    made = as_xml(chosen, prepared) if wanted == _ML else json.dumps(as_json(chosen, prepared), ensure_ascii=False).encode()  # fmt: skip
    return _kept(request, HttpResponse(made, content_type=wanted), hashlib.sha256(made).hexdigest())


@_answering
def data(request: HttpRequest, parts: str) -> HttpResponseBase:
    """``data/{context}/{agency}/{id}/{version}/{key}``; what is left out means all."""
    context, agency, name, version, key = _parts(parts, 5)
    if context not in _FLOWS or agency not in ("*", AGENCY) or name not in ("*", FLOW) or version not in ("*", "~", "+", VERSION, "latest"):  # fmt: skip
        return _refused(404, "There is no such flow of data.")
    if _wanted(request, _DATA) is None:
        return _refused(406, f"Data are given as {_CSV}.")
    as_of = moment(request.GET.get("asOf", ""))
    rows = _rows(request, key, as_of)
    facts = rows.order_by().aggregate(many=Count("pk"), last=Max("recorded_at"))
    if not facts["many"]:
        return _refused(404, "There are no such figures.")
    state = json.dumps([EDITION, request.get_full_path(), str(as_of or timezone.localdate()), str(facts)])
    etag = hashlib.sha256(state.encode()).hexdigest()
    return _kept(request, lambda: _streamed(rows, as_of), etag)


def _rows(request: HttpRequest, key: str, as_of: Any) -> QuerySet[Observation]:
    rows = gathering.public_rows(as_of, history=request.GET.get("includeHistory", "false") == "true")
    after = moment(request.GET.get("updatedAfter", ""))
    rows = rows.filter(recorded_at__gt=selectors.end_of(after)) if after else rows
    return narrowed(rows, key, {name: request.GET.getlist(name) for name in request.GET})


def _streamed(rows: QuerySet[Observation], as_of: Any) -> StreamingHttpResponse:
    made = gathering.of_rows(rows, as_of)
    response = StreamingHttpResponse((line.encode() for line in as_sdmx_csv(made)), content_type=f"{_CSV};charset=utf-8")  # fmt: skip
    response["Content-Disposition"] = 'inline; filename="evidence.sdmx.csv"'
    return response


def _kept(request: HttpRequest, made: HttpResponse | Callable[[], HttpResponseBase], mark: str) -> HttpResponseBase:
    """With its ETag, or 304 where the asker holds the same one."""
    etag = f'"{mark[:32]}"'
    response = get_conditional_response(request, etag=etag) or (made() if callable(made) else made)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def _parts(text: str, count: int) -> list[str]:
    found = text.split("/")
    if len(found) > count:
        raise Unasked(f"An address has at most {count} parts here.")
    return [*found, *["*"] * (count - len(found))]


def _wanted(request: HttpRequest, offered: dict[str, str]) -> str | None:
    """The form that the asker likes best, None where none is known."""
    short = request.GET.get("format", "")
    if short:
        return _SHORT[short] if _SHORT.get(short) in offered.values() else None
    best = request.get_preferred_type(list(offered))
    return offered[str(best)] if best else None


def _known(request: HttpRequest) -> None:
    for name in request.GET:
        if name in _UNBUILT:
            raise Unasked(f"{name} is not known here.")
        if name not in _KNOWN and not name.startswith("c["):
            raise Unasked(f"There is no parameter {name[:40]!r}.")


def _refused(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
