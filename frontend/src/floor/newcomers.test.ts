import { expect, test } from "vitest";
import { Newcomers } from "./newcomers";

test("who was there at first is not new, who comes is new once", () => {
  const newcomers = new Newcomers();

  newcomers.see(["ada", "ben"]);
  newcomers.see(["ada", "ben", "cleo", "dan"]);
  newcomers.see(["cleo", "ada"]);

  expect([newcomers.taken(), newcomers.taken()]).toEqual([2, 0]);
});
