from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "hamroh.projects"
    label = "projects"

    def ready(self) -> None:
        from hamroh.projects import rules  # noqa: F401 - its verbs join the others'
