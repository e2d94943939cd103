/** What the clocks of a zone show at this moment: 2027-03-28T20:30. */
export function shownIn(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA-u-ca-gregory-nu-latn", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const said = Object.fromEntries(parts.map((part) => [part.type, part.value]));
  return `${said["year"]}-${said["month"]}-${said["day"]}T${said["hour"]}:${said["minute"]}`;
}

const QUARTER = 15 * 60_000;
const DAY = 24 * 3600_000;
const wall = (local: string): number => new Date(`${local}Z`).getTime();

/** The moments at which the clocks of a zone show this: one, two where they are put back, none where put forward. */
export function momentsOf(local: string, zone: string): number[] {
  const meant = wall(local);
  if (Number.isNaN(meant)) return [];
  // Whatever the clocks do within a day, they are off by what they are off by before or after it.
  const off = [-DAY, DAY].map((around) => wall(shownIn(meant + around, zone)) - (meant + around));
  const moments = [...new Set(off.map((ahead) => meant - ahead))];
  return moments.filter((at) => shownIn(at, zone) === local).sort((a, b) => a - b);
}

/** The first time that these clocks show after one they leave out. */
export function nextShown(local: string, zone: string): string {
  // Every zone is ahead of UTC by whole quarters of an hour, and changes at one.
  for (let at = Math.floor((wall(local) - DAY) / QUARTER) * QUARTER; ; at += QUARTER) {
    const shown = shownIn(at, zone);
    if (shown > local) return shown;
  }
}

/** The zone of this browser. */
export const here = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The zones one can choose from; UTC is no place and always there. */
export function zones(): string[] {
  const all = Intl.supportedValuesOf("timeZone");
  return all.includes("UTC") ? all : ["UTC", ...all];
}

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A zone as people name it: Europe/Paris is Paris. */
export const placeOf = (zone: string): string => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
