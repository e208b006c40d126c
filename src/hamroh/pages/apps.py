from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hamroh.pages"
    label = "pages"

    def ready(self) -> None:
        from hamroh.pages import actions, rules  # noqa: F401 - its verbs join the others, its actions follow publications
