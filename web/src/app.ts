// What every page loads, deferred. All of it is enhancement: each page is whole without it. Listeners sit on the document,
// so that a part swapped in later needs nothing; what must be looked at once per part is listed in `greet`.

import { showBulk, startBulk } from "./bulk";
import { showControls, startControls } from "./controls";
import { startDoor } from "./door";
import { startDoorCode } from "./door-code";
import { restoreDrafts, startDraft } from "./draft";
import { startFilters } from "./filters";
import { countAll, startForms } from "./forms";
import { showKeysChoice, startKeyboard } from "./keyboard";
import { startLeaving } from "./leaving";
import { startLiveList } from "./live-list";
import { startParts } from "./parts";
import { startPhotos } from "./photos";
import { showPosition, startPlace } from "./place";
import { watchProgress } from "./progress";
import { startSimilar } from "./similar";
import { startSuggest } from "./suggest";

document.documentElement.classList.add("js");
startControls();
startDoor();
startDoorCode();
startForms();
startLeaving();
startDraft();
startFilters();
startParts();
startBulk();
startKeyboard();
startPhotos();
startPlace();
startSimilar();
startSuggest();
startLiveList();

greet(document);
// After a refused form one stands before what is wrong, not at the top.
document.querySelector<HTMLElement>("[data-focus-first]")?.focus();
document.addEventListener("linli:part", (event) => greet(event.target as Element));

function greet(root: ParentNode): void {
  restoreDrafts(root);
  countAll(root);
  showBulk();
  showControls(root);
  showKeysChoice(root);
  showPosition(root);
  watchProgress(root);
}
