"""The bench of names. Nothing is imported here: peers run parts of this package where Hamroh's own packages are not."""
