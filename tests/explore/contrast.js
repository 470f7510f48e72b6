// Elements whose own text has less than 4.5 : 1 (3 : 1 when large) of contrast: WCAG 2.2, 1.4.3.
const rgb = (text) => text.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
const ground = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = rgb(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0.5) return colour;
  }
  return [255, 255, 255];
};
return [...document.querySelectorAll('body *')].filter((element) => {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const box = element.getBoundingClientRect();
  if (!own || box.width < 2 || box.height < 2 || element.closest('svg, script, style, noscript, .unseen, .skip, .CodeMirror')) return false;
  const style = getComputedStyle(element);
  if (style.visibility === 'hidden' || style.opacity === '0') return false;
  const [a, b] = [light(rgb(style.color)), light(ground(element))].sort((x, y) => y - x);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
  return (a + 0.05) / (b + 0.05) < (large ? 3 : 4.5);
}).map((element) => element.outerHTML.slice(0, 120));
