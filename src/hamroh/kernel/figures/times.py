"""Whether two figures speak of one time; one without a time speaks of the last years."""

from hamroh.kernel.figures.model import Figure, Kind, Profile

#: a figure without a year is compared with those of so many years before the profile
UNDATED = 4


def year(profile: Profile, figure: Figure) -> int:
    """The year in which it ends, or that of the profile."""
    return (figure.period or profile.date).year


def recent(profile: Profile, figure: Figure) -> bool:
    """Whether it is of the last years before the profile."""
    return profile.date.year - year(profile, figure) <= UNDATED


def same_time(profile: Profile, one: Figure, other: Figure) -> bool:
    """Whether two figures speak of one time; one without a year speaks of the last ones."""
    if one.period is None or other.period is None:
        dated = one if one.period else other
        return recent(profile, dated)
    return one.period.meets(other.period) and (
        profile.concept(one).kind is Kind.STOCK or one.period.is_like(other.period)
    )
