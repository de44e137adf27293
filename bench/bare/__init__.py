"""B, against which every page is measured: a stock Django project that shows one table of 50 rows.

Session in the database, contrib's users, kept connections, three queries. Nothing of ours.
"""
