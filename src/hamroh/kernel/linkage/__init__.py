"""One person among many: an index of people's names and facts, searched in any spelling, that says why it found whom."""

from hamroh.kernel.linkage.index import Candidate, Index

__all__ = ["Candidate", "Index"]
