import { expect, test } from "vitest";
import { ROOM_LASTS } from "$/live/protocol";
import { planned } from "./planned";

const settings = { length: 90 } as Parameters<typeof planned>[0]["settings"];

test("as long as it is planned, and longer by what it was extended by", () => {
  const begun = { started_at: 1000, settings };
  expect(planned({ ...begun, ends_at: 1000 + ROOM_LASTS })).toBe(90 * 60_000);
  expect(planned({ ...begun, ends_at: 1000 + ROOM_LASTS + 60_000 })).toBe(91 * 60_000);
});

test("before it begins nobody counts", () => {
  expect(planned({ started_at: null, ends_at: null, settings })).toBeNull();
});
