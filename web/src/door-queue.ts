// What an organiser's phone notes at the door: each entry has an id of its own, so that it can be sent as often as need be
// and is entered once. Pure, but for the store that is handed in.

/** An entry, as the server takes it. */
export interface Scan {
  id: string;
  code?: string;
  sign_up?: string;
  direction: "in" | "out";
  /** Milliseconds since 1970, by the clock of this phone. */
  at: number;
  now?: boolean;
}

/** What the server says to an entry. */
export interface Answer {
  id: string;
  answer: string;
  words: string;
}

/** At most so many are sent at once. */
export const BATCH = 200;

/** The part of `localStorage` that is needed. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The entries of one date that are still to be sent, kept when the page is closed. */
export class Queue {
  constructor(
    private readonly store: Store,
    private readonly key: string,
  ) {}

  /** All of them, in the order in which they were noted. What cannot be read is none. */
  all(): Scan[] {
    try {
      const read: unknown = JSON.parse(this.store.getItem(this.key) ?? "[]");
      return Array.isArray(read) ? (read as Scan[]) : [];
    } catch {
      return [];
    }
  }

  /** Notes one more. */
  add(scan: Scan): void {
    this.keep([...this.all(), scan]);
  }

  /** The next that are to be sent. */
  next(): Scan[] {
    return this.all().slice(0, BATCH);
  }

  /** Lets go of those that were answered; what was noted meanwhile stays. Returns them, with their answers. */
  answered(answers: Answer[]): [Scan, Answer][] {
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    const all = this.all();
    this.keep(all.filter((scan) => !byId.has(scan.id)));
    return all.flatMap((scan) => {
      const answer = byId.get(scan.id);
      return answer ? [[scan, answer] as [Scan, Answer]] : [];
    });
  }

  private keep(scans: Scan[]): void {
    if (scans.length === 0) this.store.removeItem(this.key);
    else this.store.setItem(this.key, JSON.stringify(scans));
  }
}

/** The same entry once more, under another id, to be taken at the server's time. */
export function takenNow(scan: Scan, id: string): Scan {
  return { ...scan, id, now: true };
}

/** A UUID (version 4), also where the page is not served securely and the browser makes none. */
export function newId(fill: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(16);
  fill(bytes);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
