// Small things a button does: open a dialog, print, copy.

import { announce } from "./live";
import { word } from "./words";

/** Starts listening. Call once. */
export function startControls(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-dialog], [data-print], [data-copy], [data-close]");
    if (!button) return;
    if (button.dataset.dialog !== undefined && openDialog(button.dataset.dialog)) event.preventDefault();
    if (button.hasAttribute("data-close")) button.closest("dialog")?.close();
    if (button.hasAttribute("data-print")) window.print();
    if (button.dataset.copy !== undefined) {
      void navigator.clipboard?.writeText(button.dataset.copy).then(() => {
        announce(word("copied"));
        if (word("copied")) button.textContent = word("copied");
      });
    }
  });
  // A folded menu closes when the reader turns to something else.
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** Buttons that only scripts can serve are shown. */
export function showControls(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-print][hidden]")) button.hidden = false;
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLElement>("[data-copy][hidden]")) button.hidden = false;
}

/** Opens the dialog of this id; false if there is none. */
export function openDialog(id: string): boolean {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return false;
  if (!dialog.open) dialog.showModal();
  return true;
}
