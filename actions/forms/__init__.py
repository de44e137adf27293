"""What people fill in about actions and about requests for information."""

from actions.forms.register import (
    ConfirmForm,
    DropForm,
    FilterForm,
    HandOverForm,
    MakeForm,
    MoveForm,
    OwnerField,
    ReopenForm,
    SendBackForm,
    UpdateForm,
)

__all__ = [
    "ConfirmForm",
    "DropForm",
    "FilterForm",
    "HandOverForm",
    "MakeForm",
    "MoveForm",
    "OwnerField",
    "ReopenForm",
    "SendBackForm",
    "UpdateForm",
]
