from django.apps import AppConfig


class WordingConfig(AppConfig):
    name = "hamroh.pages.wording"
    label = "pages_wording"
