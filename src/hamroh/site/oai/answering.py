"""Answers of the protocol, written piece by piece."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.utils import timezone

from hamroh.site.oai import dublin, listing, mods
from hamroh.site.oai.asking import Asked, Unanswerable
from hamroh.site.oai.marking import around, attributes, mark
from hamroh.site.oai.tokens import place_of, token_of
from hamroh.web.oai import Description, Offered
from hamroh.web.texts import pick

_SPACE = "http://www.openarchives.org/OAI/2.0/"
_IDENTIFIER = f"{_SPACE}oai-identifier"
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{_SPACE}" {_XSI} xsi:schemaLocation="{_SPACE} {_SPACE}OAI-PMH.xsd">'
)
#: what the scheme of identifiers takes for the name of a repository
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]+)+")


@dataclass(frozen=True)
class Format:
    """A form in which records are given."""

    schema: str
    namespace: str
    write: Callable[[Description, str], str]


FORMATS = {
    "oai_dc": Format(dublin.SCHEMA, dublin.NAMESPACE, dublin.as_dublin_core),
    "mods": Format(mods.SCHEMA, mods.NAMESPACE, mods.as_mods),
}


def base_url() -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}/oai"


def answer(question: Asked) -> Iterator[str]:
    """The answer to a question; everything that can be refused is refused before the first piece (raises Unanswerable)."""
    now, told = timezone.now(), {"verb": question.verb, **question.given}
    inside = _VERBS[question.verb](question)
    return _whole(now, told, chain([f"<{question.verb}>"], inside, [f"</{question.verb}>"]))


def refusal(question: Asked | None, fault: Unanswerable) -> Iterator[str]:
    """The answer to a question that cannot be answered."""
    is_said = question is not None and fault.code not in ("badVerb", "badArgument")
    told = {"verb": question.verb, **question.given} if question and is_said else {}
    return _whole(timezone.now(), told, [mark("error", str(fault), code=fault.code)])


def _whole(now: dt.datetime, told: dict[str, str], inside: Iterable[str]) -> Iterator[str]:
    """``now`` is from before anything was read: who asks next from there misses nothing."""
    yield _HEAD
    yield mark("responseDate", _stamp(now))
    yield f"<request{attributes(told)}>{base_url()}</request>"
    yield from inside
    yield "</OAI-PMH>\n"


def _stamp(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _identify(_question: Asked) -> Iterable[str]:
    domain, first = listing.domain(), listing.earliest() or timezone.now()
    return [
        mark("repositoryName", f"Hamroh, {domain}"), mark("baseURL", base_url()), mark("protocolVersion", "2.0"),
        mark("adminEmail", settings.CONTACT_EMAIL or f"oai@{domain if _is_name(domain) else 'hamroh.invalid'}"),
        mark("earliestDatestamp", _stamp(first)), mark("deletedRecord", "persistent"), mark("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        mark("compression", "gzip"), around("description", [_scheme(domain)]),
    ]  # fmt: skip


def _is_name(domain: str) -> bool:
    return bool(_NAME.fullmatch(domain))


def _scheme(domain: str) -> str:
    """How identifiers are made, which is said only of a name that the scheme allows."""
    if not _is_name(domain):
        return ""
    sample = listing.identifier_of(listing.shelves()[0].room, "2b4hd8kq") if listing.shelves() else ""
    inside = [
        mark("scheme", "oai"), mark("repositoryIdentifier", domain), mark("delimiter", ":"), mark("sampleIdentifier", sample),
    ]  # fmt: skip
    return (
        f'<oai-identifier xmlns="{_IDENTIFIER}" xsi:schemaLocation="{_IDENTIFIER} {_IDENTIFIER}.xsd">'
        f"{''.join(inside)}</oai-identifier>"
    )


def _formats(question: Asked) -> Iterable[str]:
    if question.identifier and listing.single(question.identifier) is None:
        raise Unanswerable("idDoesNotExist", "There is no record with this identifier.")
    return [
        around("metadataFormat", [mark("metadataPrefix", prefix), mark("schema", form.schema), mark("metadataNamespace", form.namespace)])
        for prefix, form in FORMATS.items()
    ]  # fmt: skip


def _sets(question: Asked) -> Iterable[str]:
    if question.token:
        raise Unanswerable("badResumptionToken", "Sets are given at once, without a token.")
    found = listing.sets()
    if not found:
        raise Unanswerable("noSetHierarchy", "There are no sets here yet.")
    return [
        around("set", [mark("setSpec", spec), mark("setName", str(pick(texts, "en")) or spec)])
        for spec, texts in sorted(found.items())
    ]


def _record(question: Asked) -> Iterable[str]:
    found = listing.single(question.identifier)
    if found is None:
        raise Unanswerable("idDoesNotExist", "There is no record with this identifier.")
    return [_written(*found, _format(question.prefix))]


def _records(question: Asked) -> Iterable[str]:
    page = _listed(question, described=True)
    form = _format(_prefix_of(question))
    return _each(page, lambda room, each: _written(room, each, form))


def _identifiers(question: Asked) -> Iterable[str]:
    return _each(_listed(question, described=False), _header)


def _listed(question: Asked, *, described: bool) -> listing.Listed:
    _format(_prefix_of(question))
    return listing.listed(question, described=described)


def _prefix_of(question: Asked) -> str:
    return place_of(question.token, question.verb).prefix if question.token else question.prefix


def _format(prefix: str) -> Format:
    if prefix not in FORMATS:
        raise Unanswerable("cannotDisseminateFormat", f"Records are given as {' and '.join(FORMATS)}.")
    return FORMATS[prefix]


def _each(page: listing.Listed, write: Callable[[str, Offered], str]) -> Iterator[str]:
    for room, offered in page.records:
        yield write(room, offered)
    if page.onward:
        token, until = token_of(page.onward)
        yield mark(
            "resumptionToken",
            token,
            expirationDate=_stamp(until),
            completeListSize=str(max(page.total, 1)),
            cursor=str(page.before),
        )
    elif page.resumed:
        yield f'<resumptionToken completeListSize="{max(page.total, 1)}" cursor="{page.before}"/>'


def _header(room: str, offered: Offered) -> str:
    given = ' status="deleted"' if offered.is_deleted else ""
    named = [mark("identifier", listing.identifier_of(room, offered.key)), mark("datestamp", _stamp(offered.stamp))]
    return f"<header{given}>{''.join(named)}{''.join(mark('setSpec', each) for each in offered.sets)}</header>"


def _written(room: str, offered: Offered, form: Format) -> str:
    metadata = [form.write(offered.description, settings.PUBLIC_URL.rstrip("/"))] if offered.description else []
    return around("record", [_header(room, offered), around("metadata", metadata)])


_VERBS: dict[str, Callable[[Asked], Iterable[str]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListRecords": _records,
    "ListIdentifiers": _identifiers,
}
