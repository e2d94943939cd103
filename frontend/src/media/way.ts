/** How the room is heard: live over a connection, or by the plain stream, some seconds later. */
export type Way = "live" | "stream";

/** How soon one speaks, which is done live alone: not yet; second in line, invited or asked whether one is ready; or one is in front. */
export type Nearness = "audience" | "near" | "front";

/**
 * What happens. `tried`: an offer goes out. `full`: live sound takes nobody more. `mute`: there is no stream, either.
 * `began`: the room is live now. `wished`: somebody wants live sound now, or there is reason to think it can be had. `time`: it goes on.
 */
export type News =
  "tried" | "answered" | "up" | "failed" | "dropped" | "full" | "mute" | "began" | "wished" | "time";

export interface Moment {
  now: number;
  /** The page is not seen: clocks are slow there, and the browser may let it sleep. */
  hidden: boolean;
  nearness: Nearness;
  /** 0..1, by which tries are spread: not everybody comes back at once. */
  chance: number;
}

/** Where one is on the way between both. */
export interface Course {
  way: Way;
  /** Live sound is up. */
  up: boolean;
  /** When the stream takes over from live sound that does not come; null while nothing waits for it. */
  until: number | null;
  /** When live sound is tried again; null while a try is under way, or none is needed. */
  again: number | null;
  failed: number;
  /** When live connections dropped in the last minute. */
  drops: readonly number[];
  /** Live sound took nobody more when it was last tried. */
  full: boolean;
}

/** So long live sound is waited for once it was answered, or was lost. */
export const PATIENCE = 6000;
/** How long after the stream could not be had it is tried again. */
export const MUTE = 30_000;
const SOON = [300, 1000, 2000, 4000, 8000];
const LATER = [15_000, 60_000, 180_000, 300_000];
const UNSTEADY = 3;
const MINUTE = 60_000;

export const LIVE: Course = {
  way: "live",
  up: false,
  until: null,
  again: null,
  failed: 0,
  drops: [],
  full: false,
};

/** Where one begins to hear: live, unless one goes on with the stream while the page is hidden, as on a locked phone. */
export function begun(last: Course, hidden: boolean): Course {
  return hidden && last.way === "stream" ? { ...LIVE, way: "stream" } : LIVE;
}

/** What becomes of it when something happens. Nothing given is changed. */
export function goes(course: Course, news: News, at: Moment): Course {
  return settled(HAPPENS[news](course, at), at);
}

/** When it has to be looked at again without any news; null where nothing is waited for. */
export function due(course: Course, at: Moment): number | null {
  const stays = at.hidden && course.way === "stream" && at.nearness === "audience";
  const again = stays ? Infinity : (course.again ?? Infinity);
  const until = at.nearness === "front" ? Infinity : (course.until ?? Infinity);
  const next = Math.min(again, until);
  return next === Infinity ? null : next;
}

/** Whether live sound is to be tried now. */
export const tries = (course: Course, at: Moment): boolean => course.again !== null && course.again <= at.now;

const HAPPENS: Record<News, (course: Course, at: Moment) => Course> = {
  tried: (course) => ({ ...course, again: null }),
  answered: (course, { now }) =>
    course.way === "live" && !course.up ? { ...course, until: course.until ?? now + PATIENCE } : course,
  up: (course) => ({ ...LIVE, up: true, drops: course.drops }),
  failed,
  dropped,
  full: (course, at) => {
    const full = { ...failed(course, at), full: true };
    return course.way === "live" && at.nearness !== "front" ? streams(full, at) : full;
  },
  mute: (course, at) => ({
    ...course,
    way: "live",
    until: at.now + MUTE,
    again: at.now + pause(SOON, course.failed),
  }),
  began: (course, { now }) =>
    course.until === null ? course : { ...course, until: Math.min(course.until, now + PATIENCE) },
  wished: (course, { now }) => (course.up ? course : { ...course, again: now, failed: 0 }),
  time: (course) => course,
};

function failed(course: Course, at: Moment): Course {
  const next = { ...course, up: false, full: false, failed: course.failed + 1 };
  if (course.way === "stream") return { ...next, again: at.now + later(course.failed, at) };
  const waits = {
    ...next,
    until: course.until ?? at.now + PATIENCE,
    again: at.now + pause(SOON, course.failed),
  };
  return at.hidden && at.nearness !== "front" ? streams(waits, at) : waits;
}

/** A connection that stood is gone. A hidden page does not wait, and neither does one whose connections do not last. */
function dropped(course: Course, at: Moment): Course {
  if (!course.up) return course;
  const drops = [...course.drops.filter((one) => one > at.now - MINUTE), at.now];
  const next = failed({ ...course, drops, failed: 0 }, at);
  const unsteady = drops.length >= UNSTEADY;
  return unsteady && at.nearness !== "front" ? { ...streams(next, at), again: at.now + later(1, at) } : next;
}

const streams = (course: Course, at: Moment): Course => ({
  ...course,
  way: "stream",
  up: false,
  until: null,
  again: at.now + later(0, at),
  failed: 0,
});

/** What holds whatever happened: whose turn is near is not kept by the stream, and nobody waits for ever. */
function settled(course: Course, at: Moment): Course {
  if (course.way === "stream") {
    const hurries =
      at.nearness !== "audience" && course.again !== null && course.again > at.now + slowest(SOON);
    const next = hurries ? { ...course, again: at.now } : course;
    // Who hears themselves ten seconds later cannot talk.
    return at.nearness === "front" ? { ...next, way: "live" } : next;
  }
  const over = !course.up && course.until !== null && at.now >= course.until;
  return over && at.nearness !== "front" ? streams(course, at) : course;
}

function later(failed: number, at: Moment): number {
  const waits = at.nearness === "audience" ? LATER : SOON;
  return pause(waits, failed) * (0.75 + at.chance / 2);
}

const pause = (waits: number[], failed: number): number => waits[Math.min(failed, waits.length - 1)] ?? 0;
const slowest = (waits: number[]): number => Math.max(...waits) * 1.25;
