from django.apps import AppConfig


class ThesaurusConfig(AppConfig):
    name = "hamroh.thesaurus"
    label = "thesaurus"

    def ready(self) -> None:
        from hamroh.thesaurus import rules  # noqa: F401 - its verbs join the others'
