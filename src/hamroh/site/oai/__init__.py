"""Records of all rooms for harvesters: the provider of OAI-PMH 2.0 at ``/oai``."""
