"""Figures and profiles as files: what comes in, what goes out, and copies that come back."""
