"""How sensitive each stored field is, in the terms of the UK GDPR (articles 4, 9 and 10).

Each app names every field of its models in `<app>/classification.py`; a test fails on one left out.
"""

from django.db.models import TextChoices


class DataClass(TextChoices):
    """The strictest class that may truly stand in a field: free text about a child is never NONE."""

    NONE = "none", "Not personal"
    PERSONAL = "personal", "Personal data"
    SPECIAL_CATEGORY = "special_category", "Special-category data (health, ethnicity, religion, sex life)"
    CRIMINAL = "criminal", "Criminal allegations, proceedings or convictions"
