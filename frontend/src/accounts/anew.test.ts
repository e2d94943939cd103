import { beforeEach, expect, test, vi } from "vitest";
import { account } from "./account";
import { anew } from "./anew.svelte";
import { Fault } from "./api";

beforeEach(() => vi.restoreAllMocks());

test("what was written anew is asked once, and goes when one has said yes to it", async () => {
  const told = vi.spyOn(account, "newPapers").mockResolvedValue({ papers: { rules: "abc" } });
  const said = vi.spyOn(account, "acceptPapers").mockResolvedValue(undefined);

  await anew.ask("ada");
  await anew.ask("ada");
  expect([told.mock.calls.length, anew.papers]).toEqual([1, { rules: "abc" }]);

  await anew.accept();
  expect([said.mock.calls, anew.papers, anew.fault]).toEqual([[[{ rules: "abc" }]], {}, ""]);
});

test("what is written anew once more is shown with why one has to read again", async () => {
  vi.spyOn(account, "newPapers")
    .mockResolvedValueOnce({ papers: { rules: "abc" } })
    .mockResolvedValue({ papers: { rules: "def" } });
  vi.spyOn(account, "acceptPapers").mockRejectedValue(new Fault("paper.changed", "Read it once more."));

  await anew.ask("ben");
  await anew.accept();

  expect([anew.papers, anew.fault]).toEqual([{ rules: "def" }, "Read it once more."]);
});

test("where it cannot be asked nothing is shown, and it is asked again", async () => {
  const told = vi
    .spyOn(account, "newPapers")
    .mockRejectedValueOnce(new Error("away"))
    .mockResolvedValue({ papers: {} });

  await anew.ask("cho");
  await anew.ask("cho");

  expect(told.mock.calls.length).toBe(2);
});
