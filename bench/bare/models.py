"""One table."""

from django.db import models


class Row(models.Model):
    """A row of five columns, as lists have them."""

    reference = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=160)
    state = models.CharField(max_length=12)
    due_on = models.DateField()

    class Meta:
        ordering = ["reference"]

    def __str__(self) -> str:
        return self.reference
