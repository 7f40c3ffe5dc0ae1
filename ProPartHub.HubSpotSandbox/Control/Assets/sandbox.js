// Forms with data-api="METHOD path" go to the control API as JSON; the page is then read anew.
const message = document.getElementById("message");

function valueOf(input) {
  if (input.type === "checkbox") return input.checked;
  if (input.value === "") return null;
  return input.type === "number" || "number" in input.dataset ? Number(input.value) : input.value;
}

function wasChanged(input) {
  if (input.tagName === "SELECT") {
    const before = [...input.options].find((option) => option.defaultSelected);
    return input.value !== (before ? before.value : input.options[0].value);
  }
  return input.value !== input.defaultValue;
}

function bodyOf(form) {
  let inputs = [...form.elements].filter((input) => input.name);
  if ("changedOnly" in form.dataset) inputs = inputs.filter(wasChanged);
  const values = Object.fromEntries(inputs.map((input) => [input.name, valueOf(input)]));
  return form.dataset.wrap ? { [form.dataset.wrap]: values } : values;
}

function show(text, failed) {
  message.textContent = text;
  message.className = failed ? "bad" : "";
  message.hidden = false;
}

async function send(form) {
  const [method, path] = form.dataset.api.split(" ");
  const response = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(bodyOf(form)),
  });
  const answer = await response.json();
  if (!response.ok) {
    show(answer.message, true);
  } else if (path.endsWith("/merge")) {
    location.href = answer.id;
  } else if (path.endsWith("/erase")) {
    location.href = ".";
  } else {
    location.reload();
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.api) return;
  event.preventDefault();
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  send(form).catch((error) => show(String(error), true));
});
