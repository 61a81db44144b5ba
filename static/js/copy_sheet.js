// Copies a part of the notification sheet, or all of it, as plain lines. Without this script the text is selected by hand.
const said = document.querySelector("[data-copied]");
const parts = [...document.querySelectorAll("[data-copy-text]")];

async function copy(texts) {
  try {
    await navigator.clipboard.writeText(texts.join("\n\n"));
    said.textContent = "Copied.";
  } catch {
    said.textContent = "The browser did not allow it. Select the text and copy it by hand.";
  }
}

document.querySelector("[data-copy-all]")?.addEventListener("click", () => copy(parts.map((part) => part.dataset.copyText)));
for (const part of parts) {
  part.querySelector("[data-copy]").addEventListener("click", () => copy([part.dataset.copyText]));
}
