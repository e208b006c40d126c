from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "hamroh.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        from hamroh.bulletins import (  # noqa: F401 - its verbs, records and periods join the others', and it follows stories
            actions,
            keeping,
            register,
            rules,
        )
