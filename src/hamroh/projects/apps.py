from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "hamroh.projects"
    label = "projects"

    def ready(self) -> None:
        from hamroh.projects import programme, rules  # noqa: F401 - its verbs and its board join the others'
