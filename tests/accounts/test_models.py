"""An account says who somebody is, never what they may do."""

import ast

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.world import person

ROOMS = [each for each in settings.INSTALLED_APPS if (settings.BASE_DIR / each).is_dir()]
FLAGS = {
    "is_staff", "is_superuser", "is_admin", "is_officer", "is_chair", "has_perm", "has_perms",
    "has_module_perms", "user_permissions", "get_user_permissions", "get_all_permissions",
    "permission_required", "user_passes_test", "staff_member_required", "groups_of_user",
}  # fmt: skip
PERSON = {"user", "by", "actor", "account"}
ROLE = {"role", "roles", "is_role", "groups", "permissions"}


def test_the_account_has_no_flag_but_whether_it_is_open():
    names = {field.name for field in User._meta.get_fields()}

    assert get_user_model() is User
    assert not names & (FLAGS | ROLE)
    booleans = {f.name for f in User._meta.fields if f.get_internal_type() == "BooleanField"}
    assert booleans == {"is_active"}
    assert not any(hasattr(User, flag) for flag in FLAGS | {"role"})


def read_from_the_account(source):
    """Attributes of ``source`` that ask an account what it may do, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            whose = ast.unparse(node.value)
            of_account = whose in PERSON or whose.endswith(".user")
            if node.attr in FLAGS or (node.attr in ROLE and of_account):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"getattr", "hasattr"}:
            asked = node.args[1] if len(node.args) > 1 else None
            if isinstance(asked, ast.Constant) and asked.value in FLAGS:
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in FLAGS:
                    yield node.lineno, alias.name


@pytest.mark.parametrize("room", ROOMS)
def test_no_rule_reads_a_flag_or_a_role_off_the_account(room):
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{line}: {what}"
        for path in sorted((settings.BASE_DIR / room).rglob("*.py"))
        for line, what in read_from_the_account(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    "toy",
    ["request.user.is_staff", "user.has_perm('x')", "user.role == 'officer'",
     "if by.is_superuser: pass", "getattr(user, 'is_staff', False)", "seat.user.groups",
     "from django.contrib.auth.decorators import permission_required"],
)  # fmt: skip
def test_the_toy_version_would_be_found(toy):
    assert list(read_from_the_account(toy))


def test_templates_read_none_either():
    found = [
        f"{path.name}: {flag}"
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for flag in ("is_staff", "is_superuser", "perms.", "user.role", "user.groups")
        if flag in path.read_text()
    ]

    assert found == []


@pytest.mark.django_db
class TestUser:
    def test_an_email_address_is_used_once_whatever_its_case(self):
        person("Hazel Okafor")

        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email="HAZEL.okafor@example.test", name="Other")

    def test_an_account_made_in_code_keeps_its_address_in_small_letters(self):
        user = User.objects.create_user("Ash@Example.TEST", "Ash Pemberton")

        assert user.email == "ash@example.test"
        assert not user.has_usable_password()
        assert User.objects.get_by_natural_key("ASH@example.test") == user

    def test_it_is_called_by_its_name(self):
        user = User(name="Ash Pemberton")

        assert str(user) == user.get_full_name() == user.get_short_name() == "Ash Pemberton"
