import { afterEach, expect, test } from "vitest";
import { age, clock, date, day, lasted, place } from "./times";
import { speak } from "./words.svelte";

afterEach(() => speak("en"));

test("time on air", () => {
  expect([0, 192_000, 3_729_000].map(lasted)).toEqual(["0:00", "3:12", "1:02:09"]);
});

test("age in whole minutes", () => {
  expect([59_000, 480_000].map(age)).toEqual(["just now", "8 min"]);
});

test("places as people say them", () => {
  const said = [1, 2, 3, 4, 11, 21].map(place).map(({ number, ending }) => number + ending);
  expect(said).toEqual(["1st", "2nd", "3rd", "4th", "11th", "21st"]);
});

test("days near and far", () => {
  const noon = new Date(2026, 10, 21, 12).getTime();
  const in_days = (n: number) => day(noon + n * 24 * 3_600_000, noon);
  expect([0, 1, 2, 20].map(in_days)).toEqual(["today", "tomorrow", "Monday", "11 December"]);
});

test("hours as they are written in Britain", () => {
  const at = (hour: number, minute: number) => clock(new Date(2026, 10, 21, hour, minute).getTime());
  expect([at(20, 30), at(9, 5)]).toEqual(["20:30", "9:05"]);
});

test("in French places, days and hours are as they are written there", async () => {
  await speak("fr");
  const noon = new Date(2026, 10, 21, 12).getTime();

  const places = [1, 2, 21].map(place).map(({ number, ending }) => number + ending);
  const days = [0, 1, 2, 20].map((n) => day(noon + n * 24 * 3_600_000, noon));

  expect(places).toEqual(["1er", "2e", "21e"]);
  expect(days).toEqual(["aujourd’hui", "demain", "lundi", "11 décembre"]);
  expect([clock(noon), date(noon, noon)]).toEqual(["12:00", "samedi 21 novembre"]);
});
