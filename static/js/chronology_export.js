// While a long PDF is being made: ask every three seconds how far it is, then show the page again.
const box = document.querySelector("[data-export-progress]");

async function ask() {
  try {
    const answer = await fetch(box.dataset.exportProgress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { making, percent } = await answer.json();
      if (!making) {
        location.reload();
        return;
      }
      box.querySelector("[data-export-percent]").textContent = percent;
      box.querySelector("progress").value = percent;
    }
  } catch {
    // The network is away for a moment: the next question may get through.
  }
  setTimeout(ask, 3000);
}

if (box) {
  setTimeout(ask, 3000);
}
