// Parts of a picture are marked by drawing over it; the lines of the form say the same in numbers, and can be changed by hand.
(() => {
  const image = document.querySelector("img[data-redact]");
  const lines = document.querySelector("textarea[name=boxes]");
  if (!image || !lines) return;
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d");
  let start = null;
  const read = () => lines.value.split("\n").map((line) => (line.match(/\d+/g) || []).map(Number)).filter((box) => box.length === 4);
  const draw = (more) => {
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const [left, top, right, bottom] of more ? [...read(), more] : read())
      brush.fillRect((left * canvas.width) / 1000, (top * canvas.height) / 1000, ((right - left) * canvas.width) / 1000, ((bottom - top) * canvas.height) / 1000);
  };
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    const part = (value, size) => Math.min(1000, Math.max(0, Math.round((1000 * value) / size)));
    return [part(event.clientX - frame.left, frame.width), part(event.clientY - frame.top, frame.height)];
  };
  const box = (event) => {
    const [x, y] = at(event);
    return [Math.min(start[0], x), Math.min(start[1], y), Math.max(start[0], x), Math.max(start[1], y)];
  };
  const begin = () => {
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    Object.assign(canvas.style, { maxWidth: "100%", touchAction: "none", cursor: "crosshair" });
    image.hidden = true;
    image.after(canvas);
    draw();
  };
  canvas.onpointerdown = (event) => {
    start = at(event);
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => start && draw(box(event));
  canvas.onpointerup = (event) => {
    const drawn = box(event);
    start = null;
    if (drawn[2] - drawn[0] > 3 && drawn[3] - drawn[1] > 3) lines.value = [...read(), drawn].map((each) => each.join(" ")).join("\n");
    draw();
  };
  lines.oninput = () => draw();
  if (image.complete) begin();
  else image.onload = begin;
})();
