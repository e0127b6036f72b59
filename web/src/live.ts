// One polite live region for the whole page: what changed, said to those who cannot see it change.

let region: HTMLElement | undefined;
let timer = 0;

/** Says `text` through the screen reader; the same text twice is said twice. */
export function announce(text: string): void {
  if (!text) return;
  if (!region) {
    region = document.createElement("div");
    region.className = "vh";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = "";
  const here = region;
  clearTimeout(timer);
  // Screen readers miss a region that is filled in the same moment it appears.
  timer = window.setTimeout(() => (here.textContent = text), 80);
}
