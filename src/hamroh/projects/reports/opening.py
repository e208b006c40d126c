"""Where the source of a figure opens at the desk. Only who writes reports is shown these ways, and none of them is frozen."""

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

#: kind of source -> the page of its code
_PAGES = {
    "training": ("training:round", "code"), "activities": ("projects:activity", "code"), "campaign": ("projects:campaign", "code"),
    "release": ("statistics:release", "pk"),
}  # fmt: skip


def opened(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with an address at each source that has a page."""
    figures = {key: _with_address(figure) for key, figure in content["figures"].items()}
    return {**content, "figures": figures}


def _with_address(figure: Mapping[str, Any]) -> Mapping[str, Any]:
    source = figure.get("source")
    address = _address(source) if source else ""
    return {**figure, "source": {**source, "href": address}} if source and address else figure


def _address(source: Mapping[str, Any]) -> str:
    page = _PAGES.get(str(source.get("kind")))
    code = str(source.get("code", "")).partition("#")[0]
    if page is None or not code:
        return ""
    name, parameter = page
    try:
        return reverse(name, kwargs={parameter: code})
    except NoReverseMatch:
        return ""
