"""The small vocabulary and its layer, imported."""

from typing import Any

import pytest
from rooms_thesaurus_data import HOMES, LAYER


@pytest.fixture
def homes(db: None) -> Any:
    """The small vocabulary, imported."""
    from hamroh.thesaurus import exchange
    from hamroh.thesaurus.models import Scheme

    exchange.import_file(actor=None, content=HOMES.encode(), code="homes")
    return Scheme.objects.get(code="homes")


@pytest.fixture
def layer(homes: Any) -> Any:
    """A national layer over it."""
    from hamroh.thesaurus import exchange
    from hamroh.thesaurus.models import Scheme

    exchange.import_file(actor=None, content=LAYER.encode(), code="homes-tj", layer="national", extends="homes")
    return Scheme.objects.get(code="homes-tj")


@pytest.fixture
def own(homes: Any, cast: Any) -> Any:
    """The centre's own layer over it."""
    from hamroh.thesaurus.models import Layer, Scheme

    uri, title = "http://example.org/centre", {"en": "Words of the centre"}
    return Scheme.objects.create(
        code="centre", uri=uri, titles=title, layer=Layer.ORGANISATION, extends=homes, maintainer=cast.centre
    )
