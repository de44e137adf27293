"""Keys that follow from what a row is, in SQL and outside."""

import hashlib
import uuid


def key(kind: str, *parts: object) -> str:
    """The SQL of a row's key: ``key("seat", "p", "n")`` for the columns p and n."""
    words = "".join(f" || '/' || {part}" for part in parts)
    return f"md5('{kind}'{words})::uuid"


def key_of(kind: str, *parts: object) -> uuid.UUID:
    """The same key, known without asking: ``key_of("seat", 1, 4)``."""
    words = "/".join(map(str, (kind, *parts)))
    return uuid.UUID(hashlib.md5(words.encode(), usedforsecurity=False).hexdigest())
