/**
 * What is changed in the form engine while it is built: its English becomes ours, it tells its state and takes drafts back,
 * its pictures lose what a camera writes into them, and maps from outside and its fonts are left out.
 *
 * Each change names a text of version 0.22.0 and how often it stands there; another version stops the build instead of
 * quietly going back to English or losing drafts.
 */

const say = (key, more = "") => `hamrohSay("${key}"${more})`;

/** @type {[what: string, becomes: string, times?: number][]} */
const CHANGES = [
  // -- drafts: the host sees the state, and gives an unfinished form back as it was
  ["setup(eA, { emit: tA }) {\n    const AA = \"v0.22.0\"", "setup(eA, { emit: tA, expose: hamrohExpose }) {\n    const AA = \"v0.22.0\""],
  ["const gA = initializeFormState(), dA", "const gA = initializeFormState();\n    hamrohExpose({ state: gA, settled: waitAllTasksToFinish, finish: () => BA(gA.value) });\n    const dA"],
  [
    "const rA = resolvableFormInstanceInput(tA.editInstance), oA = await AA.editInstance(rA, nA);",
    "const oA = await AA.restoreInstance({ data: [tA.editInstance.data] }, nA);",
  ],
  // -- pictures are drawn anew, so that place and camera do not stay in them
  ["aA = async (uA, gA) => uA && gA ? await resize(uA, gA) : uA", "aA = async (uA, gA) => uA ? await hamrohDrawAnew(uA, gA) : uA"],
  // -- no maps: their tiles come from outside
  ["(await import(\"./MapBlock-Bb-sCnDx.js\")).default", "(() => { throw new Error(\"no map\"); })()"],
  ["unref(tA) || eA.node.appearances[\"placement-map\"] || eA.node.appearances.maps ? (openBlock()", "false ? (openBlock()"],
  ["\" Unable to load map \"", say("w_no_map")],
  // -- its words
  ["DIALOG_TITLE: \"An error occurred while loading this form\"", `get DIALOG_TITLE() { return ${say("w_load_failed")}; }`],
  ["DETAILS_SUMMARY_LABEL: \"Technical error details\"", `get DETAILS_SUMMARY_LABEL() { return ${say("w_details")}; }`],
  ["constraintMsg: \"Condition not satisfied: constraint\"", `get constraintMsg() { return ${say("w_constraint")}; }`],
  ["requiredMsg: \"Condition not satisfied: required\"", `get requiredMsg() { return ${say("w_required")}; }`],
  ["label: \"Change language\"", `label: ${say("w_language")}`],
  ["\"aria-label\": \"change language\"", `"aria-label": ${say("w_language")}`],
  ["\"Accuracy: \" + toDisplayString(unref(truncateDecimals)(oA.accuracy, { decimals: 3 })) + \" m,\"", `${say("w_accuracy")} + ": " + toDisplayString(unref(truncateDecimals)(oA.accuracy, { decimals: 3 })) + " " + ${say("w_metre")} + ","`],
  ["\"Latitude: \" +", `${say("w_latitude")} + ": " +`],
  ["\"Longitude: \" +", `${say("w_longitude")} + ": " +`],
  ["[GEOPOINT_ACCURACY_QUALITY.GOOD]: \"Good accuracy\"", `get [GEOPOINT_ACCURACY_QUALITY.GOOD]() { return ${say("w_good")}; }`],
  ["[GEOPOINT_ACCURACY_QUALITY.ACCEPTABLE]: \"Good accuracy\"", `get [GEOPOINT_ACCURACY_QUALITY.ACCEPTABLE]() { return ${say("w_good")}; }`],
  ["[GEOPOINT_ACCURACY_QUALITY.POOR]: \"Poor accuracy\"", `get [GEOPOINT_ACCURACY_QUALITY.POOR]() { return ${say("w_poor")}; }`],
  ["[GEOPOINT_ACCURACY_QUALITY.UNKNOWN]: \"Unknown accuracy\"", `get [GEOPOINT_ACCURACY_QUALITY.UNKNOWN]() { return ${say("w_unknown")}; }`],
  ["\"Finding your location\"", say("w_finding")],
  ["class: \"close-icon\",", `class: "close-icon", "aria-label": ${say("w_cancel")},`],
  ["\" Location will be saved at \" + toDisplayString(eA.options.accuracyThreshold) + \" m \"", `${say("w_saved_at_accuracy")} + " " + toDisplayString(eA.options.accuracyThreshold) + " " + ${say("w_metre")}`],
  ["\"Time taken to capture location: \"", `${say("w_taken")} + " "`],
  ["\" Previous saved location at \" + toDisplayString(unref(truncateDecimals)(rA.value.value, nA)) + \" m \"", `${say("w_previous")} + " " + toDisplayString(unref(truncateDecimals)(rA.value.value, nA)) + " " + ${say("w_metre")}`],
  ["toDisplayString(unref(truncateDecimals)(iA.value.value, nA)) + \" m - \"", `toDisplayString(unref(truncateDecimals)(iA.value.value, nA)) + " " + ${say("w_metre")} + " - "`],
  ["label: \"Cancel\"", `label: ${say("w_cancel")}`],
  ["label: \"Save location\"", `label: ${say("w_save_place")}`],
  ["\"Get location\"", say("w_get_place")],
  ["\"Try again\"", say("w_again")],
  ["\"Cannot access location\"", say("w_no_place")],
  ["\"Grant location permission in the browser settings and make sure location is turned on.\"", say("w_allow_place")],
  ["\"Rank items\"", say("w_rank")],
  ["\" Okay \"", say("w_okay")],
  ["\"🚧 Support for non-image uploads is pending. 🚧\"", say("w_only_pictures")],
  ["alt: \"Captured image preview\"", `alt: ${say("w_preview")}`],
  ["\"Take picture\"", say("w_take_picture")],
  ["\"Choose image\"", say("w_choose_picture")],
  ["{ literal: \"Repeat Item\" }", `{ literal: ${say("w_item")} }`],
  ["label: \"Remove\"", `label: ${say("w_remove")}`],
  ["class: \"button-menu\",", `class: "button-menu", "aria-label": ${say("w_edit")},`],
  ["createTextVNode(\" Add \", -1)", `createTextVNode(${say("w_add")} + " ", -1)`],
  ["QA === 1 ? \"1 question with error.\" : `${QA} questions with errors.`", say("w_errors", ", { n: QA }")],
  ["\"Location unavailable. Enable GPS and browser permissions, then restart the form to try again.\"", say("w_background")],
  ["label: \"Send\"", `label: ${say("w_finish")}`],
  // -- the look: our one deep colour
  ...Object.entries({ 50: ["e9f8ff", "eaf0f6"], 100: ["c7e6f5", "dbe6f0"], 200: ["a5d4eb", "c9d8e6"], 300: ["82c3e0", "6f93b5"], 400: ["60b1d6", "4d7aa6"], 500: ["3e9fcc", "1f4e79"], 600: ["3488af", "1b466d"], 700: ["297193", "163a5c"], 800: ["1f5976", "122f4b"], 900: ["14425a", "0e263c"], 950: ["0a2b3d", "0a1b2b"] })
    .map(([step, [theirs, ours]]) => [`${step}: "#${theirs}",`.replace(/,$/, step === "950" ? "" : ","), `${step}: "#${ours}"${step === "950" ? "" : ","}`]),
  // -- the look: nothing of theirs reaches beyond the form (`:where` adds no weight of its own)
  ["html {\n\tfont-size: 16px !important;\n}\n", ""],
  ["body {\n\tall: revert;\n\tfont-family: Roboto, sans-serif !important;\n\tfont-size: 1rem !important;", ".odk-form {\n\tfont-size: 1rem;"],
  ["tA.textContent = resetStyles", 'tA.textContent = resetStyles.replace(/^([^\\s}][^\\n]*[,{])$/gm, ":where(.engine) $1")'],
];
const HEAD = 'import { say as hamrohSay } from "@words";\nimport { drawAnew as hamrohDrawAnew } from "@pictures";\n';

/** @param {string} text @param {typeof CHANGES[number]} change */
function changed(text, [what, becomes, times = 1]) {
  const parts = text.split(what);
  if (parts.length !== times + 1) {
    throw new Error(`the form engine is another one: ${parts.length - 1} instead of ${times} × ${JSON.stringify(what.slice(0, 90))}`);
  }
  return parts.join(becomes);
}

/** The letters of its stylesheet: fonts are left out, system fonts have them. @param {string} text */
const withoutFonts = (text) => text.replace(/@font-face\s*\{[^}]*\}/g, "").replace(/font-family:\s*Roboto[^;}]*/g, "font-family:inherit");

/** A step of the build. */
export const formEngine = () => ({
  name: "form-engine",
  enforce: "pre",
  transform(code, id) {
    if (/web-forms\/dist\/index-[\w-]+\.js$/.test(id)) return { code: HEAD + withoutFonts(CHANGES.reduce(changed, code)), map: null };
    if (/web-forms\/dist\/index\.js$/.test(id)) return { code: withoutFonts(code), map: null };
    return null;
  },
});
