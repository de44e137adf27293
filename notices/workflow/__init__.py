"""Tell people, each exactly once: what happens, and what is due."""

from notices.workflow.telling import read, read_all, tell

__all__ = ["read", "read_all", "tell"]
