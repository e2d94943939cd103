import { describe, expect, it } from "vitest";
import { lack } from "./lack";

const headset = { kind: "audioinput", deviceId: "headset" } as const;
const speaker = { kind: "audiooutput", deviceId: "headset" } as const;

describe("a microphone that ended", () => {
  it.each([
    ["is forbidden where the browser may not listen any more", "denied", [headset], "denied"],
    ["is forbidden where the browser would have to ask again", "prompt", [headset], "denied"],
    ["is unplugged where its device is gone", "granted", [speaker], "unplugged"],
    ["is unplugged where another one is left", "granted", [{ ...headset, deviceId: "desk" }], "unplugged"],
    ["is taken where its device is there", "granted", [headset], "taken"],
    ["is judged by its device where the browser does not say", undefined, [headset], "taken"],
  ] as const)("%s", (_, permission, devices, why) => {
    expect(lack(permission, devices, "headset")).toBe(why);
  });
});
