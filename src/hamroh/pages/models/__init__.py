"""Pages, pictures, stories, letters and what was answered in quizzes."""

from hamroh.pages.models.pictures import Picture
from hamroh.pages.models.reviewing import AnotherEditor, editors_of
from hamroh.pages.models.stories import STORY_FOLLOWERS, Allowed, Narrator, Story
from hamroh.pages.models.tree import FOLLOWERS, SHELVES, Article, PageKind, Section
from hamroh.pages.models.words import Forward, Letter, QuizTotal

__all__ = [
    "FOLLOWERS", "SHELVES", "STORY_FOLLOWERS", "Allowed", "AnotherEditor", "Article", "Forward", "Letter", "Narrator", "PageKind", "Picture",
    "QuizTotal", "Section", "Story", "editors_of",
]  # fmt: skip
