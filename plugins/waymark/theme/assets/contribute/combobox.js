/* Elements of the form, and a text field with a list of hits below it, for mouse, touch, keyboard and screen reader.
   The field follows the pattern “combobox with list autocomplete” of the ARIA Authoring Practices. */

(() => {
  const MOST = 10;
  let count = 0;

  /** An element with attributes and children. Text is always text, never markup. */
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function button(words, act, attributes = {}) {
    const made = make("button", { type: "button", class: "md-button", ...attributes }, words);
    made.addEventListener("click", act);
    return made;
  }

  const newId = (name) => `wm-${name}-${(count += 1)}`;

  /** Words in which `code` stands between backticks. */
  function withCode(words) {
    return words.split(/`([^`]*)`/).map((part, at) => (at % 2 ? make("code", {}, part) : part));
  }

  /**
   * Adds a list of hits below a text field.
   *
   * @param {HTMLInputElement} input
   * @param {(words: string) => {words: string, note?: string}[]} find
   * @param {(hit: object) => void} choose
   * @param {string} none What to say where nothing is found.
   * @returns {HTMLElement} What is to be put behind the field.
   */
  function combobox(input, find, choose, none) {
    const list = make("ul", { id: newId("hits"), role: "listbox", class: "wm-hits", "aria-label": "Found", hidden: true });
    const attributes = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id, autocomplete: "off", spellcheck: "false" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    let hits = [];
    let active = -1;

    const close = () => {
      list.hidden = true;
      hits = [];
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const activate = (number) => {
      active = number;
      [...list.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === number)));
      input.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    };
    const take = (hit) => {
      close();
      choose(hit);
    };
    const optionOf = (hit, at) => {
      const option = make("li", { id: `${list.id}-${at}`, role: "option", "aria-selected": "false" }, hit.words, hit.note ? make("span", { class: "wm-kind-name" }, ` ${hit.note}`) : null);
      option.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the keyboard
      option.addEventListener("click", () => take(hit));
      return option;
    };
    const open = () => {
      hits = find(input.value.trim()).slice(0, MOST);
      list.replaceChildren(...hits.map(optionOf));
      if (!hits.length && input.value.trim()) list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, none));
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    input.addEventListener("input", open);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && hits.length) {
        event.preventDefault();
        event.stopImmediatePropagation();
        take(hits[Math.max(active, 0)]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open();
        if (!hits.length) return;
        const step = event.key === "ArrowDown" ? 1 : -1;
        activate(active < 0 && step < 0 ? hits.length - 1 : (active + step + hits.length) % hits.length);
      }
    });
    return list;
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** Those of some things whose words hold all words that were typed; those that begin with them first. */
  function found(things, typed, textOf) {
    const words = plain(typed).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const hits = things.map((each) => [each, plain(textOf(each))]).filter(([, text]) => words.every((word) => text.includes(word)));
    const starts = (text) => ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ")}`.includes(` ${words[0]}`);
    const rank = ([, text]) => (text.startsWith(words[0]) ? 0 : starts(text) ? 1 : 2);
    return hits.map((hit) => [rank(hit), hit[0]]).sort((one, other) => one[0] - other[0]).map(([, each]) => each);
  }

  Object.assign(waymark, { make, button, newId, withCode, combobox, foundAmong: found });
})();
