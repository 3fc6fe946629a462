// Texts that are shown with a contrast below 4.5, as "contrast text" lines.
() => {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, low) => ({
    r: top.r * top.a + low.r * (1 - top.a),
    g: top.g * top.a + low.g * (1 - top.a),
    b: top.b * top.a + low.b * (1 - top.a),
    a: 1,
  });
  const light = ({ r, g, b }) => {
    const part = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const ground = (element) => {
    const layers = [];
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      layers.push(parse(style.backgroundColor));
      opacity *= Number(style.opacity);
    }
    const fragment = element.closest(".raw [data-fragment]");
    if (fragment) {
      const block = document.querySelector(`[data-ground="${fragment.dataset.fragment}"]`);
      if (block) layers.push(parse(getComputedStyle(block).backgroundColor));
    }
    const low = layers.reverse().reduce((under, layer) => over(layer, under), { r: 246, g: 243, b: 236, a: 1 });
    return { low, opacity };
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest("script, style, noscript, svg, option, [disabled], .off")) continue;
    if (!element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const { low, opacity } = ground(element);
    const colour = over({ ...parse(style.color), a: parse(style.color).a * opacity }, low);
    const [one, other] = [light(colour), light(low)].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) found.push(`${contrast.toFixed(2)} ${element.className} ${node.textContent.trim().slice(0, 20)}`);
  }
  return [...new Set(found)];
}
