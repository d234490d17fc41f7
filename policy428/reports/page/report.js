"use strict";
// Filters the list of findings. Without it the page is the whole list.
(function () {
  const form = document.getElementById("filters");
  if (!form) return;
  const status = document.getElementById("status");
  const words = document.getElementById("by-text");
  const choices = Array.from(form.querySelectorAll("select"));
  const groups = Array.from(document.querySelectorAll(".group"), (section) => ({
    section,
    items: Array.from(section.querySelectorAll("ol > li"), (item) => ({ item, text: null })),
  }));
  const all = groups.reduce((sum, group) => sum + group.items.length, 0);

  function holds(entry, wanted) {
    if (choices.some((choice) => choice.value && entry.item.dataset[choice.dataset.key] !== choice.value)) return false;
    if (!wanted.length) return true;
    if (entry.text === null) entry.text = entry.item.textContent.toLowerCase();
    return wanted.every((word) => entry.text.includes(word));
  }

  function apply() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of groups) {
      let here = 0;
      for (const entry of group.items) {
        const kept = holds(entry, wanted);
        entry.item.hidden = !kept;
        if (kept) here += 1;
      }
      group.section.hidden = here === 0;
      shown += here;
    }
    const number = (count) => count.toLocaleString("en");
    status.textContent = shown === all
      ? `All ${number(all)} findings on this page are shown.`
      : `${number(shown)} of ${number(all)} findings on this page ${shown === 1 ? "is" : "are"} shown.`;
  }

  let waiting = 0;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 150);
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  form.addEventListener("change", apply);
  words.addEventListener("input", soon);
  // The fields are emptied after the event.
  form.addEventListener("reset", () => setTimeout(apply, 0));
  form.hidden = false;
  status.hidden = false;
  apply();
})();
