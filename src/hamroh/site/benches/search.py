"""Search: quality over the committed query sets and speed at 100,000 documents, beside the stock engines."""

from collections.abc import Iterator

from hamroh.site.benches.figures import Figure, memory_mib


def figures(*, full: bool) -> Iterator[Figure]:  # noqa: ARG001 - every bench has the same face
    """Figures of the search room."""
    yield Figure("search.memory", memory_mib(), "MiB")
