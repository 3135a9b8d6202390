/* The evidence map: its grid counts the rows that are left in the table when the reader chooses.

   waymark.js filters the table; here the numbers of the grid and the lists behind them follow. Without a script the grid counts all. It is no module, so that it
   runs in a page that is opened from the disk, too. */
(() => {
  "use strict";

  const table = document.querySelector(".wm-map");
  const form = document.querySelector(".wm-filters");
  const rows = [...table.tBodies[0].rows];
  const byNumber = new Map(rows.map((row) => [row.dataset.row, row]));

  const cells = [...document.querySelectorAll(".wm-grid [data-cell]")].map((cell) => {
    const list = document.getElementById(cell.dataset.cell);
    return {
      none: cell.querySelector(".wm-none"),
      link: cell.querySelector("a"),
      stages: [...cell.querySelectorAll("[data-stage]")].map((line) => ({ line, stage: line.dataset.stage, number: line.querySelector(".wm-count") })),
      details: list?.parentElement,
      pages: [...(list?.children ?? [])].map((page) => ({ page, stage: page.dataset.stage, row: byNumber.get(page.dataset.row) })),
    };
  });

  function recount() {
    const none = rows.some((row) => !row.hidden && "coded" in row.dataset) ? "no source found" : "not yet coded";
    for (const { none: words, link, stages, details, pages } of cells) {
      const left = {};
      let total = 0;
      for (const { page, stage, row } of pages) {
        page.hidden = row.hidden;
        if (row.hidden) continue;
        total += 1;
        left[stage] = (left[stage] ?? 0) + 1;
      }
      words.hidden = total > 0;
      words.textContent = none;
      if (!link) continue;
      link.hidden = total === 0;
      link.nextElementSibling.hidden = total === 0;
      link.querySelector(".wm-count").textContent = total;
      link.querySelector(".wm-s").hidden = total === 1;
      for (const { line, stage, number } of stages) {
        line.hidden = !left[stage];
        number.textContent = left[stage] ?? 0;
      }
      details.hidden = total === 0;
      details.querySelector("summary .wm-count").textContent = total;
    }
  }

  if (form) {
    form.addEventListener("waymark:filtered", recount);
    recount();
  }
})();
