"""Manifests and collections after IIIF Presentation 3: only what ``public_of`` lets out, and never more of a recording than its public copy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from hamroh.archive.models import Media, Transcript, Unit
from hamroh.archive.selectors import Shown, parts_of, told
from hamroh.kernel.consented import Scope, Span
from hamroh.web.atom import absolute
from hamroh.web.texts import LANGUAGES

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
TYPE = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'


def manifest(one: Shown) -> dict[str, Any]:
    """One item: a canvas for its recording or for each of its pictures, its parts as ranges, its words beside it."""
    own = absolute(reverse("iiif:manifest", args=[one.unit.code]))
    found: dict[str, Any] = {"@context": CONTEXT, "id": own, "type": "Manifest", **_described(one)}
    found["items"] = list(_canvases(one, own))
    if one.sound and (ranges := _ranges(one, own)):
        found["structures"] = [
            {"id": f"{own}/range", "type": "Range", "label": _texts(one.unit.titles), "items": ranges}
        ]
    return found


def collection(one: Shown | None, parts: Iterable[Shown]) -> dict[str, Any]:
    """What lies in a whole, or in nothing else."""
    path = reverse("iiif:collection", args=[one.unit.code]) if one else reverse("iiif:collections")
    about = _described(one) if one else {"label": {"en": ["Archive"]}}
    return {
        "@context": CONTEXT,
        "id": absolute(path),
        "type": "Collection",
        **about,
        "items": [_reference(each) for each in parts],
    }


def words(one: Shown, transcript: Transcript) -> dict[str, Any]:
    """The cues of a transcript as annotations at their times."""
    own = absolute(reverse("iiif:words", args=[one.unit.code, transcript.lang]))
    canvas = f"{absolute(reverse('iiif:manifest', args=[one.unit.code]))}/canvas/1"
    cues = [each for each in transcript.cues.all() if one.public.shows(Scope.ONLINE, Span(each.start, each.end))]
    return {"@context": CONTEXT, "id": own, "type": "AnnotationPage", "items": [
        {
            "id": f"{own}/{number}", "type": "Annotation", "motivation": "supplementing",
            "body": {"type": "TextualBody", "value": each.text, "format": "text/plain", "language": transcript.lang},
            "target": f"{canvas}#t={_seconds(each.start)},{_seconds(each.end)}",
        }
        for number, each in enumerate(cues, start=1)
    ]}  # fmt: skip


def _described(one: Shown) -> dict[str, Any]:
    unit = one.unit
    homes = [
        {"id": absolute(f"/{lang}/archive/u/{unit.code}/"), "type": "Text", "format": "text/html", "label": _texts(unit.titles), "language": [lang]}
        for lang in LANGUAGES
    ]  # fmt: skip
    facts = [
        ({"en": ["Reference code"]}, {"none": [unit.reference]}),
        ({"en": ["Date"]}, {"none": [_dates(unit)]}),
        *(({"en": ["Narrator"]}, _texts(names)) for names in one.names),
    ]
    found = {"label": _texts(unit.titles), "homepage": homes, "metadata": [
        {"label": label, "value": value} for label, value in facts if any(text for texts in value.values() for text in texts)
    ]}  # fmt: skip
    if unit.abouts:
        found["summary"] = _texts(unit.abouts)
    if rights := unit.details.get("rights"):
        found["requiredStatement"] = {"label": {"en": ["Conditions"]}, "value": _texts(rights)}
    return found


def _reference(one: Shown) -> dict[str, Any]:
    is_item = one.unit.level == "item"
    path = reverse("iiif:manifest" if is_item else "iiif:collection", args=[one.unit.code])
    return {"id": absolute(path), "type": "Manifest" if is_item else "Collection", "label": _texts(one.unit.titles)}


def _canvases(one: Shown, own: str) -> Iterable[dict[str, Any]]:
    number = 0
    if one.sound:
        number += 1
        yield _sound(one, one.sound, f"{own}/canvas/{number}")
    for each in one.pictures:
        number += 1
        yield _picture(each, f"{own}/canvas/{number}")
    if not number:
        # a manifest has a canvas; this one says that there is something, and where it may be heard
        yield {
            "id": f"{own}/canvas/1",
            "type": "Canvas",
            "width": 1,
            "height": 1,
            "label": _texts(one.unit.titles),
            "items": [],
        }


def _sound(one: Shown, media: Media, canvas: str) -> dict[str, Any]:
    length = _seconds(media.duration)
    body: dict[str, Any] = {
        "id": absolute(reverse("iiif:sound", args=[media.pk])), "type": "Video" if media.is_video else "Sound",
        "format": media.media_type, "duration": length,
    }  # fmt: skip
    found: dict[str, Any] = {"id": canvas, "type": "Canvas", "duration": length, "label": _texts(one.unit.titles)}
    if media.is_video:
        for each in (body, found):
            each.update(width=media.width or 1280, height=media.height or 720)
    found["items"] = [_painted(canvas, body)]
    pages = [absolute(reverse("iiif:words", args=[one.unit.code, lang])) for lang in told(one, "").langs]
    if pages:
        found["annotations"] = [{"id": page, "type": "AnnotationPage"} for page in pages]
    return found


def _picture(media: Media, canvas: str) -> dict[str, Any]:
    width, height, _name = media.sizes[-1]
    body = {
        "id": absolute(reverse("iiif:picture", args=[media.pk, width])), "type": "Image", "format": "image/jpeg", "width": width,
        "height": height,
    }  # fmt: skip
    small = media.sizes[0]
    return {
        "id": canvas, "type": "Canvas", "width": width, "height": height, "label": _texts(media.alts), "items": [_painted(canvas, body)],
        "thumbnail": [{
            "id": absolute(reverse("iiif:picture", args=[media.pk, small[0]])), "type": "Image", "format": "image/jpeg", "width": small[0],
            "height": small[1],
        }],
    }  # fmt: skip


def _painted(canvas: str, body: Mapping[str, Any]) -> dict[str, Any]:
    annotation = {
        "id": f"{canvas}/painting/1",
        "type": "Annotation",
        "motivation": "painting",
        "body": dict(body),
        "target": canvas,
    }
    return {"id": f"{canvas}/page", "type": "AnnotationPage", "items": [annotation]}


def _ranges(one: Shown, own: str) -> list[dict[str, Any]]:
    canvas = f"{own}/canvas/1"
    return [
        {
            "id": f"{own}/range/{number}", "type": "Range", "label": _texts(segment.titles),
            "items": [{"id": f"{canvas}#t={_seconds(span.start)},{_seconds(span.end)}", "type": "Canvas"}],
        }
        for number, (segment, span) in enumerate(told(one, "").segments, start=1)
    ]  # fmt: skip


def parts(one: Shown) -> list[Shown]:
    return parts_of(one.unit)


def _texts(texts: Mapping[str, str]) -> dict[str, list[str]]:
    return {lang: [text] for lang, text in texts.items() if text} or {"none": ["–"]}


def _seconds(milliseconds: int) -> float:
    return milliseconds / 1000


def _dates(unit: Unit) -> str:
    return "/".join(each for each in (unit.date_from, unit.date_to) if each)
