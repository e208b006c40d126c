"""Answers that any program may read from any page, and that are not sent twice to who has them."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

JSON, JSON_LD = "application/json", "application/ld+json"
_AGE = 300


def shared(request: HttpRequest, response: HttpResponse, changed_at: datetime | None = None) -> HttpResponse:
    """The answer with its headers for other sites, or 304 where the asker holds the same one."""
    response["Access-Control-Allow-Origin"] = "*"
    if response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    if changed_at:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    patch_cache_control(response, public=True, max_age=_AGE)
    last = int(changed_at.timestamp()) if changed_at else None
    found: Any = get_conditional_response(request, etag=etag, last_modified=last, response=response)
    if found is not response:
        found["Access-Control-Allow-Origin"] = "*"
    return found  # type: ignore[no-any-return]


def as_json(request: HttpRequest, body: dict[str, Any], status: int = 200) -> HttpResponse:
    """JSON, called JSON-LD where that is what was asked for."""
    best = request.get_preferred_type([JSON, JSON_LD]) or JSON
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, content_type=f"{best}; charset=utf-8", status=status)
    response["Vary"] = "Accept"
    return shared(request, response)


def refused(status: int, message: str) -> HttpResponse:
    """A plain reason."""
    response = HttpResponse(f"{status} : {message}", status=status, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response
