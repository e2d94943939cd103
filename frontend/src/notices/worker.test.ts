// The service worker when the browser takes messages elsewhere: the server hears of it, with no page open.

import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const WORKER = readFileSync("public/sw.js", "utf8");
const KEY = "BM-k2gKy1si0VZQEs3vhdJo8WmT1A2t06pqxn9-QSPCq6vGSL8M5MbS8_nvkqo6G8GjaYc2ieBGJFnIoMDzT3pk";
const keys = { p256dh: KEY, auth: "AAECAwQFBgcICQoLDA0ODw" };

interface Said {
  type: string;
  waitUntil: (work: Promise<unknown>) => void;
  tag?: string;
  oldSubscription?: unknown;
  newSubscription?: unknown;
}

/** A worker whose server answers so; `may`: messages may still be shown. */
function worker(answers: number[], may = true, there: unknown = null) {
  const heard = new Map<string, (event: Said) => void>();
  const told: unknown[] = [];
  const subscription = (endpoint: string) => ({
    options: { applicationServerKey: `key of ${endpoint}` },
    toJSON: () => ({ endpoint, expirationTime: null, keys }),
    unsubscribe: () => void told.push(["unsubscribed", endpoint]),
  });
  const pushManager = {
    getSubscription: async () => there,
    subscribe: async (wanted: object) => {
      told.push(["subscribed", { ...wanted }]);
      if (!may) throw new Error("NotAllowedError");
      return subscription("new");
    },
  };
  const fetch = async (path: string, init?: { method: string; body: string }) => {
    told.push(init ? [init.method, path, JSON.parse(init.body)] : ["GET", path]);
    const status = answers.shift() ?? 0;
    if (status === 0) throw new TypeError("away");
    return { ok: status < 300, status, json: async () => ({ push_key: KEY }) };
  };
  const registration = {
    pushManager,
    sync: { register: async (tag: string) => void told.push(["sync", tag]) },
  };
  const self = {
    addEventListener: (type: string, hear: (event: Said) => void) => heard.set(type, hear),
    registration,
  };
  runInNewContext(WORKER, { self, fetch, location: { origin: "https://talk.example" } });
  const happens = async (said: Omit<Said, "waitUntil">) => {
    let work: Promise<unknown> = Promise.resolve();
    heard.get(said.type)?.({ ...said, waitUntil: (its) => (work = its) });
    await work;
    return told;
  };
  return { happens, subscription };
}

const sent = (endpoint: string) => ["PUT", "/api/v1/devices/here", { endpoint, keys }];
const subscribed = (applicationServerKey: string) => [
  "subscribed",
  { userVisibleOnly: true, applicationServerKey },
];

test("what the browser has renewed is told", async () => {
  const { happens, subscription } = worker([204]);
  const change = { oldSubscription: subscription("old"), newSubscription: subscription("new") };

  expect(await happens({ type: "pushsubscriptionchange", ...change })).toEqual([sent("new")]);
});

test("where it gives no new one, the same key subscribes again", async () => {
  const { happens, subscription } = worker([204]);
  const change = { oldSubscription: subscription("old"), newSubscription: null };

  expect(await happens({ type: "pushsubscriptionchange", ...change })).toEqual([
    subscribed("key of old"),
    sent("new"),
  ]);
});

test("an older browser, which tells nothing, subscribes by the key that the server tells", async () => {
  expect(await worker([200, 204]).happens({ type: "pushsubscriptionchange" })).toEqual([
    ["GET", "/api/v1/wishes"],
    subscribed(KEY),
    sent("new"),
  ]);
});

test("who is not signed in, or may not be shown messages, subscribes to nothing", async () => {
  expect(await worker([403]).happens({ type: "pushsubscriptionchange" })).toEqual([
    ["GET", "/api/v1/wishes"],
  ]);
  const { happens, subscription } = worker([], false);
  const change = { oldSubscription: subscription("old") };

  expect(await happens({ type: "pushsubscriptionchange", ...change })).toEqual([subscribed("key of old")]);
});

test("what nobody switched on here is taken back", async () => {
  const { happens, subscription } = worker([404]);
  const change = { newSubscription: subscription("new") };

  expect(await happens({ type: "pushsubscriptionchange", ...change })).toEqual([
    sent("new"),
    ["unsubscribed", "new"],
  ]);
});

test.each([[[0]], [[503]]])("while the server is away (%s) it is told later", async (answers) => {
  const { happens, subscription } = worker([...answers]);
  const change = { newSubscription: subscription("new") };
  const again = worker([204], true, subscription("new"));

  expect(await happens({ type: "pushsubscriptionchange", ...change })).toEqual([
    sent("new"),
    ["sync", "renew"],
  ]);
  expect(await again.happens({ type: "sync", tag: "another" })).toEqual([]);
  expect(await again.happens({ type: "sync", tag: "renew" })).toEqual([sent("new")]);
});
