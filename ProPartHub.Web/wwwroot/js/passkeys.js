// Forms marked with data-passkey ask the browser for a passkey before they are posted: "create" makes one, "get" answers with
// one. Where the browser knows no passkeys, or too old ones, what is marked with data-passkey-only stays hidden.

const isKnown = typeof PublicKeyCredential === 'function'
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';

async function optionsFrom(form) {
  const token = form.querySelector('[name=__RequestVerificationToken]').value;
  const answer = await fetch(form.dataset.options, { method: 'POST', headers: { RequestVerificationToken: token } });
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }

  return answer.json();
}

async function credentialFor(form) {
  const options = await optionsFrom(form);
  return form.dataset.passkey === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

async function submit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector('[type=submit]');
  const fault = form.querySelector('[data-passkey-fault]');
  button.disabled = true;
  fault.hidden = true;
  try {
    const credential = await credentialFor(form);
    form.querySelector('[data-passkey-credential]').value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    // Also when the person closed the browser's window: nothing has happened, and it may be tried again.
    button.disabled = false;
    fault.hidden = false;
  }
}

if (isKnown) {
  for (const hidden of document.querySelectorAll('[data-passkey-only]')) {
    hidden.hidden = false;
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.addEventListener('submit', submit);
  }
}
