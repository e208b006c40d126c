"""Benchmarks: each is a module with ``figures(*, full) -> Iterator[Figure]``, listed here by hand."""

#: name on the command line -> module
BENCHES = {
    "accounts": "hamroh.site.benches.accounts",
    "cases": "hamroh.site.benches.cases",
    "evidence": "hamroh.site.benches.evidence",
    "exchange": "hamroh.site.benches.exchange",
    "disclosure": "hamroh.site.benches.disclosure",
    "field": "hamroh.site.benches.field",
    "finder": "hamroh.site.benches.finder",
    "linkage": "hamroh.site.benches.linkage",
    "names": "hamroh.site.benches.names.bench",
    "search": "hamroh.site.benches.search",
    "statistics": "hamroh.site.benches.statistics",
    "thesaurus": "hamroh.site.benches.thesaurus",
    "tracing": "hamroh.site.benches.tracing",
    "training": "hamroh.site.benches.training",
    "vault": "hamroh.site.benches.vault",
    "web": "hamroh.site.benches.web",
}
