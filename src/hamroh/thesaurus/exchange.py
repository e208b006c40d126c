"""Vocabularies in and out: SKOS in Turtle and RDF/XML."""

import pyoxigraph as ox

MEDIA_TYPES = {"ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML}
