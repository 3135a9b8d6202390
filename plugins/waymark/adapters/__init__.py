"""The plugins for MkDocs and its drop-in successors: thin, and the only code that knows them.

`waymark/records` loads the library and adds its pages; `waymark/citations` resolves citations and record links
in hand-written pages; `waymark/search` hands the texts of record pages to the theme's search.
"""
