"""`waymark release`: what is about to be published is promised, so that no address can vanish unseen."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from waymark.addresses import with_added
from waymark.commands.safely import replace_file
from waymark.commands.snapshot import add_release
from waymark.library import load_library
from waymark.links import address_of, places_of
from waymark.offered import read_offers
from waymark.paths import PUBLISHED
from waymark.problems import failures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("name", nargs="?", help="name of the release, for example 0.1.0: its state is counted too, as `waymark snapshot` does")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site (default: site)")


def run(options: argparse.Namespace) -> int:
    """Promises the addresses of the site; then counts the state, if the release has a name."""
    today = date.today()
    return promise(options.root, options.site, today) or (add_release(options.root, options.name, today) if options.name else 0)


def promise(root: Path, site: Path, today: date) -> int:
    """Adds the addresses of a built site; none is ever taken away."""
    library, problems = load_library(root, today=today)
    if failures(problems):
        print("Run `waymark check` first: addresses are promised only when all is in order.", file=sys.stderr)
        return 1
    now: dict[str, dict[str, str]] = {address: dict.fromkeys(places, "") for address, places in read_offers(site).items()}
    records = {address_of(item.kind.name, item.id): places_of(item.record) for item in library.items.values()}
    if missing := records.keys() - now.keys():
        what = f"{len(missing)} records are not in it" if now else "there is none"
        print(f"The built site in {site.resolve()} is not that of the data: {what}. Run `make build` first.", file=sys.stderr)
        return 2
    for address, places in records.items():
        now[address] |= places
    text, added = with_added(library.promises, now)
    replace_file(root / PUBLISHED, text)
    print(f"{added} addresses added to {PUBLISHED}: pages, and places on them.")
    return 0
