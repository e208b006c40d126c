"""How many examples a property is tried with: fewer at every change, the stated counts in the long tier."""

from hypothesis import settings

#: time is a matter for benchmarks: a busy machine must not fail a property
settings.register_profile("house", deadline=None, max_examples=25)
settings.register_profile("long", deadline=None, max_examples=200)
settings.load_profile("house")
