"""Rooms' records as the screens over all rooms know them: by their code, by their owner, by their address."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from hamroh.accounts import policy
from hamroh.accounts.policy.facts import Ref, guarded_of, kind_of

Text = str | Promise


@dataclass(frozen=True)
class Register:
    """How a room hands over its records of one model.

    ``reads`` is the verb that opens a record's page; ``with_code`` gives the rows of a code that somebody typed, by one query;
    ``fields`` are the words for its sealed fields.
    """

    model: type[Model]
    title: Text
    reads: str
    with_code: Callable[[str], QuerySet[Any]]
    code_of: Callable[[Any], str]
    address_of: Callable[[Any], str]
    fields: Mapping[str, Text] = field(default_factory=dict)

    def owned_by(self, user_id: Any) -> QuerySet[Any]:
        guarded = guarded_of(self.model)
        rows: QuerySet[Any] = self.model._default_manager.all()  # noqa: SLF001 - Django's documented face of a model
        alone = Q(**{guarded.owner: user_id}) if guarded.owner else Q(pk__in=())
        together = Q(**{f"{guarded.owners}__contains": f"/{user_id}/"}) if guarded.owners else Q(pk__in=())
        return rows.filter(alone | together)

    def name_of(self, record: Any) -> str:
        return f"{self.title} {self.code_of(record)}"


@dataclass(frozen=True)
class Named:
    """A record as a line on the desk shows it; ``href`` is empty where it does not open for who reads the line."""

    name: str
    href: str = ""


_registers: dict[str, Register] = {}


def declare(register: Register) -> None:
    """Called by a room when it is loaded."""
    _registers[kind_of(register.model)] = register


def registers() -> Iterator[Register]:
    return iter(_registers.values())


def find(code: str, actor: Any, verb: str) -> Any:
    """The record of a code to which ``actor`` may do ``verb``, else None.

    An unknown code and a record that is shut take the same queries: one for each register, whatever is found.
    """
    found = [policy.visible(actor, verb, each.with_code(code.strip())).first() for each in registers()]
    return next((record for record in found if record is not None), None)


def find_readable(code: str, actor: Any) -> Any:
    """The record of a code whose page opens for ``actor``, else None; as many queries either way."""
    found = [policy.visible(actor, each.reads, each.with_code(code.strip())).first() for each in registers()]
    return next((record for record in found if record is not None), None)


def named(actor: Any, refs: Iterable[Ref]) -> dict[Ref, Named]:
    """Names of records by kind and id, one query for each kind; records that do not open for ``actor`` are left out."""
    wanted: dict[str, set[str]] = {}
    for kind, pk in refs:
        wanted.setdefault(kind, set()).add(pk)
    return {
        (kind, str(row.pk)): Named(register.name_of(row), register.address_of(row))
        for kind, register in _registers.items()
        if kind in wanted
        for row in policy.visible(actor, register.reads, register.model._default_manager.filter(pk__in=wanted[kind]))  # noqa: SLF001
    }


def of(kind: str) -> Register | None:
    return _registers.get(kind)


def address_of(record: Any) -> str:
    """The page of a record, the desk where no room tells of one."""
    register = of(kind_of(record))
    return register.address_of(record) if register else "/desk/"
