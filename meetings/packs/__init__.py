"""Putting a pack together: its own first pages, the papers, their numbers, bookmarks and tags.

Nothing here knows a model or a request: ``shapes.Book`` says what goes in, and bytes come out.
"""
