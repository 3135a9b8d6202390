/* A text field with a list of hits below it, for mouse, touch, keyboard and screen reader.
   It follows the pattern “combobox with list autocomplete” of the ARIA Authoring Practices. */

const MOST = 12;

/**
 * @param {HTMLInputElement} input Its `aria-controls` names the list.
 * @param {(words: string) => {name: string, kind: string}[]} find
 * @param {(node: object) => void} choose
 */
export function combobox(input, find, choose) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
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
    const option = list.children[number];
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const take = (hit) => {
    close();
    choose(hit);
  };

  const optionOf = (hit, at) => {
    const option = document.createElement("li");
    option.id = `${list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const kind = document.createElement("span");
    kind.className = "wm-kind-name";
    kind.textContent = hit.kind;
    option.append(`${hit.name} `, kind);
    option.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the keyboard
    option.addEventListener("click", () => take(hit));
    return option;
  };

  const open = () => {
    hits = find(input.value).slice(0, MOST);
    list.replaceChildren(...hits.map(optionOf));
    if (!hits.length && input.value.trim()) {
      const none = document.createElement("li");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.setAttribute("aria-selected", "false");
      none.textContent = "No record has this name.";
      list.append(none);
    }
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      if (hits.length) take(hits[Math.max(active, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      if (!hits.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active < 0 && step < 0 ? hits.length - 1 : (active + step + hits.length) % hits.length);
    }
  });
}
