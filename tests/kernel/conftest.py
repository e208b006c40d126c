"""The kernel's tests run by themselves too: ``pytest.ini`` beside this file leaves Django out."""

import counts  # noqa: F401 - settles how many examples are tried
