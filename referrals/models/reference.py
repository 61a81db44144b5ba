from django.db import models


class HarmType(models.Model):
    """A kind of suspected harm. Reference data: the partnership edits the list."""

    name = models.CharField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(default=100, help_text="Lower comes first.")
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick instead of deleting: recorded cases keep their harm types."
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ReferenceCounter(models.Model):
    """The last number given in a year. Its row is locked while a reference is given: no gaps, no doubles."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
