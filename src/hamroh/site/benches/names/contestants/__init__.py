"""Who takes part: Hamroh's own index and the stock methods, each with ``prepare()`` and a class ``Contestant`` made of records."""
