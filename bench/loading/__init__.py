"""Fills an empty database with partnerships and their records, by SQL alone.

Every key follows from what the row is, so that a row can name another without looking it up, and so
that the pages to be measured are at addresses known beforehand (``bench.loading.known``).
"""
