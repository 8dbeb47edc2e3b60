// Opens the preview as soon as a list was chosen or pasted; nothing is written by that, and the button stays for the keyboard.

function look(field) {
  field.form.querySelector("button[type=submit]").click();
}

for (const form of document.querySelectorAll(".import-form")) {
  form.querySelector("input[type=file]").addEventListener("change", ({ target }) => {
    if (target.files.length > 0) look(target);
  });
  form.querySelector("textarea").addEventListener("paste", ({ target }) => setTimeout(look, 0, target)); // once it stands there
}
