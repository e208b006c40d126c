"""How a model tells the policy whose its rows are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guarded:
    """Columns of a model that the policy reads, empty where it has none; a model names them in ``guarded``.

    ``part_of`` names the relation to the record that a row belongs to: then that record's columns are read. ``area`` holds the
    keys of admin units from the widest to the nearest, each between slashes; ``owners`` ids of all who own it together, likewise.
    """

    organisation: str = ""
    owner: str = ""
    team: str = ""
    area: str = ""
    owners: str = ""
    part_of: str = ""
