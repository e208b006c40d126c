"""How many examples a property is tried with: fewer at every change, the stated counts in the long tier."""

from hypothesis import settings

#: time is a matter for benchmarks: a busy machine must not fail a property
settings.register_profile("house", deadline=None, max_examples=15)
settings.register_profile("long", deadline=None, max_examples=200)
settings.load_profile("house")


def tried(short: int, long: int) -> settings:
    """So many examples at every change, so many in the long tier: for what costs more than others, or needs more."""
    return settings(max_examples=long if settings().max_examples > 100 else short)
