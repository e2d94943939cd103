/** How loud each speaker number is on our own lines, 0..1: the packets carry the number as CSRC (RFC 3550, 5.1). */
export class Levels {
  private readonly seen = new WeakMap<RTCRtpReceiver, number>();

  read(lines: RTCRtpReceiver[]): Map<number, number> {
    const found = new Map<number, number>();
    for (const receiver of lines) {
      const [latest] = receiver.getContributingSources().sort((a, b) => b.timestamp - a.timestamp);
      const [heard] = receiver.getSynchronizationSources();
      if (latest === undefined || heard === undefined || this.seen.get(receiver) === latest.rtpTimestamp)
        continue;
      this.seen.set(receiver, latest.rtpTimestamp);
      const loud = louder(heard.audioLevel ?? 0.1);
      if (loud > 0.05) found.set(latest.source, Math.max(loud, found.get(latest.source) ?? 0));
    }
    return found;
  }
}

/** Linear level to what a ring shows: −50 dB is nothing, −10 dB is full. */
export function louder(level: number): number {
  const db = 20 * Math.log10(Math.max(level, 1e-6));
  return Math.min(1, Math.max(0, (db + 50) / 40));
}
