// Says in words whether those ticked are quorate, as they are ticked. Without this script a button does it.
class Quorum {
  constructor(status) {
    this.status = status;
    this.form = status.closest("form");
    this.asked = 0;
    this.form.addEventListener("change", (event) => {
      if (["present", "meeting"].includes(event.target.name) || event.target.name.startsWith("met_on")) this.ask();
    });
  }

  async ask() {
    const mine = ++this.asked; // only the newest answer is shown
    try {
      const response = await fetch(this.status.dataset.appQuorum, { method: "POST", body: new FormData(this.form) });
      const answer = await response.json();
      if (mine === this.asked) this.status.textContent = answer.sentence;
    } catch {
      if (mine === this.asked) this.status.textContent = "Not known: press “Check the quorum”.";
    }
  }
}

document.querySelectorAll("[data-app-quorum]").forEach((status) => new Quorum(status));
