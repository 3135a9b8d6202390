/* What the pages of Waymark gain from a script. Every page is complete without it.

   1. Citations: the full reference beside a citation, on hover or keyboard focus, taken from the list of references
      on the same page. The citation itself leads to the page of the work.
   2. Menu and search of the theme: buttons for the keyboard on a narrow or enlarged screen, and names for screen readers.
   3. The day of printing on paper.

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

  // 3. Paper ----------------------------------------------------------------------------------------------

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll(".wm-uses details").forEach((each) => (each.open = true));
    const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    document.querySelectorAll("[data-wm-printed]").forEach((each) => (each.textContent = `Printed ${day}.`));
  });
})();
