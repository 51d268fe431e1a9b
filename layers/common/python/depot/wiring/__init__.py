"""Everything put together, from the environment, when it is first used."""
