/**
 * One form on the page: the form engine behind the few things that we ask of it. Loaded only when somebody fills.
 *
 * @module filling
 */
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h, ref } from "vue";
import { controls, language } from "./words.js";

/** @param {{ xml: string, media: Record<string, { kind: string, content: Uint8Array }> }} form */
const fetchMedia = ({ media }) => async (address) => {
  const name = decodeURIComponent(new URL(address).pathname.split("/").pop());
  const found = media[name];
  return found ? new Response(found.content, { headers: { "Content-Type": found.kind } }) : new Response("", { status: 404 });
};

/** The form under its title in the reader's language: in the form itself it has only one. */
function titled({ xml, titles }) {
  const title = new Option(titles?.[language()] ?? "").innerHTML;
  return title ? xml.replace(/(<h:title>)[^<]*(<\/h:title>)/, (_whole, before, after) => before + title + after) : xml;
}

/** The language that a draft was left in, else ours: a form names its languages with their codes in brackets, Тоҷикӣ (tg). */
function inLanguage(root, left) {
  const named = root.languages.filter(({ isSyntheticDefault }) => !isSyntheticDefault);
  const ours = named.find((each) => each.language === left) ?? named.find((each) => each.language?.toLowerCase().includes(`(${language()})`));
  if (ours) root.setLanguage(ours);
}

/**
 * Show a form.
 *
 * @param {HTMLElement} place
 * @param {{ form: any, draft: { data: FormData, language: string } | null, onFinished: (xml: string, files: File[]) => void, onReady: () => void }} how
 * @returns {{ now: () => { xml: string, files: File[] } | null, close: () => void }} `now` is the form as it stands and the language it is shown in
 */
export function show(place, { form, draft, device, onFinished, onReady }) {
  const engine = ref(null);
  const root = () => engine.value?.state?.root ?? engine.value?.state?.value?.root ?? null;
  const app = createApp({
    render: () => h(OdkWebForm, {
      ref: engine, formXml: titled(form), fetchFormAttachment: fetchMedia(form), missingResourceBehavior: "BLANK", editInstance: draft ? { data: draft.data } : undefined,
      preloadProperties: { deviceID: device }, onSubmit: async (payload) => {
        const data = payload.data[0];
        onFinished(await data.get("xml_submission_file").text(), [...data.values()].filter(({ name }) => name !== "xml_submission_file"));
      },
    }),
  });
  app.use(webFormsPlugin);
  app.config.globalProperties.$primevue.config.locale = { ...app.config.globalProperties.$primevue.config.locale, ...controls() };
  app.mount(place);
  const wait = setInterval(() => {
    if (!root()) return;
    clearInterval(wait);
    inLanguage(root(), draft?.language);
    onReady();
  }, 50);
  return {
    now: () => (root() ? { ...standing(root().rootDocument), language: root().currentState.activeLanguage?.language } : null),
    close: () => { clearInterval(wait); app.unmount(); },
  };
}

/** The form as it stands, read without touching it: asking for a finished form would move its clocks. */
function standing(instance) {
  const attached = Array.from(instance.attachments.entries()).filter(([question]) => question.isAttached() && question.isRelevant());
  const files = attached.map(([, answer]) => answer.getValue()).filter(Boolean);
  return { xml: instance.instanceState.instanceXML, files };
}

/** The name that the engine gave the instance. @param {string} xml */
export const instanceOf = (xml) => new DOMParser().parseFromString(xml, "text/xml").getElementsByTagNameNS("*", "instanceID")[0]?.textContent.trim() ?? "";
