"""The command line. Each command is a module of `waymark.commands`, and only the one that is asked for is loaded, so that `waymark check` starts at once.

Needs no MkDocs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from waymark.problems import suggest

COMMANDS = {
    "check": "check every record, page and reference",
    "new": "ask for a new record and write a commented draft of it",
    "format": "put records and references into their canonical form; only lines move",
    "review": "print what a reviewer must know of a change: records, sources, labels, links",
    "labels": "print every computed label as JSON",
    "status": "print how much is in the knowledge base and what it rests on",
    "snapshot": "count the state of the knowledge base for a release and add it to data/status-history.yaml",
    "schema": "write data/schema/ and the form for GitHub from the models",
    "release": "promise what is about to be published: add the addresses of a built site to data/published-addresses.txt",
    "offline": "pack a built site so that it opens from the disk, without network",
}
"""What each command does. Its module has `add_arguments(parser)` and `run(options)`, which returns the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 if all is well, 1 if something is wrong with the data."""
    width = max(map(len, COMMANDS)) + 2
    parser = argparse.ArgumentParser(
        prog="waymark",
        description="Checks the records of Waymark, and helps to write them.",
        epilog="\n".join(["commands:", *(f"  {name:{width}}{about}" for name, about in COMMANDS.items()), "", "`waymark COMMAND --help` tells more."]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: here)")
    parser.add_argument("command", nargs="?", metavar="COMMAND", help="what to do, see below")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…", help="what the command needs")
    asked = parser.parse_args(arguments)
    if asked.command not in COMMANDS:
        parser.error(
            f"'{asked.command}' is not a command. {suggest(asked.command, COMMANDS)}".strip() if asked.command else "say which command, see `waymark --help`"
        )
    command = import_module(f"waymark.commands.{asked.command.replace('-', '_')}")
    of_command = argparse.ArgumentParser(prog=f"waymark {asked.command}", description=f"{COMMANDS[asked.command].capitalize()}.")
    command.add_arguments(of_command)
    options = of_command.parse_args(asked.arguments, argparse.Namespace(root=asked.root))
    try:
        code: int = command.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:  # the user has seen enough
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
