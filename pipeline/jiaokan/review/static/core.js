// What every part of the review shares: its state, the server, what is said, one act after another.
import { t } from "./texts.js";

const TOKEN = document.documentElement.dataset.token;
export const $ = (id) => document.getElementById(id);
export const state = {
  batch: null,
  page: null,
  current: null,
  cuts: new Set(),
  moving: null,
  busy: 0,
};

export async function server(path, wish) {
  const asked =
    wish === undefined
      ? {}
      : {
          method: "POST",
          body: JSON.stringify(wish),
          headers: { "Content-Type": "application/json", "X-Jiaokan-Token": TOKEN },
        };
  let answer;
  try {
    answer = await fetch(`/${TOKEN}/api/${path}`, asked);
  } catch {
    throw new Error(t("lost"));
  }
  const told = await answer.json().catch(() => ({ error: `${answer.status}` }));
  if (!answer.ok) throw new Error(told.error);
  return told;
}

export function say(text, wrong = false) {
  $("said").textContent = text;
  $("said").className = wrong ? "wrong" : "";
}

// Do one thing after another, in the order in which they were asked for; what goes wrong is told.
let queue = Promise.resolve();
export function act(what) {
  state.busy += 1;
  queue = queue
    .then(what)
    .catch((error) => say(error.message, true))
    .finally(() => {
      state.busy -= 1;
    });
  return queue;
}
