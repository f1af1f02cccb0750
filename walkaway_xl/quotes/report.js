// Filters and sorts the lines of a report. Text from the page goes back into it as text only.
"use strict";
for (const form of document.querySelectorAll("form.choose")) {
  const mark = form.dataset.mark; // of a currency, if there are several on the page
  const table = document.getElementById(`lines${mark}`);
  const root = mark ? form.closest("section[id]") : document;
  const PRINTED = 50; // rows on paper
  const HERE = `#lines${mark}:`; // how an address begins that holds a choice
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({
    row,
    codes: row.dataset.f ? row.dataset.f.split(" ") : [],
    money: BigInt(row.dataset.s),
    words: row.textContent.toLowerCase(),
  }));
  const lists = [...form.querySelectorAll("select")];
  const text = form.elements.namedItem("text");
  const result = form.querySelector("output");
  const total = BigInt(form.dataset.total);

  const grouped = (number) => number.toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const whole = (millionths) => grouped((millionths + 500000n) / 1000000n);
  const isShown = (line) =>
    lists.every((list, place) => !list.value || list.value === line.codes[place]) &&
    line.words.includes(text.value.trim().toLowerCase());

  function show() {
    let count = 0;
    let money = 0n;
    for (const line of rows) {
      const shown = isShown(line);
      line.row.hidden = !shown;
      line.row.classList.toggle("late", shown && count >= PRINTED);
      if (shown) {
        count += 1;
        money += line.money;
      }
    }
    const share = total ? Number((money * 1000n + total / 2n) / total) / 10 : 0;
    const parts = {
      lines: grouped(count), all: grouped(rows.length), money: whole(money), share: `${share.toFixed(1)}\u00a0%`,
    };
    result.textContent = result.dataset.words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  }

  function remember() {
    const chosen = new URLSearchParams();
    for (const list of lists) if (list.value) chosen.set(list.name, list.selectedOptions[0].textContent);
    if (text.value.trim()) chosen.set("text", text.value.trim());
    const words = chosen.toString();
    history.replaceState(null, "", words ? HERE + words : location.pathname + location.search);
  }

  function recall() {
    if (!location.hash.startsWith(HERE)) return false;
    const chosen = new URLSearchParams(location.hash.slice(HERE.length));
    for (const list of lists) {
      const option = [...list.options].find((one) => one.value && one.textContent === chosen.get(list.name));
      list.value = option ? option.value : "";
    }
    text.value = chosen.get("text") || "";
    return true;
  }

  function changed() {
    show();
    remember();
  }

  // Sorting: a button in each head, which takes itself away again on paper by its style.
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const isNumber = head.classList.contains("r");
      const before = head.getAttribute("aria-sort");
      const order = before === (isNumber ? "descending" : "ascending") ? -1 : 1;
      const key = (line) => {
        const words = line.row.cells[place].textContent;
        return isNumber ? -Number(words.replace(/[,%\s]/g, "").replace("\u2212", "-")) || 0 : words;
      };
      const keyed = rows.map((line) => [key(line), line]);
      keyed.sort(([a], [b]) => order * (isNumber ? a - b : a.localeCompare(b)));
      rows.splice(0, rows.length, ...keyed.map(([, line]) => line));
      body.append(...rows.map((line) => line.row));
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", (order > 0) === isNumber ? "descending" : "ascending");
      show();
    });
  });

  // Picking: a cell, a period or a signer sets the filters and goes to the lines.
  function pick(words) {
    form.reset();
    for (const part of words.split(" ")) {
      const [name, value] = part.split("=");
      form.elements.namedItem(name).value = value;
    }
    changed();
    result.tabIndex = -1;
    result.focus();
    form.scrollIntoView();
  }
  function asButton(cell, words, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("click", () => pick(words));
    cell.append(button);
    return button;
  }
  for (const row of root.querySelectorAll("tr[data-pick]")) asButton(row.cells[0], row.dataset.pick);
  for (const map of root.querySelectorAll("table.heat")) {
    const buttons = new Map();
    for (const cell of map.querySelectorAll("td[data-pick]"))
      buttons.set(cell, asButton(cell, cell.dataset.pick, cell.dataset.label));
    const one = (button) => buttons.forEach((other) => (other.tabIndex = other === button ? 0 : -1));
    one(buttons.values().next().value);
    map.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      const cell = event.target.closest("td");
      if (!step || !cell) return;
      event.preventDefault();
      let [row, column] = [cell.parentNode.rowIndex, cell.cellIndex];
      for (let next = cell; next; next = map.rows[(row += step[0])]?.cells[(column += step[1])]) {
        const button = next !== cell && buttons.get(next);
        if (!button) continue;
        one(button);
        button.focus();
        return;
      }
    });
  }

  // Saving: numbers plain, and no text that a spreadsheet would take for a formula.
  function csv() {
    const field = (cell) => {
      const parts = [...cell.childNodes].map((node) => node.textContent).join(" | ");
      const plain = parts.replace(/[,\s]/g, "").replace("\u2212", "-");
      if (cell.classList.contains("r") && /^-?[\d.]+%?$/.test(plain)) return plain;
      const tame = parts.replace(/(^|[;,|\t\r\n])(\s*)([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, "$1$2'$3");
      return `"${tame.replaceAll('"', '""')}"`;
    };
    const shown = [table.tHead.rows[0], ...rows.filter((line) => !line.row.hidden).map((line) => line.row)];
    return shown.map((row) => [...row.cells].map(field).join(",")).join("\r\n") + "\r\n";
  }
  form.elements.namedItem("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\uFEFF", csv()], { type: "text/csv" }));
    link.download = "lines.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });

  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  window.addEventListener("hashchange", () => recall() && show());
  form.hidden = false;
  if (recall()) form.scrollIntoView();
  show();
}
