from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hamroh.site"
    label = "site"

    def ready(self) -> None:
        from hamroh.site import fielded  # noqa: F401 - what forms become joins what fieldwork knows
