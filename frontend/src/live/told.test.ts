import { describe, expect, test } from "vitest";
import { NOW, folded, given, question } from "./living";
import type { Ban, Hand, Helper, Invitation, Knock, RoomPlanned } from "./protocol";
import type { RoomState } from "./reduce";

describe("what only some are told", () => {
  const helper = (person: string, role: Helper["role"]): Helper => ({
    person,
    name: person,
    role,
    since: NOW,
    portrait: null,
  });
  const knock = (person: string, note: string | null = null): Knock => ({
    person,
    name: person,
    note,
    at: NOW,
    turned_away: false,
  });

  test("knocks keep their place, and end", () => {
    const next = folded(
      given(),
      { is: "knock.heard", knock: knock("karim") },
      { is: "knock.heard", knock: knock("fiona") },
      { is: "knock.heard", knock: knock("karim", "Please") },
    );
    expect(next.desk?.knocks).toEqual([knock("karim", "Please"), knock("fiona")]);
    expect(folded(next, { is: "knock.over", person: "karim" }).desk?.knocks).toEqual([knock("fiona")]);
    expect(folded(next, { is: "room.locked", on: false }).desk?.knocks).toEqual([]);
  });

  test("somebody has one part of the host's authority, or none", () => {
    const next = folded(
      given(),
      { is: "role.given", helper: helper("karim", "screener") },
      { is: "role.given", helper: helper("fiona", "captioner") },
      { is: "role.given", helper: helper("karim", "cohost") },
    );
    expect(next.desk?.helpers).toEqual([helper("fiona", "captioner"), helper("karim", "cohost")]);
    expect(folded(next, { is: "role.taken", person: "karim" }).desk?.helpers).toEqual([
      helper("fiona", "captioner"),
    ]);
  });

  test("who is asked to be host, since when nobody is, and that the room ends", () => {
    const asked = { person: "karim", name: "Karim" };
    const ending = { at: NOW, why: "no_chair" } as const;
    const next = folded(
      given(),
      { is: "host.asked", asked, why: "asked" },
      { is: "chair.empty", since: NOW, ends_at: NOW + 1 },
      { is: "room.ending", ending },
    );
    expect([next.desk?.asked, next.room.chair_empty_since, next.room.ending]).toEqual([asked, NOW, ending]);
    const filled = folded(next, { is: "chair.filled" }, { is: "room.ending", ending: null });
    expect([filled.room.chair_empty_since, filled.room.ending]).toEqual([null, null]);
  });

  test("when it began, and how its plan is now", () => {
    const plan = {
      phase: "live",
      title: "Swifts",
      description: "High up",
      language: "fr",
      visibility: "unlisted",
      starts_at: NOW + 1,
      zone: "Europe/Paris",
      tags: ["birds"],
      cover: "/covers/swifts.jpg",
      ends_at: NOW + 2,
      late_since: NOW + 3,
      recordings: ["off"],
      group: { handle: "loire", name: "Les Amis", joining: "open" },
    } satisfies Omit<RoomPlanned, "is">;
    expect(folded(given({ started_at: null }), { is: "room.started", at: NOW + 9 }).room.started_at).toBe(
      NOW + 9,
    );
    expect(folded(given(), { is: "room.planned", ...plan }).room).toEqual({ ...given().room, ...plan });
  });

  test("who raises a hand again or is invited again is there once", () => {
    const hand = (person: string, note: string | null): Hand => ({
      person,
      name: person,
      note,
      raised_at: NOW,
      here: true,
    });
    const key = (person: string, until: number): Invitation => ({
      person,
      name: person,
      until,
      question: null,
    });
    const next = folded(
      given(),
      { is: "hand.raised", hand: hand("karim", null) },
      { is: "hand.raised", hand: hand("fiona", null) },
      { is: "hand.raised", hand: hand("karim", "Dust") },
      { is: "invitation.sent", invitation: key("karim", NOW) },
      { is: "invitation.sent", invitation: key("fiona", NOW) },
      { is: "invitation.sent", invitation: key("karim", NOW + 1) },
    );
    expect([next.desk?.hands, next.desk?.invitations]).toEqual([
      [hand("fiona", null), hand("karim", "Dust")],
      [key("fiona", NOW), key("karim", NOW + 1)],
    ]);
    const down = folded(
      next,
      { is: "hand.lowered", person: "karim" },
      { is: "invitation.closed", person: "karim", why: "declined" },
    );
    expect([down.desk?.hands, down.desk?.invitations]).toEqual([[hand("fiona", null)], [key("fiona", NOW)]]);
  });

  test("a hushed stage, who waits for a seat, and one's own place among them", () => {
    const waiting = [{ person: "karim", name: "Karim", since: NOW, here: true }];
    const next = folded(
      given(),
      { is: "stage.hushed", on: true },
      { is: "stage.awaited", waiting },
      { is: "me.waiting", place: 2 },
    );
    expect([next.room.hushed, next.desk?.waiting, next.me.waiting]).toEqual([true, waiting, 2]);
  });

  test("bans stand until they are lifted", () => {
    const ban = (id: string): Ban => ({
      id,
      person: id,
      name: id,
      network: false,
      reason: "",
      at: NOW,
      until: null,
    });
    const next = folded(given(), { is: "ban.given", ban: ban("a") }, { is: "ban.given", ban: ban("b") });
    expect(next.desk?.bans).toEqual([ban("a"), ban("b")]);
    expect(folded(next, { is: "ban.lifted", ban: "a" }).desk?.bans).toEqual([ban("b")]);
  });

  test("why one's place fell", () => {
    const fell = { why: "votes", n: 2 } as const;
    const place = { n: 3, minutes: null, after_end: null };
    const next = folded(given(), { is: "me.placed", place, fell });
    expect([next.me.place, next.fell]).toEqual([place, fell]);
  });

  test("a tally is told wherever the question is shown", () => {
    const before = given();
    const [mine, desk] = [question("mine"), question("desk")];
    const state: RoomState = {
      ...before,
      me: { ...before.me, questions: [mine] },
      desk: before.desk && { ...before.desk, questions: [desk] },
    };
    const next = folded(state, { is: "votes.counted", tallies: { mine: 4, desk: 5 }, guests: { desk: 1 } });
    expect([next.me.questions, next.desk?.questions]).toEqual([
      [{ ...mine, votes: 4 }],
      [{ ...desk, votes: 5, guest_votes: 1 }],
    ]);
  });
});
