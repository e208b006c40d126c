"""Benchmarks: each is a module with ``figures(*, full) -> Iterator[Figure]``, listed here by hand."""

#: name on the command line -> module
BENCHES = {
    "search": "hamroh.site.benches.search",
}
