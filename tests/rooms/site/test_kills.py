"""kill -9 of a running service while people write: nothing that was acknowledged is lost, nothing is written twice."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service import Service
from writing import Writer, check, get_ready


@pytest.fixture
def service(tmp_path: Path, blank_home: Callable[..., Path]) -> Service:
    return Service(blank_home(tmp_path / "home"))


@pytest.fixture
def ready(service: Service) -> dict[str, Any]:
    return get_ready(service.home)


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.long)])
def test_it_loses_and_doubles_nothing_that_was_acknowledged(
    service: Service, ready: dict[str, Any], kills: int
) -> None:
    chance = random.Random(kills)
    writers = [Writer(service, ready, number) for number in range(4)]
    service.start()
    for writer in writers:
        writer.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 1.2))
        service.kill()
        service.start()
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join(60)
    assert not any(writer.is_alive() for writer in writers)
    service.kill()
    assert sum(writer.retries for writer in writers) > 0
    check(service.home, writers)
