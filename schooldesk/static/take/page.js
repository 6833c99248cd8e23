// The page of taking: its form and rows, what stands of each pupil, and how far the taking is.
export const form = document.getElementById("take");
export const page = form.dataset;
export const SLOTS = ["presence", "work", "call", "word"];
export const rows = [...form.querySelectorAll(".pupil")];
export const stands = new Map();
export const proposes = form.querySelector(".all .sure") !== null;
export const stage = { taken: !proposes && Boolean(page.first), sent: false };

export const field = (row, name) => row.querySelector(`[name="${name}-${CSS.escape(row.dataset.pupil)}"]`);
export const rowOf = (pupil) => rows.find((row) => row.dataset.pupil === pupil);

// Whether nobody was taken yet, or all was undone: then the button proposes again what the rows say.
export const untaken = () => proposes && rows.every((row) => !stands.get(row).presence);
