"""Waymark: YAML records and a bibliography, checked, cross-linked and turned into a searchable site.

Read → validate → link → cite → render. `library.load_library` is the place to start reading.
"""
