"""Other versions of the project, read from git. The one module that runs git; what it gives back is plain values and files.

Names of files, branches and authors come from anybody, so they are passed as arguments and never through a shell, and
only regular files are ever written. E-mail addresses are not even asked for.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_REGULAR = ("100644", "100755")
_DEEPEN = "git fetch --unshallow"


class RevisionError(Exception):
    """Git cannot give what is asked for; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the published line: merged work counts as one."""

    id: str
    day: str
    """Day on which it was committed, in UTC: `2026-11-22`."""
    subject: str
    """Its first line; anybody may have written it."""


@dataclass(frozen=True, slots=True)
class Past:
    """The published line of commits that changed something below the folders asked for, oldest first."""

    commits: tuple[Commit, ...]
    is_shallow: bool
    """True if this copy does not have the commits before."""


class Revisions:
    """The git repository that a project is in."""

    def __init__(self, root: Path) -> None:
        """Looks for the repository of the folder `root`.

        Raises:
            RevisionError: There is none, or git is not installed or refuses to read it.
        """
        self.root = root
        try:
            self.prefix = self._git("rev-parse", "--show-prefix").strip()
        except RevisionError as error:
            words = str(error)
            if "not a git repository" in words:
                raise RevisionError("This folder is not a git repository, so older versions are not here. Clone the project with git.") from error
            if "dubious ownership" in words:
                fix = "Run: git config --global --add safe.directory FOLDER"
                raise RevisionError(f"The folder belongs to another user, so git refuses to read it. {fix}") from error
            raise

    @property
    def is_shallow(self) -> bool:
        """True if this copy has only the latest commits."""
        return self._git("rev-parse", "--is-shallow-repository").strip() == "true"

    def commit(self, revision: str) -> str:
        """The id of the commit that a branch, tag or commit names."""
        try:
            return self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
        except RevisionError as error:
            fix = f" This copy is shallow: {_DEEPEN} brings the older commits." if self.is_shallow else " Look at the names with: git branch --all"
            raise RevisionError(f"'{revision}' is no branch, tag or commit here.{fix}") from error

    def common(self, base: str, head: str) -> str:
        """The commit from which `head` branched off `base`, so that only what `head` did is compared."""
        try:
            return self._git("merge-base", base, head).strip()
        except RevisionError as error:
            fix = f"This copy is shallow. Run: {_DEEPEN}" if self.is_shallow else "Name another revision to compare with."
            raise RevisionError(f"The two versions have no commit in common. {fix}") from error

    def files(self, commit: str, *folders: str) -> dict[str, str]:
        """Ids of the contents of all regular files at a commit by their path from the project, below some folders or all."""
        listed = self._git("ls-tree", "-r", "-z", commit, "--", *folders)
        found = {}
        for line in filter(None, listed.split("\0")):
            about, _, path = line.partition("\t")
            mode, _, blob = about.split(" ")
            if mode in _REGULAR and ".." not in PurePosixPath(path).parts:
                found[path] = blob
        return found

    def difference(self, base: str, head: str, *folders: str) -> tuple[dict[str, str], dict[str, str]]:
        """Of the files that differ between two commits the contents before and after, as `files` gives them."""
        words = self._git("diff-tree", "-r", "-z", "--no-renames", "--relative", base, head, "--", *folders).split("\0")
        before, after = {}, {}
        for about, path in zip(words[0::2], words[1::2], strict=False):
            old_mode, new_mode, old, new, _ = about.lstrip(":").split(" ")
            if old_mode in _REGULAR:
                before[path] = old
            if new_mode in _REGULAR:
                after[path] = new
        return before, after

    def contents(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Each content by its id, all from one process."""
        wanted = list(dict.fromkeys(blobs))
        done = self._bytes(["cat-file", "--batch"], "".join(f"{blob}\n" for blob in wanted).encode())
        at = 0
        for blob in wanted:
            end = done.index(b"\n", at)
            header = done[at:end].split()
            if len(header) != 3:
                raise RevisionError(f"A file of an older version is not in this copy. Run: {_DEEPEN}")
            size = int(header[2])
            yield blob, done[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def write(self, commit: str, target: Path, *folders: str) -> None:
        """Writes the files of a commit, below some folders or all, to a folder."""
        files = self.files(commit, *folders)
        contents = dict(self.contents(files.values()))
        for path, blob in files.items():
            place = target / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(contents[blob])

    def changed(self, base: str, head: str | None) -> tuple[str, ...]:
        """Paths that differ between two commits, or between a commit and the working tree; from the project's folder."""
        listed = self._git("diff", "--name-only", "-z", "--no-renames", "--relative", "--no-ext-diff", base, *([head] if head else []), "--")
        found = set(filter(None, listed.split("\0")))
        if head is None:
            found |= set(filter(None, self._git("ls-files", "--others", "--exclude-standard", "-z").split("\0")))
        return tuple(sorted(found))

    def past(self, *folders: str) -> Past:
        """The line of commits that led to the present one and changed something below some folders."""
        if not self._git("rev-parse", "--revs-only", "HEAD").strip():
            return Past((), False)
        listed = self._git(
            "log", "--first-parent", "--reverse", "--date=format-local:%Y-%m-%d", "--format=%H%x00%cd%x00%s%x00", "--no-show-signature", "HEAD", "--", *folders
        )
        words = listed.split("\0")
        commits = [Commit(words[at].strip(), words[at + 1], words[at + 2]) for at in range(0, len(words) - 2, 3)]
        return Past(tuple(commits), self.is_shallow)

    def tags(self) -> Mapping[str, str]:
        """Tags by the id of their commit."""
        listed = self._git("for-each-ref", "refs/tags", "--format=%(objectname)%00%(*objectname)%00%(refname:short)")
        rows = [line.split("\0") for line in listed.splitlines()]
        return {row[1] or row[0]: row[2] for row in rows if len(row) == 3}

    def _git(self, *arguments: str) -> str:
        return self._bytes(list(arguments)).decode("utf-8", "replace")

    def _bytes(self, arguments: list[str], given: bytes = b"") -> bytes:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}  # a hook of git sets a folder of its own
        quiet = {"LC_ALL": "C", "TZ": "UTC", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
        command = ["git", "-C", str(self.root), "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", *arguments]
        try:
            done = subprocess.run(command, input=given, capture_output=True, check=False, env={**ours, **quiet})  # noqa: S603 - no shell, fixed program
        except OSError as error:
            raise RevisionError("git is not installed here, so older versions cannot be read.") from error
        if done.returncode:
            raise RevisionError(f"git: {done.stderr.decode('utf-8', 'replace').strip() or 'nothing'}")
        return done.stdout
