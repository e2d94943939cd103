/** Time on an answer's page, which has none of the page's other code. */

const RATES = [1, 1.25, 1.5, 2, 0.75];

/** 3:07, or 1:02:09. */
export function clock(seconds: number): string {
  const all = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all / 60) % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

/** The next of the speeds one can hear at. */
export function rateAfter(rate: number): number {
  return RATES[(RATES.indexOf(rate) + 1) % RATES.length] ?? 1;
}

/** Which paragraph is being said, of those that begin at these moments; none before the first. */
export function following(begins: readonly number[], now: number): number {
  return begins.findLastIndex((at) => at <= now);
}
