import { expect, test } from "vitest";
import { firstThatAnswers } from "./trying";

const asks = (accepted: string[]) => {
  const asked: string[] = [];
  return {
    asked,
    ask: (url: string) => {
      asked.push(url);
      return accepted.some((one) => url.startsWith(one))
        ? Promise.resolve()
        : Promise.reject(new TypeError());
    },
  };
};

test("the first address that is accepted is taken, and no further one is tried", async () => {
  const { ask, asked } = asks(["https://box.local:8420", "https://10.0.0.2:8420"]);

  expect(await firstThatAnswers(["https://box.local:8420", "https://10.0.0.2:8420"], ask)).toBe(
    "https://box.local:8420",
  );
  expect(asked).toEqual(["https://box.local:8420/trust/works"]);
});

test("where the name is not found the address is", async () => {
  const { ask } = asks(["https://10.0.0.2:8420"]);

  expect(await firstThatAnswers(["https://box.local:8420", "https://10.0.0.2:8420"], ask)).toBe(
    "https://10.0.0.2:8420",
  );
});

test("where none is accepted there is none", async () => {
  expect(await firstThatAnswers(["https://box.local:8420"], asks([]).ask)).toBeNull();
});
