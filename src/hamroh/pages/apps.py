from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hamroh.pages"
    label = "pages"

    def ready(self) -> None:
        from hamroh.pages import (  # noqa: F401 - its verbs and records join the others', its actions follow publications
            actions,
            keeping,
            rules,
        )
