// Fields of Datasette's forms that have no label: named for those who hear the page. Its editor comes with `load`.
addEventListener("load", () => setTimeout(() => {
  for (const field of document.querySelectorAll("input:not([type=hidden], [type=submit]), select, textarea")) {
    if (!field.labels.length && !field.hasAttribute("aria-label")) {
      field.setAttribute("aria-label", field.name.replaceAll("_", " ").trim() || "SQL");
    }
  }
}));

// What takes longer to count than to find comes when the page is there.
for (const place of document.querySelectorAll("[data-later]")) {
  fetch(place.dataset.later).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((text) => { place.outerHTML = text; }, () => {});
}

// "/" puts the cursor into the search box, as on many sites; Escape leaves it.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-slash]");
  const writing = /^(input|select|textarea)$/i.test(event.target.tagName) || event.target.isContentEditable;
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !writing) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && event.target === box) {
    box.blur();
  }
});
