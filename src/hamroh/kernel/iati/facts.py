"""What a file of the standard says, as plain facts: an activity, an organisation, their money and their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

#: words by language
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Body:
    """An organisation as a file names it; without ``ref`` it is known by its name only."""

    names: Texts
    ref: str = ""
    kind: str = ""
    role: str = ""


@dataclass(frozen=True)
class Share:
    """A country, region or sector with its part of the whole, as far as that is known."""

    code: str
    percentage: Decimal | None = None
    vocabulary: str = ""
    names: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A place as the public may know it: never nearer than a district."""

    names: Texts
    point: tuple[float, float] | None = None
    ref: str = ""


@dataclass(frozen=True)
class Span:
    """From a day to a day, both of them in it."""

    starts: str
    ends: str


@dataclass(frozen=True)
class Money:
    """An amount on a day."""

    amount: Decimal
    currency: str
    value_date: str


@dataclass(frozen=True)
class Budget:
    """What a period was planned to cost."""

    span: Span
    money: Money
    is_revised: bool = False
    is_committed: bool = False


@dataclass(frozen=True)
class Transfer:
    """Money that moved or was promised, by the code that the standard gives its kind."""

    kind: str
    on_date: str
    money: Money
    about: Texts = field(default_factory=dict)
    provider: Body | None = None
    receiver: Body | None = None


@dataclass(frozen=True)
class Paper:
    """A document that anybody may open."""

    url: str
    format: str
    titles: Texts
    category: str
    languages: Sequence[str] = ()
    on_date: str = ""


@dataclass(frozen=True)
class Figure:
    """A target or an actual: a value, or words where nothing is counted."""

    value: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    comment: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Period:
    """What was meant to be reached in a time, and what was."""

    span: Span
    targets: Sequence[Figure] = ()
    actuals: Sequence[Figure] = ()


@dataclass(frozen=True)
class Baseline:
    """How it was before."""

    year: int
    value: str = ""
    comment: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """What is counted; ``measure`` by the standard's code (1 number, 2 per cent, 5 words)."""

    titles: Texts
    measure: str = "1"
    is_up: bool = True
    is_summed: bool = False
    baseline: Baseline | None = None
    periods: Sequence[Period] = ()
    about: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """An output (1), outcome (2) or impact (3)."""

    kind: str
    titles: Texts
    indicators: Sequence[Indicator]
    about: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Activity:
    """A project as the standard has it."""

    identifier: str
    reporter: Body
    titles: Texts
    abouts: Sequence[tuple[str, Texts]]
    parties: Sequence[Body]
    status: str
    #: kind, day, and what is not known of it
    dates: Sequence[tuple[str, str, Texts]]
    changed_at: str
    language: str = "en"
    currency: str = ""
    scope: str = ""
    countries: Sequence[Share] = ()
    places: Sequence[Place] = ()
    sectors: Sequence[Share] = ()
    markers: Sequence[tuple[str, str]] = ()
    budgets: Sequence[Budget] = ()
    transfers: Sequence[Transfer] = ()
    papers: Sequence[Paper] = ()
    results: Sequence[Result] = ()


@dataclass(frozen=True)
class Publisher:
    """An organisation that reports, and what its years were planned to cost."""

    body: Body
    changed_at: str
    language: str = "en"
    budgets: Sequence[Budget] = ()
