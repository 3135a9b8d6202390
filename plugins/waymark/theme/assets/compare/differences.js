/* What differs in a table that sets records beside one another, told by words in the head of a row and by the form of a value.

   A program can compare what is coded. Whether two texts say the same is for the reader, so they are neither marked nor taken away. */

const SAME = "same";
const WORDS = {
  differs: "differs",
  [SAME]: "same",
  partly: "same where it is known",
  unknown: "known of one at most",
};

/** How the coded values of a row stand to one another; null for a row of texts. */
export function stateOf(row) {
  const cells = [...row.cells].slice(1);
  if (cells.some((cell) => cell.dataset.values === undefined)) return null;
  const known = cells.map((cell) => cell.dataset.values).filter(Boolean);
  if (known.length < 2) return "unknown";
  const sets = new Set(known.map((values) => values.split("\n").sort().join("\n")));
  if (sets.size > 1) return "differs";
  return known.length === cells.length ? SAME : "partly";
}

/** Marks the values that not all have. */
function markValues(row, isMarked) {
  const known = [...row.cells].slice(1).filter((cell) => cell.dataset.values);
  for (const cell of known) {
    for (const value of cell.querySelectorAll(".wm-value")) {
      const isShared = known.every((other) => other.dataset.values.split("\n").includes(value.textContent));
      value.classList.toggle("wm-only", isMarked && !isShared);
    }
  }
}

/**
 * Shows or hides what differs.
 *
 * @param {HTMLTableElement} table
 * @param {{mark: boolean, only: boolean}} how Whether to say in each row how it stands; whether to take away rows that do not differ.
 * @returns {string} What is seen now, in words.
 */
export function showDifferences(table, { mark, only }) {
  const count = { coded: 0, differs: 0 };
  for (const row of table.querySelectorAll("tr[data-row]")) {
    const state = stateOf(row);
    count.coded += state !== null;
    count.differs += state === "differs";
    row.hidden = only && state !== null && state !== "differs";
    row.querySelector(".wm-differs")?.remove();
    row.classList.toggle("wm-row-differs", mark && state === "differs");
    if (state === null) continue;
    markValues(row, mark && state === "differs");
    if (!mark) continue;
    const word = document.createElement("span");
    word.className = "wm-differs";
    word.textContent = ` ${WORDS[state]}`;
    row.cells[0].append(word);
  }
  for (const group of table.tBodies) group.hidden = !group.querySelector("tr[data-row]:not([hidden])");
  if (!mark && !only) return "";
  return `${count.differs} of ${count.coded} rows with coded values differ.${only ? " Texts stay: whether they say the same is for you to judge." : ""}`;
}
