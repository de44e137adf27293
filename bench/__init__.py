"""Measures every page against a bare Django page: `bin/bench`.

Its own databases are loaded by SQL alone, so that no verb of the application is measured by what it
did to make them.
"""
