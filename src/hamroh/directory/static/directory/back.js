// A page that answers a form cannot be gone back to: the browser would show a fault of its own, without a way out.
// Back and reload ask for the question instead; what was typed stands on this page alone.
"use strict";
history.replaceState(null, "", document.currentScript.dataset.question);
