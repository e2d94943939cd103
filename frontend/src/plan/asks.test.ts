import { expect, test } from "vitest";
import { chosen, said } from "./asks";
import { seenIn } from "./seen";

test("members alone ask in a group; in none it is as if nothing had been chosen, and is again once one is", () => {
  expect([said("members", true), said("members", false), said("no", true), chosen("members", true)]).toEqual([
    { who_asks: "members" },
    { who_asks: "everyone", guests_ask: "read_first" },
    { who_asks: "everyone", guests_ask: "no" },
    "members",
  ]);
});

test("who finds it holds as far as the group goes: what is for members is never for everyone by another choice", () => {
  const [open, secret] = [{ private: false }, { private: true }];

  expect([seenIn(open, "public"), seenIn(secret, "public"), seenIn(null, "public")]).toEqual([
    "public",
    "group",
    "public",
  ]);
  expect([seenIn(null, "group"), seenIn(secret, "invited"), seenIn(null, "invited")]).toEqual([
    "unlisted",
    "invited",
    "invited",
  ]);
});
