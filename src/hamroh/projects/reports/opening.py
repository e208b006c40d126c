"""Where the source of a figure opens at the desk. Only who writes reports is shown these ways, and none of them is frozen."""

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

#: kind of source -> its page and what that is told: a release by its id, the others by a code
_PAGES: dict[str, tuple[str, str, dict[str, str]]] = {
    "training": ("training:round", "code", {}), "release": ("statistics:table", "release", {}),
    "activities": ("projects:work-row", "code", {"what": "activity"}), "campaign": ("projects:work-row", "code", {"what": "campaign"}),
}  # fmt: skip


def opened(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with an address at each source that has a page."""
    project = content["project"]["code"]
    figures = {key: _with_address(figure, project) for key, figure in content["figures"].items()}
    return {**content, "figures": figures}


def _with_address(figure: Mapping[str, Any], project: str) -> Mapping[str, Any]:
    source = figure.get("source")
    address = _address(source, project) if source else ""
    return {**figure, "source": {**source, "href": address}} if source and address else figure


def _address(source: Mapping[str, Any], project: str) -> str:
    """The source itself where it has a page, else the period where the figure was written down."""
    kind, code = str(source.get("kind")), str(source.get("code", "")).partition("#")[0]
    if kind in _PAGES and code:
        name, parameter, more = _PAGES[kind]
        if found := _reversed(name, {parameter: code, **more}):
            return found
    if source.get("period"):
        return _reversed("projects:period", {"code": project, "period": source["period"]})
    return _reversed("projects:project", {"code": project}) if kind == "books" else ""


def _reversed(name: str, named: Mapping[str, Any]) -> str:
    """An address; empty where the code that somebody typed is none that an address can have."""
    try:
        return reverse(name, kwargs=dict(named))
    except NoReverseMatch:
        return ""
