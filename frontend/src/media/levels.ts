/**
 * How loud each speaker number is on our own lines, 0..1: the packets carry the numbers as CSRC (RFC 3550, 5.1), a voice
 * its one, the programme all that sound in it. Those of one packet share its level.
 */
export class Levels {
  private readonly seen = new WeakMap<RTCRtpReceiver, number>();

  read(lines: RTCRtpReceiver[]): Map<number, number> {
    const found = new Map<number, number>();
    for (const receiver of lines) {
      const sources = receiver.getContributingSources().sort((a, b) => b.timestamp - a.timestamp);
      const [latest] = sources;
      const [heard] = receiver.getSynchronizationSources();
      if (latest === undefined || heard === undefined || this.seen.get(receiver) === latest.rtpTimestamp)
        continue;
      this.seen.set(receiver, latest.rtpTimestamp);
      const loud = louder(heard.audioLevel ?? 0.1);
      if (loud <= 0.05) continue;
      for (const { source, rtpTimestamp } of sources)
        if (rtpTimestamp === latest.rtpTimestamp) found.set(source, Math.max(loud, found.get(source) ?? 0));
    }
    return found;
  }
}

/** Linear level to what a ring shows: −50 dB is nothing, −10 dB is full. */
export function louder(level: number): number {
  const db = 20 * Math.log10(Math.max(level, 1e-6));
  return Math.min(1, Math.max(0, (db + 50) / 40));
}
