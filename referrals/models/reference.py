from django.db import models

from referrals.choices import SheetCode


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


class SheetPart(models.Model):
    """A part of the sheet for the national notification form: its title and place. Reference data, to be confirmed."""

    code = models.CharField("what it holds", max_length=20, choices=SheetCode, unique=True)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=100, help_text="Lower comes first, as on the national form.")
    is_active = models.BooleanField("active", default=True, help_text="Untick what the national form does not ask.")
    checked_on = models.DateField(
        "checked against the current form", null=True, blank=True,
        help_text="The day on which somebody compared this part with the national form. Until then the sheet says "
        "that its order is to be confirmed.",
    )  # fmt: skip

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "part of the notification sheet"
        verbose_name_plural = "parts of the notification sheet"

    def __str__(self) -> str:
        return self.title


class ReferenceCounter(models.Model):
    """The last number given in a year. Its row is locked while a reference is given: no gaps, no doubles."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
