// Passkeys: a form marked data-passkey asks the browser for one and sends its answer. Hidden where no browser can.
// A form marked data-derive as well sends 32 bytes that open a person's own key. What the passkey itself derived never leaves.
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
    const salts = Object.entries(key.extensions?.prf?.evalByCredential ?? {});
    if (salts.length) {
      const evalByCredential = Object.fromEntries(salts.map(([id, { first }]) => [id, { first: bytes(first) }]));
      key.extensions = { ...key.extensions, prf: { evalByCredential } };
    }
    return key;
  }

  // only whether it can derive may be told; what it derived is taken out
  function told({ prf, ...results }) {
    return prf ? { ...results, prf: { enabled: prf.enabled === true } } : results;
  }

  async function derived(made) {
    const secret = made.getClientExtensionResults().prf?.results?.first;
    if (!secret) throw new Unable();
    const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
    new Uint8Array(secret).fill(0);
    const info = new TextEncoder().encode("hamroh/own-key/v1");
    return letters(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info }, key, 256));
  }

  class Unable extends Error {}

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
      clientExtensionResults: told(made.getClientExtensionResults()),
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
    const name = form.dataset.derive;
    if (name) add(form, `${name}_derived`, await derived(made));
    add(form, name ? `${name}_credential` : "credential", JSON.stringify(write(made)));
    HTMLFormElement.prototype.submit.call(form);
  }

  function add(form, name, value) {
    const field = form.elements[name] ?? document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const fault = form.querySelector("[role=alert].fault[hidden]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      fault.hidden = true;
      ask(form).catch((error) => {
        fault.textContent = error instanceof Unable ? form.dataset.unable : form.dataset.failed;
        fault.hidden = false;
      });
    });
  }
})();
