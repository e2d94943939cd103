import { expect, test } from "vitest";
import { routeOf } from "./router.svelte";

test.each([
  ["/", { page: "home" }],
  ["/r/demo", { page: "room", room: "demo" }],
  ["/r/caf%C3%A9", { page: "room", room: "café" }],
  ["/r/demo/screen", { page: "screen", room: "demo" }],
  ["/r/demo/screen/x", { page: "lost" }],
  ["/in/abc", { page: "sign-in", token: "abc" }],
  ["/s/abc", { page: "speaker", token: "abc" }],
  ["/c/abc", { page: "copy", copy: "abc" }],
  ["/c/abc/d", { page: "lost" }],
  ["/a/abc", { page: "lost" }],
  ["/groups", { page: "groups" }],
  ["/g/loire", { page: "group", handle: "loire" }],
  ["/g/loire/feed.xml", { page: "lost" }],
  ["/i/abc", { page: "invitation", token: "abc" }],
  ["/plan", { page: "plan" }],
  ["/admin/", { page: "admin", part: "" }],
  ["/admin/people", { page: "admin", part: "people" }],
  ["/admin/people/x", { page: "lost" }],
  ["/settings", { page: "settings" }],
  ["/rules", { page: "paper", paper: "rules" }],
  ["/@ada_b", { page: "person", handle: "ada_b" }],
  ["/@ada_b/answers", { page: "person-answers", handle: "ada_b" }],
  ["/@/answers", { page: "lost" }],
  ["/@", { page: "lost" }],
  ["/@ada/rooms", { page: "lost" }],
  ["/r", { page: "lost" }],
  ["/r/a/b", { page: "lost" }],
  ["/r/..%2fadmin", { page: "lost" }],
  ["/r/%E0%A4%A", { page: "room", room: "%E0%A4%A" }],
  ["/nowhere", { page: "lost" }],
])("%s", (path, route) => {
  expect(routeOf(path)).toEqual(route);
});
