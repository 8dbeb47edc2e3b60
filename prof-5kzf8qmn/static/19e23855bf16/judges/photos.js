// Photos of defects: taken or chosen beside an occurrence, made small enough, kept here until sent; the sheet keeps the id.

const MOST_BYTES = 3 * 1024 * 1024;
const LONGEST_SIDE = 2000; // pixels of a photo that had to be made smaller

/** Follow the photos of the sheet on the screen; `errands` carries them. */
export function followPhotos(errands, words) {
  document.addEventListener("change", (event) => event.target.matches?.("[data-photo-file]") && take(event.target, errands));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-photo-away]");
    if (button) takeOff(button.closest(".occurrence"), errands);
  });
  document.addEventListener("fill", () => queueMicrotask(() => showPhotos(errands, words)));
  new MutationObserver(() => showPhotos(errands, words)).observe(document.querySelector("main"), { childList: true, subtree: true });
  showPhotos(errands, words);
}

/** Show on every row its photo, the one on its way, or how to take one. */
export function showPhotos(errands, words) {
  for (const row of document.querySelectorAll(".occurrence")) draw(row, waitingOf(row, errands), words);
}

/** Put the photo that the server has into its row, if it stands on the screen; whether it does. */
export function putPhoto({ turn, entry }, answer) {
  const row = rowOf(turn, entry);
  if (!row) return false;
  if (answer.ok) keep(row, String(answer.photo));
  else say(row, answer.message);
  return true;
}

async function take(input, errands) {
  const row = input.closest(".occurrence");
  const [file] = input.files;
  if (!file) return;
  const { turn, photos } = document.getElementById("sheet").dataset; // before it is made small: another sheet may come
  const photo = await smallEnough(file);
  input.value = "";
  errands.add({ kind: "photo", turn: Number(turn), entry: row.dataset.entry, photo, action: photos });
}

function takeOff(row, errands) {
  const waiting = waitingOf(row, errands);
  if (waiting) errands.drop(waiting.record.id);
  keep(row, "");
}

function waitingOf(row, errands) {
  const turn = Number(document.getElementById("sheet").dataset.turn);
  return errands.of("photo", turn).find(({ record }) => record.entry === row.dataset.entry);
}

function rowOf(turn, entry) {
  const sheet = document.getElementById("sheet");
  return Number(sheet?.dataset.turn) === turn ? sheet.querySelector(`.occurrence[data-entry="${entry}"]`) : null;
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
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The photo that the row refers to, that one is on its way, or the way to take one; nothing is touched that is right. */
function draw(row, waiting, words) {
  const photo = row.querySelector("[data-photo]").value;
  const shown = row.querySelector(".photo-shown");
  const picture = shown.querySelector("img");
  const address = `${document.getElementById("sheet").dataset.photos}/${photo}`;
  const state = `${photo} ${waiting?.record.id ?? ""} ${waiting?.tries ?? ""}`;
  if (shown.dataset.state === state) return;
  shown.dataset.state = state;
  shown.hidden = !photo && !waiting;
  picture.hidden = !photo;
  row.querySelector(".photo-take").hidden = !shown.hidden;
  if (photo) picture.src = address;
  say(row, waiting ? words[waiting.tries ? "photo_waits" : "photo_sending"] : "");
}

function say(row, sentence) {
  row.querySelector(".photo-said").textContent = sentence;
}
