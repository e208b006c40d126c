"""The People Finder Interchange Format: files of missing people read and written, and what of them is ours.

``standard`` says what the format has, ``reading`` reads a file that nobody has checked, ``writing`` writes one, ``ours`` and ``theirs`` are
the two ways between a record of the format and one of ours.
"""
