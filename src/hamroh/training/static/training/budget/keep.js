// Only by her own choice: kept on this phone under her words, taken along as a file, shared as classes. Leaving erases what was kept.
const { form, show, wipe, shared } = globalThis.budget;
const part = document.getElementById("k"), told = document.getElementById("told");
const PLACE = "n", ROUNDS = 600000, BLOCK = 2048, WEAK = 12, SALT = 16, IV = 12;

const say = (name) => { told.textContent = name ? told.dataset[name] : ""; };
const typed = () => [...form.elements].filter((field) => field.name && (field.type !== "radio" || field.checked));
const entries = () => typed().filter((field) => field.value && field.value !== first(field)).map((field) => [field.name, field.value]);
const first = (field) => (field.tagName === "SELECT" ? [...field.options].find((each) => each.defaultSelected)?.value ?? field.options[0].value : "");

function fill(rows) {
  wipe();
  for (const [name, value] of rows) {
    const field = form.elements[name];
    if (!field || typeof value !== "string" || value.length > 24) continue;
    if (field.tagName !== "SELECT" || [...field.options].some((each) => each.value === value)) field.value = value;
  }
  form.querySelectorAll("details").forEach((each) => { each.open = [...each.querySelectorAll("input")].some((field) => field.value); });
  show();
}

// ---- under her words: PBKDF2 and AES-GCM of the browser, always the same length of noise for a plan of its size

async function keyOf(secret, salt) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function sealed(text, secret) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT)), iv = crypto.getRandomValues(new Uint8Array(IV));
  const padded = text.padEnd(Math.ceil(text.length / BLOCK) * BLOCK);
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(secret, salt), new TextEncoder().encode(padded)));
  return btoa(String.fromCharCode(...salt, ...iv, ...body));
}

async function unsealed(kept, secret) {
  const all = Uint8Array.from(atob(kept), (letter) => letter.charCodeAt(0));
  const [salt, iv, body] = [all.slice(0, SALT), all.slice(SALT, SALT + IV), all.slice(SALT + IV)];
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(secret, salt), body);
  return JSON.parse(new TextDecoder().decode(text));
}

const workers = async () => (navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).filter((each) => each.scope.endsWith("/budget/")) : []);

function erase() {
  try { localStorage.removeItem(PLACE); } catch { /* it keeps nothing */ }
  return Promise.allSettled([globalThis.caches?.delete(PLACE), workers().then((all) => Promise.all(all.map((each) => each.unregister())))]);
}

const secretWords = document.getElementById("words-of-hers");
const actions = {
  async keep() {
    const secret = secretWords.value;
    if (secret.length < WEAK) return "weak";
    say("wait");
    localStorage.setItem(PLACE, await sealed(JSON.stringify(entries()), secret));
    secretWords.value = "";
    await navigator.serviceWorker?.register(part.dataset.worker, { updateViaCache: "none" });
    return "kept";
  },
  async open() {
    say("wait");
    // where nothing is kept, the same work is done and the same is said
    const kept = localStorage.getItem(PLACE) ?? btoa("n".repeat(BLOCK + SALT + IV + 16));
    let rows;
    try {
      rows = await unsealed(kept, secretWords.value);
    } catch {
      return "shut";
    }
    secretWords.value = "";
    fill(rows);
    return "opened";
  },
  async erase() {
    secretWords.value = "";
    await erase();
    return "gone";
  },
  async write() {
    const text = ["field,value", ...entries().map(([name, value]) => `${name},"${value.replace(/"/g, "")}"`)].join("\r\n");
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: "notes.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    return "";
  },
};

part.addEventListener("click", async (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (!name) return;
  try {
    say(await actions[name]());
  } catch {
    say("never");
  }
});

document.getElementById("file-of-hers").addEventListener("change", async (event) => {
  const [file] = event.target.files, text = file && file.size <= 16384 ? await file.text() : "";
  event.target.value = "";
  const rows = text.split(/\r?\n/).slice(1).map((line) => /^([a-z0-9]{1,4}),"?([^"]{0,24})"?$/.exec(line)).filter(Boolean).map(([, name, value]) => [name, value]);
  if (!/^field,value/.test(text) || !rows.length) return say("unread");
  fill(rows);
  say("opened");
});

addEventListener("hamroh:leave", () => {
  secretWords.value = "";
  erase();
});

// ---- a workshop is told classes of sums, when she presses the button that says so

const share = document.getElementById("w");
let shares = null;
addEventListener("hamroh:worked", (event) => {
  shares = shared(event.detail);
  share.hidden = false;
  for (const [name, value] of Object.entries(shares)) {
    share.querySelector(`[name=${name}]`).value = value;
    const gap = share.querySelector(`[data-v=${name}]`);
    if (gap) gap.textContent = globalThis.budget.band(value, shares.currency);
  }
});
share.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const line = share.querySelector("[role=status]");
  let answer;
  try {
    answer = await fetch(event.target.action, { method: "POST", body: new URLSearchParams(new FormData(event.target)), credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", headers: { "X-Asked": "1" } });
    line.textContent = (await answer.json()).said;
  } catch {
    line.textContent = line.dataset.never;
  }
});
part.hidden = false;
