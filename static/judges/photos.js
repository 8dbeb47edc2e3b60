// Photos of defects: taken or chosen beside an occurrence, made small enough, sent at once; the sheet keeps the id.
import { csrfToken } from "./page.js";

const MOST_BYTES = 3 * 1024 * 1024;
const LONGEST_SIDE = 2000; // pixels of a photo that had to be made smaller

document.addEventListener("change", (event) => event.target.matches?.("[data-photo-file]") && take(event.target));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-photo-away]");
  if (button) keep(button.closest(".occurrence"), "");
});
document.addEventListener("fill", () => queueMicrotask(drawAll));
new MutationObserver(drawAll).observe(document.querySelector("main"), { childList: true, subtree: true });
drawAll();

/** Send what was taken; the row says what became of it. */
async function take(input) {
  const row = input.closest(".occurrence");
  const [file] = input.files;
  if (!file) return;
  say(row, input.dataset.sending);
  const body = new FormData();
  body.append("csrf_token", csrfToken());
  body.append("photo", await smallEnough(file), "photo");
  const said = await send(document.getElementById("sheet").dataset.photos, body);
  input.value = "";
  say(row, said ? (said.ok ? "" : said.message) : input.dataset.failed);
  if (said?.ok) keep(row, String(said.photo));
}

async function send(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    return await answer.json();
  } catch {
    return null;
  }
}

/** The file itself, or a smaller JPEG of it where a camera made too many pixels; what is no picture goes as it is. */
async function smallEnough(file) {
  if (file.size <= MOST_BYTES) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((made) => done(made ?? file), "image/jpeg", 0.85));
  } catch {
    return file;
  }
}

function keep(row, photo) {
  const field = row.querySelector("[data-photo]");
  field.value = photo;
  draw(row);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function drawAll() {
  document.querySelectorAll(".occurrence").forEach(draw);
}

/** The photo that the row refers to, or the way to take one. */
function draw(row) {
  const photo = row.querySelector("[data-photo]").value;
  const picture = row.querySelector(".photo-shown");
  const address = `${document.getElementById("sheet")?.dataset.photos}/${photo}`;
  if (picture.hidden === !photo && (!photo || picture.querySelector("img").getAttribute("src") === address)) return;
  picture.hidden = !photo;
  row.querySelector(".photo-take").hidden = Boolean(photo);
  if (photo) picture.querySelector("img").src = address;
}

function say(row, sentence) {
  row.querySelector(".photo-said").textContent = sentence;
}
