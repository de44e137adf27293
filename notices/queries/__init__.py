"""What has been told, what will be, and how it went out."""

from notices.queries.mine import Count, counts, notices, unread_count

__all__ = ["Count", "counts", "notices", "unread_count"]
