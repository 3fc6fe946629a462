// What is copied is the text: the raw text as the file has it, the articles without marks and labels.

const NOT_COPIED = ".raw ins, .raw .point, .gone, .origin, .article > header, del.hand";
const HIDES = "data-text";

/** Attributes of an element that shows a text's blanks by signs: what is to be copied of it. */
export function hiding(text, shown) {
  return shown === text ? {} : { [HIDES]: text };
}

/** Let a selection inside the raw text or the articles be copied as text. */
export function copyText() {
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const inside = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
    const pane = inside(range.commonAncestorContainer).closest(".raw, .articles");
    if (!pane) return;
    const holder = pane.cloneNode(false); // so that the selectors that name the pane apply
    holder.append(range.cloneContents());
    event.clipboardData.setData("text/plain", plain(holder));
    event.preventDefault();
  });
}

function plain(holder) {
  for (const element of holder.querySelectorAll(NOT_COPIED)) element.remove();
  for (const element of holder.querySelectorAll(`[${HIDES}]`)) {
    // a line end that went is followed by one of the map's own
    element.textContent = element.getAttribute(HIDES).replace(/[\r\n]+$/, "");
  }
  const blocks = [...holder.querySelectorAll(".field, .furniture > p")];
  if (!blocks.length) return holder.textContent;
  return blocks.map((block) => block.textContent.trim()).filter(Boolean).join("\n\n");
}
