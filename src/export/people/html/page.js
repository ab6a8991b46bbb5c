"use strict";
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  // Find a name.
  const find = document.getElementById("find");
  if (find) {
    find.parentElement.hidden = false;
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLowerCase();
      for (const item of all(".entities > li")) {
        const also = item.firstElementChild.title.toLowerCase();
        item.hidden = !(item.textContent.toLowerCase() + " " + also).includes(wanted);
      }
    });
  }
  // What belongs together lights up together; a name in the list steps through its mentions.
  const light = (key, value) => {
    for (const lit of all(".lit")) lit.classList.remove("lit");
    if (value) for (const one of all(`[data-${key}="${value}"]`)) one.classList.add("lit");
  };
  for (const key of ["e", "s"]) {
    for (const one of all(`[data-${key}]`)) {
      const value = one.dataset[key];
      one.addEventListener("mouseover", (event) => {
        event.stopPropagation();
        light(key, value);
      });
      one.addEventListener("mouseout", () => light(key, null));
    }
  }
  const seen = new Map();
  for (const item of all(".entities > li")) {
    item.firstElementChild.addEventListener("click", (event) => {
      const id = item.dataset.e;
      const next = (seen.get(id) || 0) + 1;
      const to = document.getElementById(`${id}-${next}`) || document.getElementById(`${id}-1`);
      if (!to) return;
      event.preventDefault();
      seen.set(id, to.id === `${id}-1` ? 1 : next);
      for (const was of all(".here")) was.classList.remove("here");
      to.classList.add("here");
      to.scrollIntoView({ block: "center" });
    });
  }
  // A click on a column's head sorts by it.
  for (const table of all(".ledger table")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    all("th", table).forEach((head, column) => {
      head.tabIndex = 0;
      head.classList.add("sorts");
      const sort = () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of all("th", table)) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[column].textContent;
        const order = (a, b) => text(a).localeCompare(text(b), undefined, { numeric: true });
        body.append(...rows.slice().sort((a, b) => (down ? order(b, a) : order(a, b))));
      };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          sort();
        }
      });
    });
  }
})();
