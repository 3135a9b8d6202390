/* What a text may not hold: HTML, addresses that could run code, pictures, headings.

   The checks ask a Markdown library. There is none here, so these functions follow the grammar of CommonMark as far as a text of a record goes;
   where they err, the check on the pull request says so. */

(() => {
  const { pattern, codeSpans, isWithin } = waymark;

  const ATTRIBUTE = `\\s+[A-Za-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"'=<>\`]+|'[^']*'|"[^"]*"))?`;
  const TAG = new RegExp(
    `<[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*\\s*/?>|</[A-Za-z][A-Za-z0-9-]*\\s*>|<!-->|<!--->|<!--[\\s\\S]*?-->|<\\?[\\s\\S]*?\\?>|<![A-Za-z][^>]*>|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>`,
    "g");
  const BLOCKS =
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul";
  const BLOCK = new RegExp(`^[ ]{0,3}(?:<(?:script|pre|style|textarea)(?:\\s|>|$)|<!--|<\\?|<![A-Za-z]|<!\\[CDATA\\[|</?(?:${BLOCKS})(?:\\s|/?>|$))`, "i");
  /** What stands before the text of a line in quotations and lists. */
  const CONTAINER = /^(?: {0,3}(?:>|[-+*](?= )|\d{1,9}[.)](?= )) ?)+/;

  /** The text with code and escaped signs blanked out, so that places stay the same. */
  function withoutCode(rules, text) {
    let shown = text;
    for (const [start, end] of codeSpans(rules, text)) shown = shown.slice(0, start) + shown.slice(start, end).replace(/[^\n]/g, "x") + shown.slice(end);
    return shown.replace(/\\[!-/:-@[-`{-~]/g, "xx");
  }

  function hasHtml(rules, text) {
    const shown = withoutCode(rules, text);
    if (shown.split("\n").some((line) => BLOCK.test(line.replace(CONTAINER, "")))) return true;
    return shown.split(/\n[ \t]*\n/).some((paragraph) => paragraph.search(TAG) >= 0);
  }

  /** The first raw HTML in a text, or an empty text. */
  function rawHtml(rules, text) {
    if (!text.includes("<") || !hasHtml(rules, text)) return "";
    const hidden = codeSpans(rules, text);
    for (const match of text.matchAll(pattern(rules, "tagStart", "g"))) if (!isWithin(hidden, match.index)) return match[0];
    return "<";
  }

  const DESTINATION = `(?:<(?<angled>(?:[^<>\\n\\\\]|\\\\.)*)>|(?<bare>(?:[^\\s()<\\\\]|\\\\.|\\((?:[^\\s()\\\\]|\\\\.)*\\))(?:[^\\s()\\\\]|\\\\.|\\((?:[^\\s()\\\\]|\\\\.)*\\))*)?)`;
  const TITLE = `(?:\\s+(?:"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|\\((?:[^()\\\\]|\\\\.)*\\)))?`;
  const INLINE = new RegExp(`\\]\\(\\s*${DESTINATION}${TITLE}\\s*\\)`, "g");
  const DEFINITION = new RegExp(`^ {0,3}\\[(?<label>(?:[^\\[\\]\\\\]|\\\\.)+)\\]:\\s*(?:<(?<angled>[^<>\\n]*)>|(?<bare>[^\\s<]\\S*))${TITLE}[ \\t]*$`, "gm");
  const AUTOLINK = /<(?<bare>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/g;
  const SAFE = /^(?:https?:\/\/|mailto:)/i;

  /** Entities such as &colon; become their sign; the parser's document is never shown, and a text in it runs nothing. */
  function decoded(text) {
    return text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]*);/gi, (entity) => new DOMParser().parseFromString(entity, "text/html").body.textContent);
  }

  /** Where a link leads, written as in the page that would come of it. */
  function destination(match) {
    const address = decoded((match.groups.angled ?? match.groups.bare ?? "").replace(/\\([!-/:-@[-`{-~])/g, "$1"));
    return encodeURI(address.toWellFormed?.() ?? address).replaceAll("%25", "%");
  }

  /** The first address in a text that we do not allow, or an empty text. */
  function unsafeAddress(rules, text) {
    if (!text.includes("](") && !text.includes("]:") && !text.includes("<")) return "";
    const hidden = codeSpans(rules, text);
    const isShown = (match) => !isWithin(hidden, match.index);
    const defined = new Map();
    for (const match of [...text.matchAll(DEFINITION)].filter(isShown)) {
      const label = match.groups.label.trim().toLowerCase();
      if (!defined.has(label)) defined.set(label, match);
    }
    const rest = text.replace(DEFINITION, (whole) => " ".repeat(whole.length));
    const uses = [...rest.matchAll(/\[((?:[^[\]\\]|\\.)+)\](?!\(|\[(?=[^\]]))/g)].filter((use) => isShown(use) && defined.has(use[1].trim().toLowerCase()));
    const picture = [...text.matchAll(/!\[(?:[^\]\\]|\\.)*\](?:\(\s*\S|\[)?/g)].find(
      (match) => isShown(match) && text[match.index - 1] !== "\\" && (/\($|\(\s*\S$/.test(match[0]) || uses.some((use) => use.index > match.index && use.index <= match.index + match[0].length)));
    if (picture) return pattern(rules, "picture").exec(text)?.[0] ?? picture[0];
    const found = [...[...text.matchAll(INLINE), ...text.matchAll(AUTOLINK)].filter(isShown).map((match) => [match.index, destination(match)]),
      ...uses.map((use) => [use.index, destination(defined.get(use[1].trim().toLowerCase()))])];
    found.sort((one, other) => one[0] - other[0]);
    return found.map(([, address]) => address).find((address) => !SAFE.test(address)) ?? "";
  }

  /** The first line that Markdown would make a heading, or an empty text. */
  function heading(rules, text) {
    if (!/#|\n[^\w\n]*[=-][ \t]*(?:\n|$)/u.test(text)) return "";
    const fences = codeSpans(rules, text).filter(([start, end]) => /^(?:`{3}|~{3})/.test(text.slice(start).trimStart()) && text.slice(start, end).includes("\n"));
    let offset = 0;
    let paragraph = null; // the first line of the paragraph that is open
    let inset = 0; // how far the text of the open list item is indented
    for (const line of text.split("\n")) {
      const at = offset;
      offset += line.length + 1;
      if (fences.some(([start, end]) => at + line.length > start && at < end)) {
        paragraph = null;
        continue;
      }
      const opened = CONTAINER.exec(line)?.[0] ?? "";
      let rest = line.slice(opened.length);
      if (opened) inset = opened.length;
      else if (inset && /^ */.exec(line)[0].length >= inset) rest = line.slice(inset);
      else if (line.trim() && paragraph === null) inset = 0; // after an empty line, less indented: the list has ended
      const isInside = opened || rest.length < line.length || !inset;
      if (/^ {0,3}#{1,6}(?:[ \t]|$)/.test(rest)) return line.trim();
      if (paragraph !== null && isInside && !opened && /^ {0,3}(?:=+|-+)[ \t]*$/.test(rest)) return paragraph.trim();
      if (!rest.trim()) paragraph = null;
      else if (/^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/.test(rest)) paragraph = null;
      else if (opened || paragraph === null) paragraph = line;
      if (!line.trim() && !opened) paragraph = null;
      else if (!opened && !/^ /.test(line) && paragraph === line) inset = 0;
    }
    return "";
  }

  const VERDICT_WORDS = ["proven", "effective", "based", "best", "works", " work"];

  /** The first word of a text that passes a verdict; what stands in quotation marks is the source's. */
  function verdict(rules, text, groups) {
    const lower = text.toLowerCase();
    if (!VERDICT_WORDS.some((word) => lower.includes(word)) || !pattern(rules, "verdict").test(text)) return "";
    let ours = text;
    const quoted = [...text.matchAll(pattern(rules, "quoted", "g"))].map((match) => [match.index, match.index + match[0].length]);
    for (const [start, end] of [...groups.map((group) => [group.start, group.end]), ...quoted]) ours = ours.slice(0, start) + " ".repeat(end - start) + ours.slice(end);
    return pattern(rules, "verdict").exec(ours)?.[0] ?? "";
  }

  Object.assign(waymark, { rawHtml, unsafeAddress, heading, verdict });
})();
