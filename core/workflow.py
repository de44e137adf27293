"""What every room's workflow shares: the refusal of a step that does not fit the state."""

from django.core.exceptions import ValidationError


class Wrong(ValidationError):
    """This step cannot be taken now; the message says what stands in the way."""
