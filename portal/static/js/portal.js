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
