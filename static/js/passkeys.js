// Says so on the page when the browser or the person breaks off a passkey; the library only logs it.
const problem = document.querySelector(".app-passkey-problem");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  problem.hidden = false;
});
