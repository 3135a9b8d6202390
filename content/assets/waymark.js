/* What the pages of Waymark gain from a script. Every page is complete without it.

   1. Citations: the full reference beside a citation, on hover or keyboard focus, taken from the list of references
      on the same page. The citation itself leads to the page of the work.
   2. Menu and search of the theme: buttons for the keyboard on a narrow or enlarged screen, and names for screen readers.
   3. Tables that can be sorted and filtered.
   4. Paper: the day of printing, and nothing folded away.

   No dependency, no request, no storage: it must run from a folder on disk and under `script-src 'self'`. */
(() => {
  "use strict";

  const SHOW_AFTER = 150; // milliseconds: a mouse that only passes by opens nothing
  const HIDE_AFTER = 300; // milliseconds: enough to move from the citation into the popover

  // 1. Citations ------------------------------------------------------------------------------------------

  const popover = document.createElement("div");
  popover.id = "wm-popover";
  popover.className = "wm-popover md-typeset";
  popover.setAttribute("role", "tooltip");
  popover.hidden = true;
  document.body.append(popover);

  let shownFor = null;
  let timer = 0;

  const citationAt = (node) => (node instanceof Element ? node.closest("a.wm-cite") : null);

  /** The entry of a citation in the list: …/references/<key>/ has the id ref-<key>. */
  const entryOf = (citation) => document.getElementById(`ref-${decodeURIComponent(citation.pathname.split("/").at(-2))}`);

  /** The words of a reference. Links are taken out: a tooltip is read, not used; the links stay in the list. */
  const wordsOf = (entry) => {
    const copy = entry.cloneNode(true);
    copy.querySelectorAll(".wm-used").forEach((each) => each.remove());
    copy.querySelectorAll("a").forEach((each) => each.replaceWith(...each.childNodes));
    return [...copy.childNodes];
  };

  const show = (citation) => {
    const entry = entryOf(citation);
    if (!entry || citation === shownFor) return;
    hide();
    popover.replaceChildren(...wordsOf(entry));
    popover.hidden = false;
    // Under the line of the citation, or over it where there is no room; never past the edge of the screen.
    const at = citation.getClientRects()[0];
    const edge = 8;
    const left = Math.max(edge, Math.min(at.left, document.documentElement.clientWidth - popover.offsetWidth - edge));
    const under = at.bottom + 4;
    const fits = under + popover.offsetHeight < window.innerHeight || at.top < popover.offsetHeight + edge;
    popover.style.left = `${left + window.scrollX}px`;
    popover.style.top = `${(fits ? under : at.top - popover.offsetHeight - 4) + window.scrollY}px`;
    citation.setAttribute("aria-describedby", popover.id);
    shownFor = citation;
  };

  const hide = () => {
    window.clearTimeout(timer);
    if (!shownFor) return;
    shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    popover.hidden = true;
  };

  const soon = (what, after) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(what, after);
  };

  // A finger has no hover: a tap follows the link, as without a script.
  let pointer = null;
  let dismissed = false;
  const hasMoved = (event) => !pointer || event.clientX !== pointer.x || event.clientY !== pointer.y;
  const follow = (event) => {
    pointer = { x: event.clientX, y: event.clientY };
    dismissed = false;
  };
  document.addEventListener("pointermove", (event) => {
    if (hasMoved(event)) follow(event);
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    // When Escape takes the box away, another citation may come to light under a pointer that nobody moved.
    if (dismissed && !hasMoved(event)) return;
    follow(event);
    const citation = citationAt(event.target);
    if (citation) soon(() => show(citation), SHOW_AFTER);
    else if (popover.contains(event.target)) window.clearTimeout(timer);
    else if (shownFor && shownFor !== document.activeElement) soon(hide, HIDE_AFTER);
    else if (!shownFor) window.clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const citation = citationAt(event.target);
    if (citation && citation.matches(":focus-visible")) show(citation);
    else hide();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shownFor) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    dismissed = Boolean(shownFor);
    hide();
  });

  // 2. Menu and search of the theme ----------------------------------------------------------------------

  // The theme draws them as labels of hidden checkboxes, which the keyboard cannot reach: put a button into each.
  for (const [id, words] of [["__drawer", "Menu"], ["__search", "Search"]]) {
    const checkbox = document.getElementById(id);
    for (const label of document.querySelectorAll(`.md-header__button[for="${id}"]`)) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", words);
      button.append(...label.childNodes);
      button.addEventListener("click", () => checkbox.click());
      label.append(button);
      const tell = () => button.setAttribute("aria-expanded", String(checkbox.checked));
      checkbox.addEventListener("change", tell);
      tell();
    }
  }
  // The menu takes the keyboard when it opens, and gives it back on Escape. (The search does so by itself.)
  const menu = document.getElementById("__drawer");
  const menuButton = document.querySelector('.md-header__button[for="__drawer"] > button');
  menuButton?.addEventListener("click", () => {
    if (menu.checked) document.querySelector(".md-sidebar--primary .md-nav__list a")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.checked) return;
    menu.click();
    menuButton?.focus();
  });
  document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
  // The theme wraps the other names of each search result in a landmark of its own: a list of words is none.
  const results = document.querySelector(".md-search-result__list");
  const plain = () => results.querySelectorAll("nav.md-tags").forEach((each) => each.setAttribute("role", "presentation"));
  if (results) new MutationObserver(plain).observe(results, { childList: true, subtree: true });

  // When the page is there, the theme puts frames that scroll sideways around the tables of hand-written pages.
  window.addEventListener("load", () => {
    for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", "Table");
    }
  });

  // 3. Tables -------------------------------------------------------------------------------------------

  const inOrder = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const tests = {
    has: (cell, wanted) => `, ${cell}, `.includes(`, ${wanted}, `),
    from: (cell, wanted) => Number(cell) >= Number(wanted),
    to: (cell, wanted) => Number(cell) <= Number(wanted),
  };

  const UNKNOWN = ["not reported", "not yet coded"];

  /** Fields above a table take away its rows, heads sort them; the address keeps both, so that a view can be passed on. */
  const govern = (form) => {
    const table = form.nextElementSibling.querySelector("table[data-governed]") ?? form.nextElementSibling.querySelector("table");
    const status = form.querySelector("[role=status]");
    const rows = [...table.tBodies[0].rows].map((row, place) => {
      // A cell may say by what it is sorted and filtered, where that is not its words: a stage, for one.
      const cells = [...row.cells].map((cell) => cell.dataset.value ?? cell.textContent.trim());
      return { row, place, cells, words: folded(row.textContent) };
    });
    const { words, sort } = form.elements;
    const fields = [...form.querySelectorAll("[data-test]")];

    const filter = () => {
      const sought = folded(words.value).split(/\s+/);
      const set = fields.filter((field) => field.value);
      let left = 0;
      let open = 0; // rows that may fit: what is asked for is not known of them
      const without = new Map(set.map((field) => [field, 0])); // rows that only this field takes away
      for (const { row, cells, words } of rows) {
        const hasWords = sought.every((word) => words.includes(word));
        const against = set.filter((field) => !tests[field.dataset.test](cells[field.dataset.column], field.value));
        row.hidden = !hasWords || against.length > 0;
        left += !row.hidden;
        if (!hasWords || !against.length) continue;
        open += against.every((field) => UNKNOWN.includes(cells[field.dataset.column]));
        if (against.length === 1) without.set(against[0], without.get(against[0]) + 1);
      }
      const all = `${rows.length} ${status.dataset.plural}`;
      const more = open ? `${open} more may fit: what you ask for is not reported or not yet coded there.` : "";
      status.textContent = left
        ? `${left === rows.length ? "All" : `${left} of`} ${all}${more && `. ${more}`}`
        : [`None of ${all} fits all that you chose.`, helpful(without), more, "Take something away, or reset."].filter(Boolean).join(" ");
      form.dispatchEvent(new CustomEvent("waymark:filtered")); // for a page that counts what is left
    };

    /** Which field to empty, where one would be enough. */
    const helpful = (without) => {
      const [field, count] = [...without].sort(([, a], [, b]) => b - a)[0] ?? [null, 0];
      return count ? `Without “${field.labels[0].firstChild.textContent.trim()}: ${field.value}” there would be ${count}.` : "";
    };

    // The order in which the table came is the one by its first column.
    const order = () => {
      const column = Math.abs(Number(sort.value));
      const sign = sort.value.startsWith("-") ? -1 : 1;
      const compare = (a, b) => sign * ((column && inOrder.compare(a.cells[column], b.cells[column])) || 0) || (column ? 1 : sign) * (a.place - b.place);
      table.tBodies[0].append(...[...rows].sort(compare).map(({ row }) => row));
      heads.forEach((head, number) => {
        if (number === column) head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };

    const heads = [...table.tHead.rows[0].cells];
    const offered = new Set([...sort.options].map((option) => Math.abs(Number(option.value))));
    heads.forEach((head, number) => {
      if (!offered.has(number)) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "wm-sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const forward = number ? String(number) : "";
        sort.value = sort.value === forward ? `-${number}` : forward;
        order();
        keep();
      });
      head.append(button);
    });

    const keep = () => {
      const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      window.history.replaceState(null, "", `${window.location.pathname}${said.size ? `?${said}` : ""}${window.location.hash}`);
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target === sort) order();
      else if (event.target.type !== "hidden") filter(); // a hidden field is for the address alone
      keep();
    });
    form.addEventListener("reset", () =>
      // The fields are empty only after the event.
      window.setTimeout(() => {
        filter();
        order();
        keep();
        words.focus();
      }),
    );

    for (const [name, value] of new URLSearchParams(window.location.search)) {
      const field = form.elements.namedItem(name);
      if (!field) continue;
      field.value = value;
      if (field.selectedIndex === -1) field.selectedIndex = 0; // an address may hold what is no choice
    }
    form.hidden = false;
    filter();
    order();
  };
  document.querySelectorAll(".wm-filters").forEach(govern);

  // 4. Paper ----------------------------------------------------------------------------------------------

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll(".wm-uses details").forEach((each) => (each.open = true));
    const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    document.querySelectorAll("[data-wm-printed]").forEach((each) => (each.textContent = `Printed ${day}.`));
  });
})();
