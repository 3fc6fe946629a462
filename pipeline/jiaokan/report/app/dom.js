// Elements from data. Text becomes text nodes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. Attributes that are false or null are left out; functions are listeners. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Put these children in place of what an element held. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null));
  return element;
}

const SHOWN = { "\n": "⏎", "\r": "␍", "\t": "⇥", " ": "␣", "\u3000": "□", "\f": "␌", "\v": "␋" };
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text with what is not seen written out. */
export function visible(text) {
  return text
    .replace(/[\n\r\t\f\v]/g, (mark) => SHOWN[mark])
    .replace(HIDDEN, (mark) => `⟨${mark.codePointAt(0).toString(16).toUpperCase()}⟩`);
}

/** The same for the text of an edit, where a blank counts, too. */
export function told(text) {
  return visible(text).replace(/^[ \u3000]+$/u, (blanks) => [...blanks].map((b) => SHOWN[b]).join(""));
}

/** The start of a text, with … where more follows. */
export function shortened(text, size) {
  const characters = [...text];
  return visible(characters.length <= size ? text : `${characters.slice(0, size - 1).join("")}…`);
}
