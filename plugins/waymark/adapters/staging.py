"""A build is written aside, and takes the place of the last site only when all of it is good.

MkDocs empties the folder of the last site before it makes the first page. A build that fails later, such as one in which a
published address is lost, would leave half a site there.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import clean_directory


class Staging:
    """The folder that a build is written to, and the one that it is for."""

    def __init__(self, config: MkDocsConfig) -> None:
        """From now on the build is written aside."""
        self._config, self.target = config, Path(config.site_dir)
        self._aside = self.target.with_name(f".{self.target.name}-in-the-making")
        self._is_good = False
        self.target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self._aside, ignore_errors=True)
        config.site_dir = str(self._aside)

    def accept(self) -> None:
        """All that was written is good, as far as we know."""
        self._is_good = True

    def refuse(self) -> None:
        """Something went wrong, perhaps after all was written."""
        self._is_good = False

    def finish(self) -> bool:
        """Puts a good site in its place, or leaves the last one as it was; True if there is a new one."""
        self._config.site_dir = str(self.target)
        if self._is_good:
            # Its folder itself stays, and what is hidden in it, as with MkDocs: somebody may be serving it.
            self.target.mkdir(exist_ok=True)
            clean_directory(str(self.target))
            for path in self._aside.iterdir():
                path.replace(self.target / path.name)
        shutil.rmtree(self._aside, ignore_errors=True)
        return self._is_good


def can_stand_aside(config: MkDocsConfig) -> bool:
    """True if there is room beside the site: its folder may be the only one that we may write to."""
    parent = next(each for each in Path(config.site_dir).parents if each.exists())
    return os.access(parent, os.W_OK)
