// Small conveniences. Everything on every page works without this file.
(() => {
  "use strict";
  const KEY = "learning-gate-list";
  const all = (selector) => document.querySelectorAll(selector);

  const said = (button, words) => {
    const place = button.closest(".tools").querySelector("[role=status]");
    place.textContent = words;
  };

  // Print and share.
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of all("[data-share]")) {
    if (!navigator.share && !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const link = document.querySelector("link[rel=canonical]");
      const url = link ? link.href : location.href;
      try {
        if (navigator.share) await navigator.share({ title: document.title, url });
        else {
          await navigator.clipboard.writeText(url);
          said(button, button.dataset.done);
        }
      } catch {
        // The reader thought better of it.
      }
    });
  }

  // The reader's own list: numbers of courses, kept in this browser and nowhere else.
  const read = () => {
    try {
      const list = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(list) ? list.filter(Number.isInteger).slice(0, 50) : [];
    } catch {
      return [];
    }
  };
  const write = (list) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(list));
    } catch {
      // Nothing can be kept in this browser.
    }
  };
  const show = () => {
    const list = read();
    for (const item of all("[data-kept]")) {
      item.hidden = !list.length;
      const link = item.querySelector("a");
      link.href = link.href.replace(/\?.*$/, "") + "?list=" + list.join("-");
      item.querySelector("[data-kept-count]").textContent = list.length || "";
    }
    for (const button of all("[data-keep]")) {
      button.setAttribute("aria-pressed", String(list.includes(Number(button.dataset.keep))));
    }
  };
  for (const button of all("[data-keep]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const number = Number(button.dataset.keep);
      const list = read();
      write(list.includes(number) ? list.filter((n) => n !== number) : [number, ...list]);
      show();
    });
  }
  show();
  window.addEventListener("storage", show);

  for (const form of all("[data-filters]")) {
    // An address without what was left empty.
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) {
        if (!value) event.formData.delete(name);
      }
    });
  }

  // Suggestions while somebody types: a combobox with a list (ARIA Authoring Practices).
  const WAIT = 150;
  const suggest = (input) => {
    const made = (tag, attributes) => {
      const node = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
      return node;
    };
    const { suggest: address, suggestLabel: label } = input.dataset;
    const list = made("ul", { id: `${input.id}-list`, role: "listbox", "aria-label": label });
    const status = made("span", { role: "status", class: "visually-hidden" });
    list.className = "suggest";
    list.hidden = true;
    // A search field may not be a combobox; a text field may.
    input.type = "text";
    input.enterKeyHint = "search";
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    })) {
      input.setAttribute(name, value);
    }
    input.parentNode.append(list, status);
    let timer = 0;
    let asked = null;
    let active = -1;

    const mark = (place) => {
      active = place;
      for (const [n, option] of [...list.children].entries()) {
        option.setAttribute("aria-selected", String(n === active));
      }
      const option = list.children[active];
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    };
    const open = (rows) => {
      list.replaceChildren(
        ...rows.map((row, n) => {
          const option = made("li", { id: `${list.id}-${n}`, role: "option" });
          const title = made("span", { lang: row.language });
          title.textContent = row.title;
          const type = made("span", { class: "suggest__type" });
          type.textContent = row.type_text;
          option.append(title, " ", type);
          option.dataset.url = row.url;
          return option;
        }),
      );
      list.hidden = !rows.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = rows.length ? `${label}: ${rows.length}` : "";
      mark(-1);
    };
    const close = () => {
      clearTimeout(timer);
      if (asked) asked.abort();
      open([]);
    };
    const ask = async () => {
      if (asked) asked.abort();
      const own = (asked = new AbortController());
      try {
        const url = `${address}&q=${encodeURIComponent(input.value)}`;
        const answer = await fetch(url, { signal: own.signal });
        const rows = answer.ok ? (await answer.json()).suggestions : [];
        if (!own.signal.aborted) open(rows);
      } catch {
        // Suggestions are a convenience; the form searches without them.
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < 2) close();
      else timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      const count = list.children.length;
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") mark((active + 1) % count);
      else if (event.key === "ArrowUp") mark(active < 1 ? count - 1 : active - 1);
      else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.url);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
    // Before the field loses the focus, which closes the list.
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option && event.button === 0) location.assign(option.dataset.url);
    });
  };
  const saves = navigator.connection && navigator.connection.saveData;
  if (!saves) for (const input of all("[data-suggest]")) suggest(input);

  // Escape closes what was opened over the page.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (location.hash === "#filters") location.hash = "results";
    for (const details of all("details[data-closes][open]")) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });
})();
