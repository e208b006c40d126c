"""Moving an organisation with everything that is hers from one installation to another."""
