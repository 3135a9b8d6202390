/* Drafts, kept in this browser alone. A browser that keeps nothing, as in some private windows, is no error: then the page says so. */

window.waymark ||= {};

(() => {
  const PREFIX = "waymark-draft:";

  /** The store of the browser, or nothing if it has none or refuses. */
  function store() {
    try {
      const found = window.localStorage;
      found.setItem(`${PREFIX}?`, "");
      found.removeItem(`${PREFIX}?`);
      return found;
    } catch {
      return null;
    }
  }

  /** A draft from its text, or nothing if the text is none. */
  function readDraft(text, format) {
    try {
      const draft = JSON.parse(text);
      const isDraft = draft?.format === format && typeof draft.kind === "string" && draft.data && typeof draft.data === "object" && Array.isArray(draft.works);
      return isDraft ? draft : null;
    } catch {
      return null;
    }
  }

  /** All drafts, the latest first. */
  function listDrafts(format) {
    const kept = store();
    if (!kept) return [];
    const keys = Array.from({ length: kept.length }, (_, at) => kept.key(at)).filter((key) => key.startsWith(PREFIX));
    const drafts = keys.map((key) => ({ key: key.slice(PREFIX.length), draft: readDraft(kept.getItem(key), format) })).filter(({ draft }) => draft);
    return drafts.sort((one, other) => String(other.draft.saved).localeCompare(String(one.draft.saved)));
  }

  const getDraft = (key, format) => {
    const text = store()?.getItem(PREFIX + key);
    return text ? readDraft(text, format) : null;
  };

  /** Keeps a draft; false if the browser keeps nothing or is full. */
  function keepDraft(key, draft) {
    try {
      const kept = store();
      kept?.setItem(PREFIX + key, JSON.stringify(draft));
      return Boolean(kept);
    } catch {
      return false;
    }
  }

  const dropDraft = (key) => store()?.removeItem(PREFIX + key);
  const newKey = () => `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
  const canKeep = () => Boolean(store());

  Object.assign(waymark, { listDrafts, getDraft, keepDraft, dropDraft, newKey, canKeep, readDraft });
})();
