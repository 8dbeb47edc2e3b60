// Shows the names of the chosen files beside the button, as the browser would do in its own language.

function show({ target }) {
  const names = target.parentElement?.querySelector(".picker-names");
  if (!names || target.type !== "file") return;
  const comma = document.documentElement.lang.startsWith("zh") ? "、" : ", ";
  names.textContent = [...target.files].map(({ name }) => name).join(comma) || names.dataset.none;
}

document.addEventListener("change", show);
for (const target of document.querySelectorAll(".picker input")) show({ target }); // a page that was gone back to
