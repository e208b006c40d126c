// Passkeys: a form marked data-passkey asks the browser for one and sends its answer. Hidden where no browser can.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  function letters(buffer) {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function read(options) {
    const key = { ...options, challenge: bytes(options.challenge) };
    for (const list of ["allowCredentials", "excludeCredentials"]) {
      if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
    return key;
  }

  function write(made) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = letters(made.response[name]);
    }
    return {
      id: made.id,
      rawId: letters(made.rawId),
      type: made.type,
      response,
      clientExtensionResults: made.getClientExtensionResults(),
      authenticatorAttachment: made.authenticatorAttachment,
    };
  }

  async function options(form) {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
    return answer.json();
  }

  async function ask(form) {
    const publicKey = read((await options(form)).publicKey);
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "credential";
    field.value = JSON.stringify(write(made));
    form.append(field);
    form.submit();
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const fault = form.querySelector("[role=alert].fault[hidden]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      fault.hidden = true;
      ask(form).catch(() => {
        fault.textContent = form.dataset.failed;
        fault.hidden = false;
      });
    });
  }
})();
