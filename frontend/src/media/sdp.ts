// Small changes to session descriptions that no API makes (RFC 8866; Opus: RFC 7587; feedback: RFC 4585).

const OPUS = /^a=rtpmap:(\d+) opus\/48000/gm;

/** An offer that also asks for lost sound again (NACK), for every Opus payload type. */
export function askingAgain(sdp: string): string {
  return payloadTypes(sdp).reduce((changed, type) => {
    const line = `a=rtcp-fb:${type} nack`;
    if (new RegExp(`^${line}\\r?$`, "m").test(changed)) return changed;
    return changed.replace(new RegExp(`^(a=rtpmap:${type} opus/48000.*\\r?\\n)`, "gm"), `$1${line}\r\n`);
  }, sdp);
}

/** An answer that makes our encoder pause in silence (DTX) and carry the last frame again (in-band FEC). */
export function sparing(sdp: string): string {
  return payloadTypes(sdp).reduce((changed, type) => {
    const line = new RegExp(`^(a=fmtp:${type} )(.*?)(\\r?)$`, "gm");
    return changed.replace(line, (_, head: string, given: string, end: string) => {
      // A playback rate of 0 is no rate: str0m gives it back for Firefox's 48,000.
      const ours = /^\s*(usedtx|useinbandfec|maxplaybackrate)=/;
      const kept = given.split(";").filter((part) => !ours.test(part) && part.trim());
      return `${head}${[...kept, "useinbandfec=1", "usedtx=1"].join(";")}${end}`;
    });
  }, sdp);
}

function payloadTypes(sdp: string): string[] {
  return [...new Set([...sdp.matchAll(OPUS)].map((found) => found[1] ?? ""))].filter(Boolean);
}
