import { expect, test } from "vitest";
import { askingAgain, sparing } from "./sdp";

const CHROMIUM =
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\n";
const FIREFOX =
  "m=audio 9 UDP/TLS/RTP/SAVPF 109\r\na=fmtp:109 maxplaybackrate=0;stereo=0;useinbandfec=1\r\na=rtpmap:109 opus/48000/2\r\n";

test("lost sound is asked for again on every Opus line, by whichever number it has", () => {
  const offer = askingAgain(CHROMIUM + FIREFOX + CHROMIUM);
  expect(offer.match(/a=rtcp-fb:111 nack\r\n/g)).toHaveLength(2);
  expect(offer.match(/a=rtcp-fb:109 nack\r\n/g)).toHaveLength(1);
  expect(offer).not.toContain("rtcp-fb:63");
});

test("a copy of what came before (RED) stays on offer, after Opus, on every line one hears by", () => {
  const offer = askingAgain(CHROMIUM + CHROMIUM);

  expect(offer.match(/^m=audio .* 111 63\r$/gm)).toHaveLength(2);
  expect(offer.match(/^a=rtpmap:63 red\/48000\/2\r$/gm)).toHaveLength(2);
});

test("asking twice says it once", () => {
  expect(askingAgain(askingAgain(CHROMIUM))).toBe(askingAgain(CHROMIUM));
});

test("the encoder pauses in silence and repairs, and a playback rate of 0 is dropped", () => {
  expect(sparing(CHROMIUM)).toContain("a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n");
  expect(sparing(FIREFOX)).toContain("a=fmtp:109 stereo=0;useinbandfec=1;usedtx=1\r\n");
});
