import { expect, test } from "vitest";
import { isZone, momentsOf, nextShown, shownIn, zones } from "./zoned";

const PARIS = "Europe/Paris";
const utc = (moment: string) => Date.parse(`${moment}Z`);

test("an hour is a moment by the clocks of its zone, in winter and in summer", () => {
  expect(momentsOf("2027-07-01T20:30", PARIS)).toEqual([utc("2027-07-01T18:30")]);
  expect(momentsOf("2027-12-01T20:30", PARIS)).toEqual([utc("2027-12-01T19:30")]);
  expect(shownIn(utc("2027-07-01T18:30"), PARIS)).toBe("2027-07-01T20:30");
  expect(shownIn(utc("2027-07-01T18:30"), "Asia/Kathmandu")).toBe("2027-07-02T00:15");
});

test("an hour that clocks leave out is no moment, and the next is known", () => {
  expect(momentsOf("2027-03-28T02:30", PARIS)).toEqual([]);
  expect(nextShown("2027-03-28T02:30", PARIS)).toBe("2027-03-28T03:00");
  expect(nextShown("2027-10-03T02:10", "Australia/Lord_Howe")).toBe("2027-10-03T02:30");
});

test("an hour that clocks show twice is two moments", () => {
  expect(momentsOf("2027-10-31T02:30", PARIS)).toEqual([utc("2027-10-31T00:30"), utc("2027-10-31T01:30")]);
});

test("what is no time is no moment, and what is no zone is none", () => {
  expect(momentsOf("soon", PARIS)).toEqual([]);
  expect([isZone(PARIS), isZone("Europe/Atlantis"), isZone("")]).toEqual([true, false, false]);
  expect(zones()).toContain("UTC");
});
