"""Programs ask the interfaces everything that their descriptions allow, and much that they forbid: nothing breaks, and nothing
is answered that was not described."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from django.test.client import ClientHandler
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance
from world import World

from counts import tried

INTERFACES = ("/api/v1/openapi.json", "/api/hsds/openapi.json")
#: what hypothesis may find slow or large is the machine's matter, and that of the descriptions
#: HSDS asks for words of a postal code and of a distance; we refuse both in words rather than guess
DELIBERATE = [positive_data_acceptance]
CALM = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


def site(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The whole site with all that stands before it, on the tables of this test."""
    answer: Any = ClientHandler()(environ)
    start(f"{answer.status_code} {answer.reason_phrase}", [(name, str(value)) for name, value in answer.items()])
    return [b"".join(answer)]


def operations(address: str, app: Any = site) -> list[Any]:
    schema = schemathesis.openapi.from_wsgi(address, app, config=SchemathesisConfig())
    return [each.ok() for each in schema.get_all_operations()]


def faults(operation: Any, mode: GenerationMode, counted: settings) -> list[str]:
    """What the first answer that breaks the description says; where nothing can be asked wrongly there is none."""

    @settings(counted, **CALM)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=DELIBERATE)

    try:
        ask()
    except FailureGroup as found:
        return [f"{operation.label}: {[str(each) for each in found.exceptions]}"]
    except Unsatisfiable:
        return []
    return []


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("address", INTERFACES)
def test_it_answers_as_it_is_described(miniature: World, db: None, address: str, mode: GenerationMode) -> None:
    counted = tried(3, 200)
    assert [fault for each in operations(address) for fault in faults(each, mode, counted)] == []


def teapot(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A site that describes itself as ours does, and answers something else."""
    if environ["PATH_INFO"].endswith("openapi.json"):
        return site(environ, start)
    start("418 I'm a teapot", [("Content-Type", "application/json")])
    return [b"1"]


def test_it_would_hear_of_an_answer_that_nobody_described(db: None) -> None:
    one = operations(INTERFACES[0], teapot)[0]
    (heard,) = faults(one, GenerationMode.POSITIVE, settings(max_examples=5))
    assert "418" in heard
