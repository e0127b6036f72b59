// Colours of the map, read from the style sheet, so that light, dark and print need no second list.

export interface Colours {
  land: string;
  house: string;
  houseEdge: string;
  line: string;
  ink: string;
  pine: string;
  wash: string;
  card: string;
}

/** The colours as they are now. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    land: of("land"), house: of("house"), houseEdge: of("house-edge"), line: of("edge"),
    ink: of("ink-2"), pine: of("pine"), wash: of("pine-wash"), card: of("card"),
  };
}

/** Calls `change` when the system or the reader changes the theme. */
export function onThemeChange(change: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
  new MutationObserver(change).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
