"""What the public API tells of figures, typed; texts are objects by language, numbers are texts so that none loses a digit."""

import datetime as dt

from ninja import Schema

Texts = dict[str, str]


class EvidenceConcept(Schema):
    """What is counted. ``part_of`` are concepts that can never be smaller."""

    key: str
    names: Texts
    definitions: Texts
    kind: str
    unit: str
    part_of: list[str]
    codes: dict[str, str]


class EvidenceIndicator(Schema):
    """One way to count a concept; ``of_which`` is the code of the indicator that it is a part of."""

    code: str
    concept: str
    names: Texts
    definitions: Texts
    unit: str
    of_which: str | None


class EvidenceSource(Schema):
    """Where figures come from; ``cites`` is the key of the source that it has them from."""

    key: str
    title: str
    kind: str
    publisher: str
    authors: str
    issued: str
    url: str
    licence: str
    cites: str | None
    releases: list[str]


class EvidenceSeries(Schema):
    """An indicator for one place in one release; ``observations`` says how many figures of it are public."""

    id: str
    indicator: str
    concept: str
    area: str
    dimensions: dict[str, str]
    source: str
    release: str
    observations: int


class EvidenceObservation(Schema):
    """A figure: ``value``, or ``low`` to ``high``, or none with the reason in ``missing``; ``printed`` as it stands in its source.

    ``status`` is the first of ``flags`` by rank. ``source`` is what it is cited from, ``quoted_in`` the work in which it was read.
    """

    code: str
    series: str
    concept: str
    indicator: str
    area: str
    dimensions: dict[str, str]
    period: str
    value: str | None
    low: str | None
    high: str | None
    qualifier: str
    unit: str
    printed: str
    missing: str
    flags: list[str]
    status: str
    definition: str
    source: str
    release: str
    locator: str
    quoted_in: str | None
    supersedes: str | None
    recorded_at: dt.datetime
    address: str


class EvidenceEstimates(Schema):
    """Figures of one thing that differ; ``preferred`` is the code of the one that somebody prefers, ``reasons`` say why."""

    concept: str
    area: str
    period: str
    dimensions: dict[str, str]
    least: str
    most: str
    preferred: str | None
    reasons: Texts
    observations: list[EvidenceObservation]


class EvidenceEdition(Schema):
    """A published edition of a country's profile; ``digest`` is the SHA-256 of its frozen content. ``data`` are addresses of its figures as files."""

    code: str
    profile: str
    area: str
    label: str
    titles: Texts
    languages: list[str]
    as_of: str
    published: dt.datetime
    digest: str
    address: str
    data: dict[str, str]


class Listed(Schema):
    """A page of a list, with what holds for all of it."""

    total: int
    page: int
    pages: int


class EvidenceConcepts(Listed):
    items: list[EvidenceConcept]


class EvidenceIndicators(Listed):
    items: list[EvidenceIndicator]


class EvidenceSources(Listed):
    items: list[EvidenceSource]


class EvidenceSeriesList(Listed):
    items: list[EvidenceSeries]


class EvidenceObservations(Listed):
    """``as_of`` is the day until which figures were recorded, null for now; ``licence`` and ``notice`` hold for all of them."""

    as_of: str | None
    licence: str
    notice: str
    items: list[EvidenceObservation]


class EvidenceEstimateSets(Listed):
    as_of: str | None
    licence: str
    notice: str
    items: list[EvidenceEstimates]


class EvidenceEditions(Listed):
    items: list[EvidenceEdition]
