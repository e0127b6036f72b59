// The code at the door is fetched anew as often as it changes; without scripts the page asks for itself again.

/** Starts looking. Call once. */
export function startDoorCode(): void {
  const code = document.querySelector<HTMLElement>("[data-door-code]");
  const seconds = Number(code?.dataset.doorCode);
  if (!code || !(seconds > 0)) return;
  window.setInterval(() => void renew(code), seconds * 1000);
  // A screen that slept shows an old code.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void renew(code);
  });
}

async function renew(code: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-door-code]");
    if (fresh) code.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  } catch {
    // No signal: the old code stays until there is.
  }
}
