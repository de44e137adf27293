"""A memory that lasts for one request and no longer."""

import contextlib
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


@contextlib.contextmanager
def during() -> Iterator[None]:
    """Remember answers within this block."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question, asked at most once in a request; outside one, asked each time."""
    memory = _memory.get()
    if memory is None:
        return ask()
    if key not in memory:
        memory[key] = ask()
    return memory[key]


def keep(key: Hashable, answer: Any) -> None:
    """Remember an answer that came with another one, if anything is remembered now."""
    memory = _memory.get()
    if memory is not None:
        memory[key] = answer


def forget() -> None:
    """Ask again from now on: something on which answers rest has just been changed."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()
