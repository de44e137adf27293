"""What the pages of an account say in plain words."""

from django import template

register = template.Library()

BROWSERS = [
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]  # fmt: skip
SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
]  # fmt: skip


@register.filter
def browser_name(user_agent: str) -> str:
    """Firefox on Windows, as far as what a browser says of itself can tell."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Another browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


@register.filter
def in_fours(secret: str) -> str:
    """A long key in groups of four, to be typed without losing one's place."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
