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
