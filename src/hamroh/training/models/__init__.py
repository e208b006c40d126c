"""Courses, rounds, who takes part in them, certificates, and what gatherings asked of whom."""

from hamroh.training.models.courses import (
    Bearing,
    Borne,
    Counted,
    Course,
    CourseKind,
    Grown,
    Material,
    OfRound,
    Round,
)
from hamroh.training.models.gatherings import Asked, Gathering, GatheringKind, Recommendation, RecommendationLine
from hamroh.training.models.people import (
    Age,
    CalendarKey,
    Certificate,
    Enrolment,
    Here,
    Mended,
    Session,
    Sex,
    Shows,
    SignUp,
    Trainer,
)
from hamroh.training.models.workshops import Workshop, WorkshopCount

__all__ = [
    "Age", "Asked", "Bearing", "Borne", "CalendarKey", "Certificate", "Counted", "Course", "CourseKind", "Enrolment",
    "Gathering", "GatheringKind", "Grown", "Here", "Material", "Mended", "OfRound", "Recommendation", "RecommendationLine",
    "Round", "Session", "Sex", "Shows", "SignUp", "Trainer", "Workshop", "WorkshopCount",
]  # fmt: skip
