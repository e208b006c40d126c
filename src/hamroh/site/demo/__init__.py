"""The demonstration: people to sign in as, entries of the founding documents, invented entries beside them."""
