"""Street-level crime files of data.police.uk: which they are, and what stands in them.

Pure reading, without a database. A file is read once, a line at a time; what is wrong with a row
refuses the row, and what is wrong with a file (cut short, another force's, not of this layout)
raises ``Unreadable``, so that nothing of the run is kept.
"""
