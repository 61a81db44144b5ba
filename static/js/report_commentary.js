// Save the commentary while it is being written. Without this script the button saves it.
const box = document.querySelector("[data-saves-itself]");
const form = box?.querySelector("form");
const text = form?.querySelector("[data-commentary]");
const said = box?.querySelector(".app-saved");
const PAUSE = 1500; // milliseconds after the last key

let waiting = null;
let saving = false;
let saved = text?.value;

async function save() {
  clearTimeout(waiting);
  if (saving || text.value === saved) {
    return;
  }
  saving = true;
  const sent = text.value;
  try {
    const answer = await fetch(location.href, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    if (answer.redirected || !(answer.headers.get("Content-Type") ?? "").includes("json")) {
      throw new Error("signed out");
    }
    const result = await answer.json();
    if (answer.ok) {
      saved = sent;
      form.elements.version.value = result.version;
      said.textContent = `Saved at ${result.saved}.`;
    } else {
      said.textContent = result.error;
    }
  } catch {
    said.textContent = "Not saved: you may be signed out or without a network. Keep this page open, sign in again in another tab, then save.";
  }
  saving = false;
  if (text.value !== sent) {
    waiting = setTimeout(save, PAUSE);
  }
}

if (form && text) {
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  text.addEventListener("blur", save);
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    saved = text.value;
  });
  window.addEventListener("beforeunload", (event) => {
    if (text.value !== saved) {
      event.preventDefault();
    }
  });
}
