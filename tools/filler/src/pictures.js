/**
 * Pictures are drawn anew as soon as they are chosen: smaller, and without what a camera writes into them (place, time, model).
 *
 * @module pictures
 */
const LONGEST = 1600;
const KINDS = { "image/png": "image/png", "image/webp": "image/webp" };

/** @param {File} file @param {number} [longest] the longest side that the form allows @returns {Promise<File>} */
export async function drawAnew(file, longest = LONGEST) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, Math.min(longest || LONGEST, LONGEST) / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const kind = KINDS[file.type] ?? "image/jpeg";
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, kind, 0.8));
  const ending = kind.split("/")[1].replace("jpeg", "jpg");
  return new File([drawn], `picture.${ending}`, { type: kind });
}
