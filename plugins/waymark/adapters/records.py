"""Has the data loaded and checked beside MkDocs, and adds a page for each record, index and work."""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, date, datetime
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from waymark.adapters.caches import cache
from waymark.adapters.frame import keep_frame
from waymark.adapters.messages import Order, Planned
from waymark.adapters.policy import with_policy
from waymark.adapters.staging import Staging, can_stand_aside
from waymark.adapters.worker import Worker
from waymark.offered import INDEX
from waymark.pages import Page, Redirect, Site
from waymark.paths import DATA, PUBLISHED
from waymark.problems import as_github_annotation, as_text, failures

_CODE = Path(__file__).parents[1]
log = logging.getLogger("mkdocs.plugins.waymark")


class RecordsConfig(Config):
    """Options of `waymark/records` in mkdocs.yml."""

    root = config_options.Optional(config_options.Dir(exists=True))
    """The project's folder; by default the one mkdocs.yml is in."""


class RecordsPlugin(BasePlugin[RecordsConfig]):
    """`on_config` has the data loaded and checked, `on_files` adds the pages, `on_post_build` what stands at former addresses.

    With a problem in the data nothing is built. With a published address that is lost the last good site stays: a build is
    written aside, and put in its place at the end.
    """

    _last: Worker | None = None
    """Makes the pages of the data as they were when they were last without a problem."""
    _next: Worker | None = None
    """Still reads and checks the data, while MkDocs gets ready."""
    _code_at_start = 0.0
    """When the code last changed before serving began; 0 when nothing is served."""
    _is_whole = False
    """True if a whole site is built by a command that says when it is done."""
    _staging: Staging | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._code_at_start = _code_state() if command == "serve" else 0.0
        self._is_whole = command != "serve" and not dirty

    @event_priority(100)  # the sooner the data are read, the sooner there are pages
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self._code_at_start and _code_state() != self._code_at_start:
            log.info("The code changed: starting anew.")
            self._close()
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - ourselves, as we were started
        root = Path(self.config.root or Path(config.config_file_path or "mkdocs.yml").parent)
        today = _today()
        repository = _repository(config)
        edit_url = f"{repository}/edit/main/" if repository else ""
        site = Site(config.site_name, config.site_url or "", edit_url, repository, version("waymark"), today)
        self._next = Worker(Order(root, site, today))
        config.watch += [str(root / DATA), str(_CODE)]
        templates = cache(root, "templates")
        self._template_cache = FileSystemBytecodeCache(str(templates)) if templates else None
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        self._former: list[Redirect] = []
        if self._is_whole and can_stand_aside(config):
            self._staging = Staging(config)
        else:
            self._check()  # from here on the last site is touched

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._check()
        for planned in self.worker.begin(Path(config.site_dir)):
            file = File.generated(config, f"{planned.address}index.md", content="")
            # Where editors change the record; MkDocs joins it to `edit_uri`, which points at content/.
            file.edit_uri = f"../{planned.source}" if planned.source else None
            files.append(file)
            ReadyPage(planned, self.worker, file, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        in_menu = set(map(id, nav.pages))
        for file in files.documentation_pages():
            if isinstance(file.page, ReadyPage):
                file.page.is_in_menu = id(file.page) in in_menu
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keeps the theme's templates compiled between builds: that took a third of the time of a small site."""
        env.bytecode_cache = self._template_cache
        keep_frame(env, frame_of)
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        address = page.file.dest_uri.removesuffix(INDEX)
        for former in _addresses(page.meta.get("former_addresses")):
            self._former.append(Redirect(former, address, str(page.title)))
        return markdown

    @event_priority(-50)  # the theme's search, which looks for its own marks in each page, comes before there is one
    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        if isinstance(page, ReadyPage):
            page.fill()
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        content = page.content or ""
        if isinstance(page, ReadyPage):
            page.clear()
        return with_policy(output, content)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return with_policy(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        finished = self.worker.finish(Path(config.site_dir), tuple(self._former))
        if taken := finished.taken:
            raise PluginError(f"'/{taken.address}' is a former address of '/{taken.target}', but a page stands there now. Take it out of one of the two.")
        for address, anchor in finished.lost:
            log.error(_lost(address, anchor))
        if finished.lost and not self._code_at_start:
            count = f"{len(finished.lost)} published address{'es lead' if len(finished.lost) != 1 else ' leads'} nowhere"
            raise PluginError(f"{count}, listed above. The last site is as it was.")
        if self._staging:
            self._staging.accept()

    def _check(self) -> None:
        """Waits for the check of the data, says what is wrong with them, and goes on with the new worker if nothing is."""
        if not self._next:
            return
        worker, self._next = self._next, None
        for problem in worker.problems:
            if os.environ.get("GITHUB_ACTIONS") == "true":
                print(as_github_annotation(problem))
            if not problem.code.is_advice:
                log.error(as_text(problem))
        if wrong := failures(worker.problems):
            worker.close()
            if self._code_at_start and self._last:
                # MkDocs would let every reader wait until the mistake is mended.
                log.error("The pages still show the data as they were before.")
                return
            raise PluginError(f"{len(wrong)} problem{'s' * (len(wrong) != 1)} in the data, listed above. Nothing was built; the last site is as it was.")
        if self._last:
            self._last.close()
        self._last = worker

    @property
    def worker(self) -> Worker:
        """Makes the pages of this build."""
        if not self._last:
            raise PluginError("No data are loaded yet.")
        return self._last

    def _close(self) -> None:
        for worker in (self._last, self._next):
            if worker:
                worker.close()
        self._last = self._next = None

    def on_build_error(self, *, error: Exception) -> None:
        self._close()
        if self._staging:
            self._staging.refuse()

    def on_shutdown(self) -> None:
        self._close()
        if self._staging and self._staging.finish():
            log.info(f"All published addresses hold. The site is in {self._staging.target}")


class ReadyPage(MkDocsPage):
    """A page whose HTML is ready: Python-Markdown, the slowest part of a build, never sees it.

    MkDocs reads all pages before it writes the first. This one stays empty until it is written and is emptied
    afterwards, so that the HTML of thousands of pages is never held at once.
    """

    ready: Page
    is_in_menu = True

    def __init__(self, planned: Planned, worker: Worker, file: File, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self._planned, self._worker = planned, worker

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing to read; what a page's front matter would say."""
        self.markdown = ""
        # Themes print titles and descriptions as HTML.
        self.title = escape(self._planned.title)
        self.meta = {"title": self.title, "search": {"exclude": True}}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing to render yet."""
        self.clear()

    def fill(self) -> None:
        """Waits for the page and takes everything from it."""
        self.ready = ready = self._worker.page(self._planned.address)
        self.content = ready.html
        self.meta["citation"] = ready.meta
        self.meta["json_ld"] = ready.json_ld
        self.meta["alternates"] = ready.alternates
        self.meta["assets"] = ready.assets
        self.meta["scripts"] = ready.scripts
        if ready.description:
            self.meta["description"] = escape(ready.description)
        top = AnchorLink(escape(ready.title), "top", 1)
        top.children = [AnchorLink(escape(heading.words), heading.anchor, 2) for heading in ready.headings]
        self.toc = TableOfContents([top])
        self.present_anchor_ids = _once({heading.anchor for heading in ready.headings})

    def clear(self) -> None:
        """Lets go of what is needed only while the page is written."""
        self.content, self.toc = "", TableOfContents([])
        for name in ("citation", "json_ld", "alternates"):
            self.meta.pop(name, None)
        self.__dict__.pop("ready", None)


_ANCHORS: dict[frozenset[str], set[str]] = {}


def _once(anchors: set[str]) -> set[str]:
    """The same set for all pages with the same anchors: MkDocs keeps it of every page until the end."""
    return _ANCHORS.setdefault(frozenset(anchors), anchors)


def frame_of(page: object) -> str:
    """What the frame of a page depends on: its depth, and the first step of its address, which decides the tab."""
    return f"{page.url.partition('/')[0]} {page.url.count('/')}" if isinstance(page, ReadyPage) and not page.is_in_menu else ""


def _addresses(written: object) -> list[str]:
    """Former addresses as the front matter of a hand-written page gives them: a list, with or without slashes around."""
    listed = written if isinstance(written, list) else [written] if written else []
    return [f"{address}/" for each in listed if (address := str(each).strip("/"))]


def _lost(address: str, anchor: str) -> str:
    """What to say of a published address that leads nowhere: where it was promised, and how to mend it."""
    head = f"{PUBLISHED}: '/{address}{f'#{anchor}' if anchor else ''}' was published and leads nowhere."
    if address and not address.endswith("/"):
        help_ = "People and programs fetch this file. Write it under this name again, beside the new one."
    elif not anchor:
        help_ = f"Was the page renamed or merged? Write in the page that takes its place, between the --- at its top: former_addresses: [{address}]"
    else:
        help_ = (
            f"In a hand-written page write {{#{anchor}}} behind the heading that old links should lead to, "
            f'or <span id="{anchor}"></span> before a paragraph. In a record use `former_anchors`.'
        )
    return f"{head}\n    {help_}"


def _code_state() -> float:
    """When the code last changed. Python keeps a module it has read, so a change takes a new start."""
    return max(path.stat().st_mtime for path in _CODE.rglob("*.py"))


def _repository(config: MkDocsConfig) -> str:
    """The project's address at its host; a fork's own workflow says which fork it is."""
    if name := os.environ.get("GITHUB_REPOSITORY"):
        config.repo_url = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}"
    return (config.repo_url or "").rstrip("/")


def _today() -> date:
    """Today, or the day that SOURCE_DATE_EPOCH names, so that a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
