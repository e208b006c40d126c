from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "hamroh.search"
    label = "search"
