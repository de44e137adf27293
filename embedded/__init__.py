"""What a machine lacks: the project's own Python environment, database, broker and front-end build.

Only the standard library is used here, because these modules run before anything is installed.
"""
