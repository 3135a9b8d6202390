"""`waymark offline`: a built site as one file to carry into places without network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from waymark import offline

_ONLINE_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What only a server makes use of."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site (default: site)")
    parser.add_argument("--to", type=Path, default=Path("waymark-offline.zip"), help="the file to write (default: waymark-offline.zip)")


def run(options: argparse.Namespace) -> int:
    """Packs the site."""
    site: Path = options.site
    if not (site / offline.SEARCH_LIST).is_file():
        print(f"There is no built site in {site.resolve()}. Run `make build` first.", file=sys.stderr)
        return 2
    with ZipFile(options.to, "w", ZIP_DEFLATED) as pack:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = path.relative_to(site).as_posix()
            if name in _ONLINE_ONLY:
                continue
            if path.suffix == ".html":
                content = offline.page_for_disk(path.read_text(encoding="utf-8"), name.count("/")).encode()
            elif name == offline.SEARCH_LIST:
                name, content = offline.SEARCH_SCRIPT, offline.search_for_disk(path.read_text(encoding="utf-8")).encode()
            else:
                content = path.read_bytes()
            # ZipInfo's own date, so that the same site makes the same file.
            entry = ZipInfo(f"waymark/{name}")
            entry.compress_type = ZIP_DEFLATED
            pack.writestr(entry, content)
    print(f"{options.to}: unpack it and open waymark/index.html.")
    return 0
