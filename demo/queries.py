"""The invented people that one may sign in as."""

from accounts.models import User
from demo.people import PEOPLE

DOMAIN = "demo.invalid"


def email_of(key: str) -> str:
    """The address of an invented person: a domain that can never receive mail (RFC 2606)."""
    return f"{key}@{DOMAIN}"


def personas() -> list[tuple[User, str]]:
    """Each person worth signing in as, with why, in the order in which they are listed."""
    shows = {email_of(each.key): each.shows for each in PEOPLE if each.shows}
    found = {user.email: user for user in User.objects.filter(email__in=shows, is_active=True)}
    return [(found[email], why) for email, why in shows.items() if email in found]
