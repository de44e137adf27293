"""Rooms rest on rooms below them: in the list, in their foreign keys, in their imports."""

import tomllib
from itertools import chain

import pytest
from django.apps import apps
from django.conf import settings

CONTRACTS = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"][
    "importlinter"
]
LAYERS = next(c["layers"] for c in CONTRACTS["contracts"] if c["id"] == "rooms")
ROOMS = [room for layer in LAYERS for room in layer.split(" | ")]
HEIGHT = {
    room: height for height, layer in enumerate(reversed(LAYERS)) for room in layer.split(" | ")
}


def stands_upon(upper, lower):
    """Whether a room may refer to another: to itself, or to one on a lower row."""
    return upper == lower or HEIGHT.get(lower, -1) < HEIGHT[upper]


def our_models():
    """Every model that a room owns, history tables included."""
    return [model for model in apps.get_models(include_auto_created=True) if label(model) in HEIGHT]


def label(model):
    return model._meta.app_label


def references(model):
    fields = chain(model._meta.local_fields, model._meta.local_many_to_many)
    return [field for field in fields if field.is_relation and field.related_model]


def test_every_installed_room_has_its_place_in_the_list():
    installed = {
        config.name
        for config in apps.get_app_configs()
        if (settings.BASE_DIR / config.name).is_dir()
    }
    assert installed == set(ROOMS)


def test_settings_name_the_rooms_in_their_order():
    assert [app for app in settings.INSTALLED_APPS if app in HEIGHT] == ROOMS


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    upward = [
        f"{field} -> {field.related_model._meta.label}"
        for field in references(model)
        if not stands_upon(label(model), label(field.related_model))
    ]
    assert upward == []


def test_there_are_foreign_keys_across_rooms_to_check():
    across = [
        field
        for model in our_models()
        for field in references(model)
        if label(field.related_model) in HEIGHT and label(field.related_model) != label(model)
    ]
    assert len(across) > 10
