/* The citation grammar and links to records in a text: as `citations.py` and `links.py` read them, with their patterns. */

(() => {
  const { pattern } = waymark;
  const STANCES = { "qualified by": "qualifies", "disputed by": "disputes" };

  /** Blocks of code between fences; one that is never closed runs to the end. */
  function fenced(rules, text) {
    const found = [];
    let opening = null;
    for (const match of text.matchAll(pattern(rules, "fence", "g"))) {
      if (!opening) {
        if (!match[2].includes("`") || match[1][0] === "~") opening = match;
      } else if (match[1].startsWith(opening[1]) && !match[2].trim()) {
        found.push([opening.index, match.index + match[0].length]);
        opening = null;
      }
    }
    if (opening) found.push([opening.index, text.length]);
    return found;
  }

  function closeParagraph(text, ticks) {
    const found = [];
    for (let number = 0; number < ticks.length; ) {
      const [start, end] = ticks[number];
      const last = ticks.findIndex((tick, at) => at > number && tick[1] - tick[0] === end - start);
      if (last < 0 || text[start - 1] === "\\") {
        number += 1;
        continue;
      }
      found.push([start, ticks[last][1]]);
      number = last + 1;
    }
    return found;
  }

  /** Stretches between two runs of equally many backticks in one paragraph. */
  function inlineCode(rules, text, start, end) {
    const found = [];
    let paragraph = [];
    const ticks = pattern(rules, "ticks", "g");
    ticks.lastIndex = start;
    const part = text.slice(0, end);
    for (let match = ticks.exec(part); ; match = ticks.exec(part)) {
      if (match?.[0][0] === "`") {
        paragraph.push([match.index, match.index + match[0].length]);
        continue;
      }
      found.push(...closeParagraph(text, paragraph));
      paragraph = [];
      if (!match) return found;
    }
  }

  /** The stretches of a text that are code, in their order. */
  function codeSpans(rules, text) {
    if (!text.includes("`") && !text.includes("~~~")) return [];
    const spans = [];
    let at = 0;
    for (const [start, end] of fenced(rules, text)) {
      spans.push(...inlineCode(rules, text, at, start), [start, end]);
      at = end;
    }
    return [...spans, ...inlineCode(rules, text, at, text.length)];
  }

  const isWithin = (spans, offset) => spans.some(([start, end]) => start <= offset && offset < end);

  function itemsOf(rules, inner, offset) {
    const pieces = inner.includes(";") ? [...inner.matchAll(pattern(rules, "citationPiece", "g"))].map((found) => [found.index, found[0]]) : [[0, inner]];
    return pieces.map(([begin, piece]) => {
      const match = pattern(rules, "citation").exec(piece.split(/\s+/u).filter(Boolean).join(" "));
      if (!match) return null;
      const { stance = "", key, locator = "", via = "", via_locator: viaLocator = "" } = match.groups;
      return { key, locator, via, viaLocator, stance: STANCES[stance] ?? "supports", start: offset + begin + piece.indexOf("@"), place: via ? viaLocator : locator };
    });
  }

  /** All citation groups of a text, and what looks like one but is none. */
  function findCitations(rules, text) {
    const groups = [];
    const broken = [];
    if (!text.includes("@")) return { groups, broken };
    const hidden = codeSpans(rules, text);
    const opens = pattern(rules, "citationOpening", "g");
    for (let opening = opens.exec(text); opening; opening = opens.exec(text)) {
      const start = opening.index;
      const after = opens.lastIndex;
      if (isWithin(hidden, start)) continue;
      const grouped = pattern(rules, "citationGroup", "y");
      grouped.lastIndex = start;
      const match = grouped.exec(text);
      const citations = match ? itemsOf(rules, match[0].slice(1, -1), start + 1) : [null];
      if (match && citations.every(Boolean)) {
        groups.push({ start, end: start + match[0].length, citations });
        opens.lastIndex = start + match[0].length;
      } else {
        const shown = [...text.slice(start)].slice(0, 60).join("").split(/\r?\n/)[0];
        broken.push({ start, text: shown.slice(0, shown.indexOf("]") + 1) || shown });
        opens.lastIndex = after;
      }
    }
    return { groups, broken };
  }

  /** Keys of the works that a text cites, those through which we know them left out. */
  function keysIn(rules, text) {
    return findCitations(rules, text).groups.flatMap((group) => group.citations.map((citation) => citation.key));
  }

  /** Links to records in a text, code left out. */
  function findLinks(rules, text) {
    if (!text.includes("][")) return [];
    const hidden = codeSpans(rules, text);
    return [...text.matchAll(pattern(rules, "textLink", "g"))]
      .filter((match) => !isWithin(hidden, match.index))
      .map((match) => ({ start: match.index, end: match.index + match[0].length, words: match.groups.words, target: match.groups.target, anchor: match.groups.anchor ?? "" }));
  }

  /** True if a text names a place in a work. */
  function isLocator(rules, text) {
    const found = pattern(rules, "locator", "y");
    return found.test(text.trim());
  }

  Object.assign(waymark, { codeSpans, isWithin, findCitations, keysIn, findLinks, isLocator });
})();
