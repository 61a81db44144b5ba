// Files go up as soon as they are chosen, each with a row of its own, by the Ministry of Justice's multi-file upload.
// Without this script, the browser's own input sends them all with the form; a new version is one file and stays so.
import { MultiFileUpload } from "./moj-frontend.min.js";

// The component writes names and answers as HTML; people's file names are text. It also sends nothing but the file.
class Uploads extends MultiFileUpload {
  uploadFile(file) {
    const row = line(file.name);
    const said = row.querySelector("[data-said]");
    this.$feedbackContainer.querySelector(".moj-multi-file-upload__list").append(row);
    const body = new FormData(this.$root.closest("form"));
    body.set("chosen", file);
    body.delete("stored");
    this.send(this.$fileInput.dataset.upload, body, (percent) => {
      said.textContent = `Uploading, ${percent}%`;
    }).then(
      (answer) => this.stored(row, answer),
      (error) => this.refused(row, error),
    );
  }

  stored(row, answer) {
    this.say(row, answer.said, "app-uploads__stored");
    const key = document.createElement("input");
    Object.assign(key, { type: "hidden", name: "stored", value: answer.stored });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-0";
    button.append("Remove ", hidden(row.dataset.name));
    button.addEventListener("click", () => this.remove(row, answer.stored, button));
    row.querySelector(".moj-multi-file-upload__actions").append(key, button);
  }

  refused(row, error) {
    this.say(row, `Not stored: ${error.message}`, "app-uploads__refused");
  }

  remove(row, key, button) {
    const body = new FormData();
    body.set("stored", key);
    body.set("csrfmiddlewaretoken", this.$root.closest("form").elements.csrfmiddlewaretoken.value);
    button.disabled = true;
    this.send(this.$fileInput.dataset.remove, body, () => {}).then(
      () => {
        row.remove();
        this.$status.textContent = `${row.dataset.name} was removed.`;
        this.$fileInput.focus();
        if (!this.$feedbackContainer.querySelector("[data-said]")) this.$feedbackContainer.classList.add("moj-hidden");
      },
      (error) => {
        button.disabled = false;
        this.say(row, error.message, "app-uploads__refused");
      },
    );
  }

  say(row, text, style) {
    const said = row.querySelector("[data-said]");
    said.className = style;
    said.textContent = text;
    this.$status.textContent = `${row.dataset.name}: ${text}`;
  }

  send(address, body, onProgress) {
    this.$root.dataset.pending = Number(this.$root.dataset.pending ?? 0) + 1;
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
      });
      request.addEventListener("load", () => {
        if (request.status === 200 && request.response) resolve(request.response);
        else reject(new Error(request.response?.error ?? "It could not be sent. Reload the page and try again."));
      });
      request.addEventListener("error", () => reject(new Error("The network is away. Try again in a moment.")));
      request.responseType = "json";
      request.open("POST", address);
      request.setRequestHeader("Accept", "application/json");
      request.send(body);
    }).finally(() => {
      this.$root.dataset.pending = Number(this.$root.dataset.pending) - 1;
    });
  }
}

function line(name) {
  const row = document.createElement("div");
  row.className = "govuk-summary-list__row moj-multi-file-upload__row";
  row.dataset.name = name;
  const value = document.createElement("div");
  value.className = "govuk-summary-list__value moj-multi-file-upload__message";
  const file = document.createElement("span");
  file.className = "app-uploads__name";
  file.textContent = name;
  const said = document.createElement("span");
  said.dataset.said = "";
  said.textContent = "Uploading";
  const actions = document.createElement("div");
  actions.className = "govuk-summary-list__actions moj-multi-file-upload__actions";
  value.append(file, said);
  row.append(value, actions);
  return row;
}

function hidden(text) {
  const span = document.createElement("span");
  span.className = "govuk-visually-hidden";
  span.textContent = text;
  return span;
}

function enhance(input) {
  const form = input.form;
  const root = document.createElement("div");
  root.className = "moj-multi-file-upload";
  const before = document.createElement("div");
  before.className = "moj-multi-file__uploaded-files moj-hidden";
  const heading = document.createElement("h2");
  heading.className = "govuk-heading-s";
  heading.textContent = "Files added";
  const list = document.createElement("div");
  list.className = "govuk-summary-list moj-multi-file-upload__list";
  before.append(heading, list);
  input.replaceWith(root);
  root.append(before, input);
  input.classList.remove("app-drop", "govuk-file-upload");
  input.classList.add("moj-multi-file-upload__input");
  const uploads = new Uploads(root);
  const button = form.querySelector("button[type=submit], button[name=save]");
  button.textContent = "Finish";
  form.addEventListener("submit", (event) => {
    if (Number(root.dataset.pending ?? 0) > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      uploads.$status.textContent = "Wait until every file is uploaded.";
    }
  });
}

// Name the chosen files with their sizes, where they are sent with the form.
function name(list) {
  const input = list.parentElement.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} (${size(file.size)})`;
        return item;
      }),
    );
    list.hidden = input.files.length === 0;
  });
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

for (const list of document.querySelectorAll("[data-chosen-files]")) {
  const input = list.parentElement.querySelector("input[type=file]");
  if (input.dataset.upload && MultiFileUpload.isSupported()) enhance(input);
  else name(list);
}
