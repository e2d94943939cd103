/** Whether one wants the voices themselves, a little sooner than the programme; kept on this device. */
const PLACE = "causerie.sooner";

class Sooner {
  on = $state(localStorage.getItem(PLACE) === "on");

  set(on: boolean): void {
    this.on = on;
    localStorage.setItem(PLACE, on ? "on" : "off");
  }
}

export const sooner = new Sooner();
