import { describe, expect, it } from "vitest";
import { First } from "./first";

const block = JSON.stringify({ "/me": { person: null }, "/home": { live: [] } });

describe("what the page was sent with", () => {
  it("is taken once", () => {
    const first = new First(block, () => 0);

    expect([first.take("/home"), first.take("/home")]).toEqual([{ live: [] }, undefined]);
    expect(first.take("/me")).toEqual({ person: null });
  });

  it("is not what one sees who comes much later", () => {
    let now = 0;
    const first = new First(block, () => now);

    now = 21_000;
    expect(first.take("/me")).toBeUndefined();
    now = 0;
    expect(first.take("/home")).toBeUndefined();
  });

  it("holds no longer once something was changed", () => {
    const first = new First(block, () => 0);

    first.forget();

    expect(first.take("/me")).toBeUndefined();
  });

  it("may be nothing", () => {
    expect(new First(null, () => 0).take("/me")).toBeUndefined();
  });
});
