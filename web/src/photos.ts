// Photos before they are sent: previews, removal, a limit, and a smaller JPEG where the browser can draw one. Drawing it
// anew saves a phone's data and leaves place and device out of the file; the server does both again for all it receives.

import { announce } from "./live";
import { word } from "./words";

const SIDE_PX = 2048;
const QUALITY = 0.85;

/** Starts listening. Call once. */
export function startPhotos(): void {
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    const box = input.closest<HTMLElement>("[data-photos]");
    if (box) void take(box, input);
  });
}

/** Width and height that fit into a square of `side`, in proportion; never larger than they were. */
export function fitInto(width: number, height: number, side: number): [number, number] {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Photos kept so far; a file input alone forgets the former ones on every choice. */
const kept = new WeakMap<HTMLElement, File[]>();

async function take(box: HTMLElement, input: HTMLInputElement): Promise<void> {
  const most = Number(box.dataset.max ?? 6);
  const mostMb = Number(box.dataset.maxMb ?? 20);
  const files = kept.get(box) ?? [];
  const faults: string[] = [];
  for (const file of input.files ?? []) {
    if (files.length >= most) {
      faults.push(word("photo-too-many", { n: most }));
      break;
    }
    const photo = await shrink(file);
    if (!photo) faults.push(word("photo-wrong-type", { name: file.name }));
    else if (photo.size > mostMb * 1e6) faults.push(word("photo-too-big", { name: file.name, n: mostMb }));
    else files.push(photo);
  }
  kept.set(box, files);
  show(box, input);
  const error = box.querySelector<HTMLElement>(".error");
  if (error) error.textContent = faults.join(" ");
  if (files.length > 0 && faults.length === 0) announce(word("photos-chosen", { n: files.length }));
}

/** The photo, smaller if that helps; nothing if it is not a picture. */
async function shrink(file: File): Promise<File | undefined> {
  // HEIC and others that this browser cannot draw go as they are; the server decides.
  const maybePhoto = file.type.startsWith("image/") && file.type !== "image/svg+xml";
  if (!maybePhoto) return undefined;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const [width, height] = fitInto(picture.width, picture.height, SIDE_PX);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.fillStyle = "white";
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, 0, 0, width, height);
    picture.close();
    const smaller = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!smaller || smaller.size >= file.size) return file;
    return new File([smaller], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return /heic|heif|avif/i.test(file.type) ? file : undefined;
  }
}

function show(box: HTMLElement, input: HTMLInputElement): void {
  const files = kept.get(box) ?? [];
  const basket = new DataTransfer();
  for (const file of files) basket.items.add(file);
  input.files = basket.files;
  const list = box.querySelector<HTMLElement>(".thumbs");
  if (!list) return;
  for (const old of list.querySelectorAll("img")) URL.revokeObjectURL(old.src);
  list.replaceChildren(...files.map((file, at) => thumb(box, input, file, at)));
}

function thumb(box: HTMLElement, input: HTMLInputElement, file: File, at: number): HTMLElement {
  const item = document.createElement("li");
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(file);
  picture.alt = file.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", word("photo-remove", { name: file.name }));
  remove.addEventListener("click", () => {
    kept.get(box)?.splice(at, 1);
    show(box, input);
    (box.querySelector<HTMLElement>(".thumbs button") ?? input).focus();
    announce(word("photos-chosen", { n: kept.get(box)?.length ?? 0 }));
  });
  item.append(picture, remove);
  return item;
}
