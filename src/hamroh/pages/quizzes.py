"""Quizzes on the law: questions from files, one at a time; what was answered travels in the form and nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data" / "quiz"
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    key: str
    texts: Texts


@dataclass(frozen=True)
class Question:
    """One question; ``law`` says where the answer stands, ``verified`` whether somebody compared it with the text in force."""

    key: str
    texts: Texts
    answers: Sequence[Answer]
    right: str
    why: Texts
    law: Texts
    verified: bool
    read: Sequence[str]

    def text_of(self, key: str) -> Texts:
        return next((each.texts for each in self.answers if each.key == key), {})


@dataclass(frozen=True)
class Quiz:
    key: str
    country: str
    titles: Texts
    about: Texts
    questions: Sequence[Question]

    def answered(self, sent: Mapping[str, str]) -> dict[str, str]:
        """The answers among what was sent, up to the first question that has none."""
        kept: dict[str, str] = {}
        for question in self.questions:
            chosen = sent.get(question.key, "")
            if chosen not in {each.key for each in question.answers}:
                break
            kept[question.key] = chosen
        return kept

    def next_after(self, answers: Mapping[str, str]) -> Question | None:
        return next((each for each in self.questions if each.key not in answers), None)

    def right_in(self, answers: Mapping[str, str]) -> int:
        return sum(answers.get(each.key) == each.right for each in self.questions)


@cache
def quizzes() -> dict[str, Quiz]:
    """All quizzes by their key."""
    found = [_quiz(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(DATA.glob("*.yml"))]
    return {each.key: each for each in found}


def _quiz(told: Mapping[str, Any]) -> Quiz:
    return Quiz(
        told["key"], told["country"], told["titles"], told["about"], [_question(each) for each in told["questions"]]
    )


def _question(told: Mapping[str, Any]) -> Question:
    answers = [Answer(key, texts) for key, texts in told["answers"].items()]
    return Question(
        told["key"], told["texts"], answers, told["right"], told["why"], told["law"], bool(told.get("verified")),
        tuple(told.get("read", ())),
    )  # fmt: skip
