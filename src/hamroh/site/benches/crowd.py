"""A crowd of records for measures of speed: made from the committed texts, names of places and invented names, always the same."""

import random
from collections.abc import Iterator
from dataclasses import replace

from hamroh.kernel import terms
from hamroh.kernel.datafiles import rows
from hamroh.search.documents import Document, Part, Passage
from hamroh.site.benches.queries import LANGUAGES, corpus

_SEED = 20261122
_SYLLABLES = {
    "az": "al ba çə da el fi gül hə ib ka lə ma nə or pa qa ra sə şi ta ul və xa ya zə".split(),  # noqa: SIM905
    "tg": "ал ба ча да эл фи гул ҳа иб ка ла ма на ор па қа ра са ши та ул ва ха ҷа за".split(),  # noqa: SIM905
    "ru": "ал ба ча да ел фи го ха иб ка ле ма не ор па ко ра са ши та ул ва хо жа за".split(),  # noqa: SIM905
    "en": "al ba cha da el fi go ha ib ka le ma ne or pa co ra sa shi ta ul wa ho ja za".split(),  # noqa: SIM905
}


def crowd(count: int) -> Iterator[Document]:
    """``count`` public records in one to three languages each, of some 40 words a language."""
    rng = random.Random(_SEED)
    seeds = corpus()
    texts = {lang: [one.summaries[lang] for one in seeds if lang in one.summaries] for lang in LANGUAGES}
    titles = {lang: [one.titles[lang] for one in seeds if lang in one.titles] for lang in LANGUAGES}
    labels = terms.load().preferred_labels()
    concepts = sorted(terms.load().concepts)
    places = sorted({row["unit"] for row in rows("places/unit_names.csv")})
    for number in range(count):
        langs = rng.sample(LANGUAGES, rng.choice((1, 1, 2, 3)))
        subjects = rng.sample(concepts, 2)
        seed = rng.choice(seeds)
        yield replace(
            seed,
            record_id=f"c{number}",
            titles={lang: f"{rng.choice(titles[lang])} {_name(rng, lang)}" for lang in langs},
            summaries={
                lang: f"{rng.choice(texts[lang])} {rng.choice(texts[lang])} {_name(rng, lang)}" for lang in langs
            },
            passages=[
                Passage(Part.SUBJECT, lang, labels[key, lang])
                for key in subjects
                for lang in LANGUAGES
                if (key, lang) in labels
            ],
            facets={"place": [rng.choice(places)], "subject": subjects, "year": [str(rng.randint(2005, 2026))]},
            quality=rng.random(),
        )


def _name(rng: random.Random, lang: str) -> str:
    """A name of two words that most likely no other record has."""
    return " ".join("".join(rng.choices(_SYLLABLES[lang], k=3)).capitalize() for _ in range(2))
