from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hamroh.pages"
    label = "pages"

    def ready(self) -> None:
        from hamroh.pages import rules  # noqa: F401 - its verbs join the others'
