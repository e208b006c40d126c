from django.apps import AppConfig


class ThesaurusConfig(AppConfig):
    name = "hamroh.thesaurus"
    label = "thesaurus"
