// Name the chosen files with their sizes. Without this script the browser says how many there are.
for (const list of document.querySelectorAll("[data-chosen-files]")) {
  const input = list.parentElement.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name} (${size(file.size)})`;
        return line;
      }),
    );
    list.hidden = input.files.length === 0;
  });
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
