/** Short words at the foot of the page, read out politely, gone after a while. */
class Toasts {
  shown = $state<{ id: number; text: string; read?: boolean }[]>([]);
  private last = 0;

  say(text: string): void {
    this.last += 1;
    const id = this.last;
    this.shown = [...this.shown.filter((one) => one.text !== text), { id, text }].slice(-3);
    setTimeout(() => {
      this.shown = this.shown.filter((one) => one.id !== id);
    }, 7000);
  }

  /** Something on the screen says the same: it is read out only. */
  hush(text: string): void {
    this.shown = this.shown.map((one) => (one.text === text ? { ...one, read: true } : one));
  }

  /** What it says holds no more. */
  take(text: string): void {
    this.shown = this.shown.filter((one) => one.text !== text);
  }
}

export const toasts = new Toasts();
export const toast = (text: string): void => toasts.say(text);
