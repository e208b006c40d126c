"""The moment and the codes that tests of the help finder share."""

import datetime as dt

NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)  # a Tuesday, 11 o'clock in Dushanbe
TODAY = NOW.date()
LEGAL, GROUP, SHELTER, HOTLINE = "hm0064", "hm0455", "hm0152", "hm0434"
MONEY, AFRAID = 4127, 8350  # codes of needs
KULOB, VOSE, KHUJAND, TAJIKISTAN, BAKU = 2825, 5441, 9466, 1438, 6294
