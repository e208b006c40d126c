"""Wagtail's own texts in Azerbaijani and Tajik, for the screens that editors see."""
