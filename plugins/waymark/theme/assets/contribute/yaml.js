/* Plain data to YAML in the layout of our files, line for line as `layout.py` writes it. What is written here is read back unchanged; a test asks for both with
   many odd texts. */

(() => {
  const WIDTH = 110; // characters of a line, indentation included; what cannot be broken may be longer
  const ONE_LINE = ["relations"]; // lists whose items are maps on one line each, where they fit
  // A text that needs no quotation marks: no mark of YAML at its start, no colon before a space, no # behind one.
  const PLAIN = /^(?![-?:,[\]{}#&*!|>'"%@`~=\s])(?!null$)(?:(?!:(?:\s|$)|\s#)[^\n\t])*(?<!\s)$/u;
  const FLOW_MARKS = /[,[\]{}]|:$|:(?=\S)/;
  const FOLDS = /^\S+(?: \S+)*$/u;
  const UNSAFE_LINES = /^[ \t]|[ \t]$|\t|(?<![^])\s|\s(?![^])/mu; // what would get lost or be misread where the lines of a text are kept
  const WORDS = /\[@[^\]\s]{1,60} [^\]]{1,60}\]\S*|\S+/gu; // where a text is broken: between words, and not inside a citation that is not too long
  const PRINTABLE = /^(?:[^\p{C}\p{Z}]| )*$/u;

  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

  /** A text on one line, in quotation marks where it needs them. */
  function scalar(text) {
    if (text && PLAIN.test(text)) return text;
    return text && PRINTABLE.test(text) ? quoted(text) : JSON.stringify(text);
  }

  function inBrackets(text) {
    const found = scalar(text);
    return found === text && FLOW_MARKS.test(text) ? quoted(text) : found;
  }

  const widthOf = (text) => [...text].length;

  /** Words over as many lines as they need; the first starts behind `head`, the others at `indent`. */
  function wrapped(head, words, tail, indent, separator = ", ") {
    if (!words.length) return [head + tail];
    const lines = [];
    let line = head;
    let isStart = true;
    words.forEach((word, number) => {
      const after = number === words.length - 1 ? tail : separator.trimEnd();
      if (!isStart && widthOf(line) + 1 + widthOf(word) + after.length > WIDTH) {
        lines.push(line.trimEnd());
        [line, isStart] = [" ".repeat(indent), true];
      }
      line += (isStart ? "" : " ") + word + after;
      isStart = false;
    });
    return [...lines, line];
  }

  function textLines(head, text, indent) {
    const space = " ".repeat(indent);
    const found = scalar(text);
    if (widthOf(head) + 1 + widthOf(found) <= WIDTH && (found === text || (!text.includes("\n") && widthOf(text) < 60))) return [`${head} ${found}`];
    if (FOLDS.test(text)) return [`${head} >-`, ...wrapped(space, text.match(WORDS), "", indent, " ")];
    if (text.includes("\n") && !UNSAFE_LINES.test(text)) return [`${head} |-`, ...text.split("\n").map((line) => (line ? space + line : ""))];
    return [`${head} ${found}`];
  }

  function mapLines(value, indent) {
    return Object.entries(value).flatMap(([name, each]) => linesOf(scalar(name), each, indent));
  }

  function itemLines(name, value, indent) {
    const space = " ".repeat(indent);
    if (typeof value === "string") return textLines(`${space}-`, value, indent + 2);
    const areTexts = Object.values(value).every((each) => typeof each === "string");
    const flow = `{${Object.entries(value).map(([key, each]) => `${key}: ${typeof each === "string" ? inBrackets(each) : ""}`).join(", ")}}`;
    if (ONE_LINE.includes(name) && areTexts && indent + 2 + widthOf(flow) <= WIDTH) return [`${space}- ${flow}`];
    return mapLines(value, indent + 2).map((line, number) => (number ? line : `${space}- ${line.slice(indent + 2)}`));
  }

  /** The lines of one field. */
  function linesOf(name, value, indent = 0) {
    const space = " ".repeat(indent);
    if (typeof value === "string") return textLines(`${space}${name}:`, value, indent + 2);
    if (Array.isArray(value)) {
      if (value.some((each) => typeof each !== "string")) return [`${space}${name}:`, ...value.flatMap((each) => itemLines(name, each, indent + 2))];
      return wrapped(`${space}${name}: [`, value.map(inBrackets), "]", indent + 4);
    }
    return [`${space}${name}:`, ...mapLines(value, indent + 2)];
  }

  /** A map as YAML, its fields in their order. */
  const toYaml = (data, indent = 0) => `${Object.entries(data).flatMap(([name, value]) => linesOf(name, value, indent)).join("\n")}\n`;

  /** A record as it stands in its file: a file of its own, or the block of one record in a file of many. */
  function recordYaml(kind, id, data) {
    if (kind.file.oneEach) return `# yaml-language-server: $schema=../schema/${kind.name}.json\n${toYaml(data)}`;
    return `${id}:\n${toYaml(data, 2)}`;
  }

  Object.assign(waymark, { toYaml, recordYaml });
})();
