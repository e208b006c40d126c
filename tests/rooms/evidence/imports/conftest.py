"""Small files of statistics, and how they come in."""

from collections.abc import Callable
from typing import Any

import pytest

from evidence_world import Analysts


@pytest.fixture
def bring(people: Analysts) -> Callable[..., Any]:
    """Bring in a file as Nigina; the outcome of the look and the import."""
    from hamroh.evidence.actions import Release
    from hamroh.evidence.exchange import bringing
    from hamroh.evidence.models import Source

    def brought(
        text: str | bytes,
        *,
        key: str = "a-source",
        label: str = "1",
        despite: str = "",
        name: str = "f.csv",
        **how: Any,
    ) -> Any:
        content = text.encode() if isinstance(text, str) else text
        looked = bringing.look(name=name, content=content, source=Source.objects.filter(key=key).first(), **how)
        release = Release(key=key, label=label, digest="", facts={"title": key})
        return looked, bringing.take_in(
            actor=people.nigina, organisation=people.centre, looked=looked, release=release, despite=despite
        )

    return brought
