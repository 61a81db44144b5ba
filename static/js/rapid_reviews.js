// A section is saved as it is written. Without this script the button saves; with it, so does a pause in typing.
const PAUSE = 5000; // milliseconds without a key before what was typed is saved

class Autosave {
  constructor(root) {
    this.form = root.querySelector("form");
    this.status = root.querySelector("[data-app-autosave-status]");
    this.version = this.form.elements.version;
    this.changed = false;
    this.stopped = false; // another version stands: only a person can put the two together
    this.saving = Promise.resolve();
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.changed) event.preventDefault();
    });
  }

  typed() {
    this.changed = true;
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.queue(), PAUSE);
  }

  // One save at a time, so that each carries the version that the one before it made.
  queue() {
    this.saving = this.saving.then(() => this.save());
  }

  async submit(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    this.stopped = true;
    await this.saving;
    this.changed = false;
    this.form.submit();
  }

  async save() {
    if (this.stopped) return;
    this.changed = false;
    try {
      const response = await fetch(this.form.action || window.location.href, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Requested-With": "autosave" },
        redirect: "error",
      });
      const answer = await response.json();
      if (response.ok) this.version.value = answer.version;
      else this.changed = true;
      this.stopped = this.stopped || response.status === 409;
      this.status.textContent = answer.status;
    } catch {
      this.changed = true;
      this.status.textContent =
        "Not saved. If you were signed out, sign in again in another tab; what you typed stays here.";
    }
  }
}

document.querySelectorAll("[data-app-autosave]").forEach((root) => new Autosave(root));
