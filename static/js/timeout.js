// Warns before an idle session ends and lets the person stay. Tabs tell each other when one of them was used.
const WARN = 5 * 60 * 1000; // milliseconds before the end
const KEY = "cspr-session-ends";
const dialog = document.getElementById("timeout");
const form = dialog.querySelector("form");
const left = dialog.querySelector("[data-left]");
const length = Number(dialog.dataset.seconds) * 1000;

const renew = () => localStorage.setItem(KEY, String(Date.now() + length));
const ends = () => Number(localStorage.getItem(KEY));

function say(milliseconds) {
  const minutes = Math.ceil(milliseconds / 60000);
  const text = milliseconds < 60000 ? "in less than a minute" : `in ${minutes} minute${minutes === 1 ? "" : "s"}`;
  if (left.textContent !== text) left.textContent = text; // a screen reader speaks each change once
}

// What is being typed is kept on the server after a pause, where the page offers it, so that it outlives the session.
const PAUSE = 5000; // milliseconds without a key
let typed = null; // the form that was typed in and not kept since
let waiting = null;
let sending = null;

async function keep() {
  clearTimeout(waiting);
  if (!typed) return;
  const kept = typed;
  typed = null;
  const body = new URLSearchParams([...new FormData(kept)].filter(([, value]) => typeof value === "string"));
  sending = new AbortController();
  try {
    const address = `${dialog.dataset.keep}?path=${encodeURIComponent(location.pathname)}`;
    const response = await fetch(address, { method: "POST", body, redirect: "manual", signal: sending.signal });
    if (!response.ok) throw new Error("signed out");
    renew(); // typing is using
  } catch (error) {
    if (error.name !== "AbortError") typed ??= kept;
  }
}

if (dialog.dataset.keep) {
  const main = document.querySelector("main");
  main.addEventListener("input", (event) => {
    if (event.target.form?.method !== "post") return;
    typed = event.target.form;
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  main.addEventListener("submit", () => {
    clearTimeout(waiting);
    typed = null;
    sending?.abort();
  });
}

if ("visitor" in dialog.dataset) {
  document.querySelector("main").addEventListener("input", (event) => {
    if (event.target.form?.method === "post") typed = event.target.form;
  });
}

let leaving = false;

async function leave() {
  if (leaving) return;
  leaving = true;
  if ("visitor" in dialog.dataset) {
    // Sent after the end, the form is held by the server until the new code is given.
    if (typed && typed.enctype !== "multipart/form-data") typed.submit();
    else location.reload();
    return;
  }
  await keep();
  const here = encodeURIComponent(location.pathname + location.search);
  location.assign(`${dialog.dataset.signIn}?next=${here}`);
}

function look() {
  const remaining = ends() - Date.now();
  if (remaining <= 0) {
    leave();
  } else if (remaining <= Math.min(WARN, length / 2)) {
    say(remaining);
    if (!dialog.open) dialog.showModal();
  } else if (dialog.open) {
    dialog.close(); // another tab was used
  }
}

async function stay() {
  const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (response.ok) {
    renew();
    dialog.close();
  } else {
    location.reload(); // the session is over already: the server shows the sign-in page
  }
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("data-leave")) return;
  event.preventDefault();
  stay();
});
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  stay();
});
renew();
setInterval(look, 1000);
