// Opens the preview as soon as a list was chosen or pasted; nothing is written by that, and the button stays for the keyboard.

function look(field) {
  field.form.querySelector("button[type=submit]").click();
}

const plain = (text) => text.replace(/\r\n?/g, "\n").trim();

// Beside the text WPS and Excel copy a table, which knows the merged cells; it is sent where nothing else stands in the box.
function keepTable(field, copied) {
  const alone = plain(field.value) === plain(copied.text);
  field.form.elements.table.value = alone ? copied.table : "";
}

// What is pasted while the cursor stands in no field goes into the page's one list: nobody has to click into its box first.
function pastedNowhere(event) {
  const boxes = document.querySelectorAll(".import-form textarea");
  if (boxes.length !== 1 || event.target.closest?.("input, textarea, [contenteditable]")) return;
  const { clipboardData } = event;
  const text = clipboardData?.getData("text/plain") || "";
  if (!plain(text)) return;
  event.preventDefault();
  boxes[0].value = text;
  keepTable(boxes[0], { text, table: clipboardData.getData("text/html") || "" });
  look(boxes[0]);
}

document.addEventListener("paste", pastedNowhere);

for (const form of document.querySelectorAll(".import-form")) {
  form.querySelector("input[type=file]").addEventListener("change", ({ target }) => {
    if (target.files.length > 0) look(target);
  });
  const box = form.querySelector("textarea");
  box.addEventListener("input", () => { form.elements.table.value = ""; });
  box.addEventListener("paste", ({ target, clipboardData }) => {
    const copied = { text: clipboardData?.getData("text/plain") || "", table: clipboardData?.getData("text/html") || "" };
    setTimeout(() => { // once it stands there
      keepTable(target, copied);
      look(target);
    });
  });
}
