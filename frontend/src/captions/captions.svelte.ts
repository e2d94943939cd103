/** Whether one wants to read along; kept for the next room. */
const PLACE = "causerie.captions";

class Captions {
  on = $state(localStorage.getItem(PLACE) === "on");

  toggle(): void {
    this.on = !this.on;
    localStorage.setItem(PLACE, this.on ? "on" : "off");
  }
}

export const captions = new Captions();
