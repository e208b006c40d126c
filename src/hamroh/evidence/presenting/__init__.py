"""An edition as its readers get it."""
