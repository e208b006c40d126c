"""The interfaces for other programs, put together: ``/api/hsds/`` and ``/api/v1/``. Read-only, open to every site."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from hamroh.archive.api import v1 as archive
from hamroh.directory.api import hsds, v1
from hamroh.evidence.api import v1 as evidence
from hamroh.library.api import v1 as library
from hamroh.site import search_api

#: what a refusal says, as its description has it
REFUSAL: dict[str, Any] = {
    "type": "object",
    "title": "Refusal",
    "required": ["message"],
    "properties": {
        "message": {"type": "string"},
        "parameters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "message"],
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


class OpenApi(NinjaAPI):
    """Answers that any page may read, with an ETag so that an unchanged one is not sent twice."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """The description with its refusals, which no operation states by itself."""
        told = super().get_openapi_schema(**asked)
        told.setdefault("components", {}).setdefault("schemas", {})["Refusal"] = REFUSAL
        for path, methods in told["paths"].items():
            for operation in methods.values():
                operation["responses"] = _refusals("{" in path, operation["parameters"]) | operation["responses"]
        return told

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        return shared(request, response)


def _refusals(of_one: bool, parameters: Sequence[Any]) -> dict[int, Any]:
    """400 where something is asked that may not be readable, 404 where one record is asked for."""
    said = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    told = {400: "A parameter cannot be read."} if parameters else {}
    told |= {404: "There is nothing here."} if of_one else {}
    # an address that is none of ours, such as a record's with a stroke in its name, is answered by the page of the site
    pages = {404: {"text/html": {"schema": {"type": "string"}}}}
    return {status: {"description": words, "content": said | pages.get(status, {})} for status, words in told.items()}


def shared(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its headers for other sites, or 304 where the asker holds the same one."""
    response["Access-Control-Allow-Origin"] = "*"
    if response.status_code != 200 or "no-store" in response.get("Cache-Control", ""):
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag=etag, response=response) or response


def interface(title: str, description: str, namespace: str, version: str, *routers: Router) -> NinjaAPI:
    """One API with its description beside it and no page of somebody else's scripts."""
    api = OpenApi(
        title=title, description=description, version=version, urls_namespace=namespace, docs_url=None, auth=None
    )
    for router in routers:
        api.add_router("", router)
    api.add_exception_handler(Http404, lambda request, _: _refused(api, request, 404, "There is nothing here."))
    api.add_exception_handler(hsds.Refusal, lambda request, error: _refused(api, request, 400, str(error)))
    api.add_exception_handler(ValidationError, lambda request, error: _wrong(api, request, error))
    return api


def _refused(api: NinjaAPI, request: HttpRequest, status: int, message: str) -> HttpResponse:
    return api.create_response(request, {"message": message}, status=status)


def _wrong(api: NinjaAPI, request: HttpRequest, error: Any) -> HttpResponse:
    """Which parameter cannot be read and why, without repeating what it held."""
    wrong = [{"parameter": str(each["loc"][-1]), "message": each["msg"]} for each in error.errors]
    return api.create_response(request, {"message": "A parameter cannot be read.", "parameters": wrong}, status=400)


hsds_api = interface(
    "Hamroh HSDS 3.0",
    "Organizations and services after the Human Services Data Specification 3.0 (Open Referral) with the Hamroh profile.",
    "hsds",
    "3.0",
    hsds.router,
)
v1_api = interface(
    "Hamroh",
    "The public directory of help, and figures on migration with their sources. Fields are only added within v1; texts are objects by language: {en, az, ru, tg}.",
    "v1",
    "1.0",
    v1.router,
    evidence.router,
    library.router,
    archive.router,
    search_api.router,
)
