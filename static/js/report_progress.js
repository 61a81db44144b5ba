// While the PDF is being made: ask every two seconds, then show the page again.
const box = document.querySelector("[data-report-progress]");

async function ask() {
  try {
    const answer = await fetch(box.dataset.reportProgress, { headers: { Accept: "application/json" } });
    if (answer.ok && !(await answer.json()).rendering) {
      location.reload();
      return;
    }
  } catch {
    // The network is away for a moment: the next question may get through.
  }
  setTimeout(ask, 2000);
}

if (box) {
  setTimeout(ask, 1500);
}
