/**
 * What the filler asks of the server. The device is known by a cookie that no script can read.
 *
 * @module api
 */
const BASE = "/fill/api/";
/** Milliseconds after which a request is given up: a line that hangs must not hold up everything that waits. */
const PATIENCE = 90_000;
/** Whether the last thing that was asked came through: browsers take many lines for one that carry nothing. */
let reached = self.navigator.onLine;
export const isReached = () => reached;
self.addEventListener("offline", () => { reached = false; });

/** An answer that is not yes: `status` 0 means that there was no line, or somebody on the way who answers for everybody. */
export class Refused extends Error {
  /** @param {number} status @param {string} code */
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(BASE + path, { credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout?.(PATIENCE), ...options, headers: { "X-Filler": "1", ...options.headers } });
  } catch {
    reached = false;
    throw new Refused(0, "line");
  }
  reached = answer.headers.get("X-Filler") === "1";
  if (!reached) throw new Refused(0, "line");
  if (answer.ok) return answer;
  const { code = "fault" } = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, code);
}

export const device = async () => (await ask("device")).json();
export const forms = async () => (await ask("forms")).json();
/** @param {string} version */
export const form = async (version) => (await ask(`forms/${version}`)).text();
/** @param {string} id */
export const media = async (id) => new Uint8Array(await (await ask(`media/${id}`)).arrayBuffer());

/** @param {object} head @param {Map<number, Uint8Array>} parts */
export async function send(head, parts) {
  const body = new FormData();
  body.set("head", JSON.stringify(head));
  for (const [number, part] of parts) body.set(`part-${number}`, new Blob([part]));
  return (await ask("packages", { method: "POST", body })).json();
}
