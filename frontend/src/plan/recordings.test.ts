import { expect, test } from "vitest";
import { recordings } from "./recordings";

test("what the charter refuses is neither offered nor sent, though the room before had it so", () => {
  const must = recordings({ recording: "condition", recordings: ["each", "condition"] });
  const never = recordings({ recording: "off", recordings: ["off"] });
  const own = recordings(null);

  expect([must.rules, must.sent("off"), must.chosen("off"), must.chosen("each")]).toEqual([
    ["each", "condition"],
    undefined,
    "condition",
    "each",
  ]);
  expect([never.sent("each"), never.chosen("each")]).toEqual([undefined, "off"]);
  expect([own.rules.length, own.sent("off"), own.chosen(undefined)]).toEqual([3, "off", "each"]);
});
