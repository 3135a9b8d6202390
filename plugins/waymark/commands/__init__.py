"""The commands of `waymark`, a module each: `add_arguments(parser)` says what it takes, `run(options)` does it and returns the exit code.

They print, read the clock and write files, which nothing below them does.
"""
