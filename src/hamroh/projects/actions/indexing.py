"""Keeps the public index in step with projects that anybody may read, inside the transaction that changes them."""

from hamroh.projects.models import Project
from hamroh.projects.selectors.documents import PROJECT, project_documents
from hamroh.search.actions import index_documents, remove_documents


def index_project(row: Project) -> None:
    """Write it where it is public, take it out otherwise."""
    if documents := list(project_documents([row.code])):
        index_documents(documents)
    else:
        remove_documents(PROJECT, [row.code])
