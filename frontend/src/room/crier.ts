import { count, t } from "$/i18n/words.svelte";
import type { RoomView } from "$/live/protocol";

const SMALL = 20;
const LARGE = 200;

/** How long at least lies between two announcements, in a room with so many listeners. */
export const apart = (listeners: number): number =>
  listeners <= SMALL ? 2000 : listeners <= LARGE ? 10_000 : 30_000;

/**
 * What a screen reader is told of a room: who comes on stage and who leaves it, and new questions.
 *
 * It thins out as the room grows: what happens meanwhile is gathered and told in one sentence each, and in a large room
 * questions are not told at all. What concerns oneself is told elsewhere, at once.
 */
export class Crier {
  private seated: Map<string, string> | null = null;
  private newest = 0;
  private came = new Map<string, string>();
  private left = new Map<string, string>();
  private asked = 0;
  private saidAt = -Infinity;

  /** Look at the room; who was there at the first look is no news. */
  see(room: Pick<RoomView, "seats" | "questions">, me: string): void {
    const now = new Map(room.seats.map((seat) => [seat.person, seat.name]));
    const newest = Math.max(0, ...room.questions.map((question) => question.asked_at));
    if (this.seated !== null) {
      for (const [person, name] of now)
        if (!this.seated.has(person) && person !== me) this.comes(person, name);
      for (const [person, name] of this.seated)
        if (!now.has(person) && person !== me) this.leaves(person, name);
      this.asked += room.questions.filter((one) => one.asked_at > this.newest && one.person !== me).length;
    }
    this.seated = now;
    this.newest = Math.max(this.newest, newest);
  }

  /** What is to be said now; nothing where nothing happened, or the last word is too fresh. */
  says(now: number, listeners: number): string {
    const news = this.came.size + this.left.size + (listeners > LARGE ? 0 : this.asked) > 0;
    if (!news || now - this.saidAt < apart(listeners)) return "";
    const said = [came([...this.came.values()]), left([...this.left.values()]), asked(listeners, this.asked)];
    this.came.clear();
    this.left.clear();
    this.asked = 0;
    this.saidAt = now;
    return said.filter((sentence) => sentence !== "").join(" ");
  }

  /** Who leaves and returns between two announcements was never away. */
  private comes(person: string, name: string): void {
    if (!this.left.delete(person)) this.came.set(person, name);
  }

  private leaves(person: string, name: string): void {
    if (!this.came.delete(person)) this.left.set(person, name);
  }
}

function came(names: string[]): string {
  if (names.length === 0) return "";
  return names.length === 1
    ? t("{name} is on stage now.", { name: names[0] ?? "" })
    : count(names.length, "{n} person came on stage.", "{n} people came on stage.");
}

function left(names: string[]): string {
  if (names.length === 0) return "";
  return names.length === 1
    ? t("{name} has left the stage.", { name: names[0] ?? "" })
    : count(names.length, "{n} person has left the stage.", "{n} people have left the stage.");
}

const asked = (listeners: number, n: number): string =>
  n === 0 || listeners > LARGE ? "" : count(n, "{n} new question.", "{n} new questions.");
