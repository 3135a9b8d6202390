/* Three ways to hand a record on: GitHub's page for a new file with the record filled in, a file, and a text for an e-mail. Nothing is sent from here. */

(() => {
  const { make, button } = waymark;
  const LONGEST = 8000; // characters of an address that GitHub still takes
  const LONGEST_MAIL = 1800; // and that programs for e-mail take

  /** The way of a record into the project: where its file or block goes. */
  function placeOf(kind, id, own) {
    const { path, oneEach } = kind.file;
    const file = oneEach ? `${path}/${id}.yaml` : path;
    return { file, name: oneEach ? `${id}.yaml` : `${id}.${kind.plural}.yaml`, oneEach, isNew: !own };
  }

  /** The address on GitHub, and whether the record is in it. */
  function githubAddress({ newUrl, editUrl }, place, text) {
    if (!place.isNew || !place.oneEach) return { address: editUrl ? editUrl + place.file : "", isFilled: false };
    if (!newUrl) return { address: "", isFilled: false };
    const folder = place.file.replace(/\/[^/]*$/, "");
    const short = `${newUrl}${folder}?filename=${encodeURIComponent(place.name)}`;
    const full = `${short}&value=${encodeURIComponent(text)}`;
    return full.length <= LONGEST ? { address: full, isFilled: true } : { address: short, isFilled: false };
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // From the disk there is no clipboard of this sort; the older way works there.
      const area = make("textarea", { class: "wm-sr" });
      area.value = text;
      document.body.append(area);
      area.select();
      const isDone = document.execCommand("copy");
      area.remove();
      return isDone;
    }
  }

  function save(name, text, type = "text/plain") {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  function mailText(form, place, text, bib) {
    const where = place.oneEach ? `${place.isNew ? "New file" : "Changed file"}: ${place.file}` : `${place.isNew ? "New block for" : "Changed block of"} the file ${place.file}`;
    return [`I propose ${form.own ? "a change to" : "a new page:"} ${form.data.name ?? form.id}.`, "", where, "", text, ...(bib ? ["New works, for the end of data/references.bib:", "", bib] : [])].join("\n");
  }

  /** The part of the page with the three ways. `refresh()` follows what is written. */
  function endings(form) {
    const said = make("p", { role: "status", class: "wm-said" });
    const where = make("p");
    const file = make("pre", { tabindex: "0", "aria-label": "The record as a file" });
    const bibFile = make("pre", { tabindex: "0", "aria-label": "The new works as a file" });
    const github = make("a", { class: "md-button md-button--primary", target: "_blank", rel: "noopener" }, "Open GitHub");
    const githubHelp = make("p");
    const mail = make("a", { class: "md-button" }, "Write an e-mail");
    const works = make("div", {}, make("h4", {}, "New works"), make("p", {}, "They go to the end of the file ", make("code", {}, "data/references.bib"), ", in the same proposal."), bibFile);
    let now = {};
    const tell = (words) => (said.textContent = words);
    github.addEventListener("click", () => {
      if (!now.isFilled) copy(now.text).then((isDone) => tell(isDone ? "The record is on your clipboard. Paste it on GitHub with Ctrl+V." : "Copy the record below, and paste it on GitHub."));
    });
    const copyRecord = button("Copy the record", async () => tell((await copy(now.text)) ? "The record is on your clipboard." : "The browser does not let this page copy. Mark the text and copy it."));
    const copyBib = button("Copy the new works", async () => tell((await copy(now.bib)) ? "The new works are on your clipboard." : "The browser does not let this page copy. Mark the text and copy it."));
    const bibLink = make("a", { class: "md-button", target: "_blank", rel: "noopener" }, "Open the bibliography on GitHub");
    works.append(make("p", { class: "wm-moves" }, copyBib, bibLink));
    const element = make("div", {},
      said,
      make("h3", {}, "1. On GitHub"), githubHelp, make("p", { class: "wm-moves" }, github, copyRecord),
      make("h3", {}, "2. As a file"),
      make("p", {}, "Keep it, or give it to a colleague who takes part here."),
      make("p", { class: "wm-moves" }, button("Download the file", () => {
        save(now.place.name, now.text, "application/yaml");
        if (now.bib) save("new-works.bib", now.bib);
        tell(`${now.place.name}${now.bib ? " and new-works.bib" : ""}: look in your folder of downloads.`);
      })),
      make("h3", {}, "3. By e-mail"),
      make("p", {}, "Copy the text and send it to a colleague who takes part here. No address is filled in, and nothing is sent from this page."),
      make("p", { class: "wm-moves" }, button("Copy the text for an e-mail", async () => tell((await copy(now.mail)) ? "The text is on your clipboard. Paste it into an e-mail." : "The browser does not let this page copy. Mark the text below and copy it.")), mail),
      make("h3", {}, "The file"), where, file, works);

    function refresh(text, bib) {
      const place = placeOf(form.kind, form.id || "…", form.own);
      now = { text, bib, place, mail: mailText(form, place, text, bib), ...githubAddress(form, place, text) };
      file.textContent = text;
      bibFile.textContent = bib;
      works.hidden = !bib;
      github.hidden = !now.address;
      if (now.address) github.href = now.address;
      bibLink.hidden = !form.editUrl;
      bibLink.href = `${form.editUrl}data/references.bib`;
      const tooLong = now.mail.length > LONGEST_MAIL;
      mail.href = `mailto:?subject=${encodeURIComponent(`Waymark: ${form.data.name ?? form.id}`)}&body=${encodeURIComponent(tooLong ? "(Paste the copied text here.)" : now.mail)}`;
      const steps = "You sign in there; the first time GitHub makes a copy of the files for you. Then choose “Commit changes”, “Propose changes” and “Create pull request”.";
      githubHelp.textContent = !now.address ? "This site does not say where its files are kept. Use one of the other ways."
        : now.isFilled ? `You need an account there. The record is filled in already. ${steps}`
        : place.oneEach && place.isNew ? `You need an account there. The record is too long for an address, so it is copied: paste it into the empty field. ${steps}`
        : place.oneEach ? `You need an account there. The link opens the file. Mark all of it (Ctrl+A) and paste the record, which is copied, in its place. ${steps}`
        : place.isNew ? `You need an account there. The link opens the file of all ${form.kind.plural}. Go to its end (Ctrl+End) and paste the record, which is copied, with one empty line before it. ${steps}`
        : `You need an account there. The link opens the file of all ${form.kind.plural}. Find the line ${form.id}: (Ctrl+F), mark from there to the line before the next name at the left edge, and paste the record, which is copied, in its place. ${steps}`;
      where.replaceChildren(place.isNew ? (place.oneEach ? "A new file: " : "A block at the end of the file ") : (place.oneEach ? "In place of the file " : "In place of the block of the same name in "), make("code", {}, place.file), ". Its last name becomes the address of the page.");
      if (!place.oneEach) where.lastChild.textContent = ".";
    }
    return { element, refresh, say: tell };
  }

  Object.assign(waymark, { endings, githubAddress, placeOf, save, LONGEST });
})();
