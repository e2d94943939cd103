import { beforeEach, expect, test, vi } from "vitest";
import { Peer } from "./peer";

const OFFER = "v=0\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:63 red/48000/2\r\n";

/** A connection that only remembers its lines. */
class Lines {
  readonly offered: string[] = [];
  connectionState = "new";
  onconnectionstatechange = null;
  sdp = "";

  addTransceiver(kind: string, { direction }: { direction: string }) {
    this.offered.push(`${kind} ${direction}`);
    return { sender: {}, receiver: this.offered.length - 1 };
  }

  createOffer = async () => ({ type: "offer", sdp: OFFER });
  setLocalDescription = async ({ sdp }: { sdp: string }) => void (this.sdp = sdp);
}

let made: Lines;

beforeEach(() => {
  made = new Lines();
  vi.stubGlobal("RTCPeerConnection", function () {
    return made;
  });
});

test("the stage is heard by three voices and the programme; backstage has the last line of sound", async () => {
  const { peer } = await Peer.offer({ up: () => undefined, lost: () => undefined });

  expect(made.offered).toEqual(["audio sendrecv", ...Array(4).fill("audio recvonly"), "video recvonly"]);
  expect([peer.stage, peer.backstage]).toEqual([[0, 1, 2, 3], 4]);
});

test("what the browser offers against loss goes out with the offer", async () => {
  const { sdp } = await Peer.offer({ up: () => undefined, lost: () => undefined });

  expect(sdp).toContain("a=rtpmap:63 red/48000/2\r\n");
  expect(made.sdp).toBe(sdp);
});
