"""A crowd of records for measures of speed: made of the words of the committed texts and of invented names,
always the same."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from hamroh.kernel import terms
from hamroh.kernel.datafiles import rows
from hamroh.search.documents import Document, Part, Passage
from hamroh.site.benches.queries import LANGUAGES, corpus

_SEED = 20261122
_NAMES, _HEAD = 20_000, 3
_SYLLABLES = {
    "az": "al ba çə da el fi gül hə ib ka lə ma nə or pa qa ra sə şi ta ul və xa ya zə".split(),  # noqa: SIM905
    "tg": "ал ба ча да эл фи гул ҳа иб ка ла ма на ор па қа ра са ши та ул ва ха ҷа за".split(),  # noqa: SIM905
    "ru": "ал ба ча да ел фи го ха иб ка ле ма не ор па ко ра са ши та ул ва хо жа за".split(),  # noqa: SIM905
    "en": "al ba cha da el fi go ha ib ka le ma ne or pa co ra sa shi ta ul wa ho ja za".split(),  # noqa: SIM905
}


def crowd(count: int) -> Iterator[Document]:
    """``count`` public records in one to three languages each, of some 30 words a language.

    Words come as often as in real texts: the n-th commonest is met about one n-th as often as the first (Zipf's law).
    """
    rng = random.Random(_SEED)
    seeds = corpus()
    labels = terms.load().preferred_labels()
    concepts = sorted(terms.load().concepts)
    places = sorted({row["unit"] for row in rows("places/unit_names.csv")})
    words = {lang: _Words(rng, lang, seeds) for lang in LANGUAGES}
    for number in range(count):
        langs = rng.sample(LANGUAGES, rng.choice((1, 1, 2, 3)))
        subjects = rng.sample(concepts, 2)
        yield replace(
            rng.choice(seeds),
            record_id=f"c{number}",
            titles={lang: words[lang].draw(6) for lang in langs},
            summaries={lang: words[lang].draw(24) for lang in langs},
            passages=[
                Passage(Part.SUBJECT, lang, labels[key, lang])
                for key in subjects
                for lang in LANGUAGES
                if (key, lang) in labels
            ],
            facets={"place": [rng.choice(places)], "subject": subjects, "year": [str(rng.randint(2005, 2026))]},
            quality=rng.random(),
        )


class _Words:
    """The words of the committed texts by frequency, and after them words that nobody has, as names are."""

    def __init__(self, rng: random.Random, lang: str, seeds: list[Document]) -> None:
        texts = [text for one in seeds for text in (one.titles.get(lang), one.summaries.get(lang)) if text]
        met = Counter(word for text in texts for word in text.split())
        names = ["".join(rng.choices(_SYLLABLES[lang], k=rng.choice((2, 3)))) for _ in range(_NAMES)]
        self.rng = rng
        self.words = [word for word, _ in met.most_common()] + names
        self.weights = list(accumulate(1 / (rank + _HEAD) for rank in range(len(self.words))))

    def draw(self, count: int) -> str:
        return " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=count))
