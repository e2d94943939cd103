import { afterEach, expect, test, vi } from "vitest";
import { count, preferred, speak, speakPreferred, t } from "./words.svelte";

afterEach(() => speak("en"));

test("a sentence without a translation stays English, with its gaps filled", () => {
  expect(t("{name} hums softly", { name: "Ida" })).toBe("Ida hums softly");
});

test("Arabic has six forms, and turns the page round", async () => {
  await speak("ar");
  const votes = [0, 1, 2, 5, 11, 100].map((n) => count(n, "{n} vote", "{n} votes"));
  expect(new Set(votes).size).toBe(6);
  expect(document.documentElement.dir).toBe("rtl");
  expect(t("Listen")).toBe("استمع");
});

test("English has one and many", () => {
  expect([1, 2].map((n) => count(n, "{n} vote", "{n} votes"))).toEqual(["1 vote", "2 votes"]);
});

test("French counts none as one, and stays left to right", async () => {
  await speak("fr");
  expect([0, 1, 2].map((n) => count(n, "{n} vote", "{n} votes"))).toEqual(["0 vote", "1 vote", "2 votes"]);
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["fr", "ltr"]);
  expect(t("Listen")).toBe("Écouter");
});

test("the address asks first, then one's account, then what was chosen here, then the browser", () => {
  expect(preferred("?lang=ar", "fr", "en", ["en-GB"])).toBe("ar");
  expect(preferred("", "fr", "ar", ["en-GB"])).toBe("fr");
  expect(preferred("", null, "ar", ["en-GB"])).toBe("ar");
  expect(preferred("", null, null, ["tlh", "ar-EG"])).toBe("ar");
  expect(preferred("", null, null, ["fr-CA", "en"])).toBe("fr");
  expect(preferred("?lang=xx", null, null, [])).toBe("en");
});

test("what the pages say by which people come in is there at once, all the rest a moment later", async () => {
  localStorage.setItem("causerie.language", "fr");
  await speakPreferred(null, true);
  const atOnce = ["Listen", "Audit log"].map((one) => t(one));
  await vi.waitFor(() => expect(t("Audit log")).toBe("Journal d’audit"));
  localStorage.clear();

  expect(atOnce).toEqual(["Écouter", "Audit log"]);
});
