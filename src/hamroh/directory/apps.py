from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "hamroh.directory"
    label = "directory"
