/* Tables as they are seen, as a file for spreadsheets: RFC 4180 in UTF-8 with a byte order mark, as in waymark/exports.py. */

const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/; // what a spreadsheet may run as a formula (OWASP, “CSV Injection”)

const guarded = (text) => (FORMULA.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The text of rows of cells; each cell is a text. */
export const toCsv = (rows) => `\ufeff${rows.map((row) => row.map((cell) => quoted(guarded(cell))).join(",")).join("\r\n")}\r\n`;

/** The words of a cell; those that are there for the eye or for a control are left out. */
export function wordsOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("button:not(.wm-sort), input, .wm-differs").forEach((each) => each.remove());
  copy.querySelectorAll("li + li").forEach((each) => each.before("; "));
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Hands the reader a file. */
export function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
