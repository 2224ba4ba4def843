// What mdBook's pages lack for the keyboard and for screen readers.

document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");

// mdBook opens the list of chapters with a <label>, which the keyboard cannot reach: a button takes its place.
const label = document.getElementById("mdbook-sidebar-toggle");
const checkbox = document.getElementById("mdbook-sidebar-toggle-anchor");
if (label && checkbox) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = label.className;
  button.title = "Chapters";
  button.setAttribute("aria-label", "Chapters");
  button.setAttribute("aria-controls", "mdbook-sidebar");
  button.append(...label.childNodes);
  const update = () => button.setAttribute("aria-expanded", String(checkbox.checked));
  checkbox.addEventListener("change", update);
  button.addEventListener("click", () => label.click());
  update();
  label.before(button);
  label.style.display = "none";
}

// A table that is wider than its page scrolls, so the keyboard must reach it.
const scrolled = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) {
      target.tabIndex = 0;
      target.setAttribute("role", "group");
      target.setAttribute("aria-label", "Table");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
    }
  }
});
for (const table of document.querySelectorAll(".table-wrapper")) scrolled.observe(table);
