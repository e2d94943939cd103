const PITCHES = [523.25, 783.99];
const LASTS = 0.9;
const SOFT = 0.08;

/** A soft tone: the room one waits for has begun. */
export function chime(): void {
  const context = new AudioContext();
  for (const [n, pitch] of PITCHES.entries()) tone(context, pitch, context.currentTime + n * 0.18);
  setTimeout(() => void context.close(), 2000);
}

function tone(context: AudioContext, pitch: number, at: number): void {
  const string = context.createOscillator();
  const hand = context.createGain();
  string.frequency.value = pitch;
  hand.gain.setValueAtTime(0, at);
  hand.gain.linearRampToValueAtTime(SOFT, at + 0.03);
  hand.gain.exponentialRampToValueAtTime(0.0001, at + LASTS);
  string.connect(hand).connect(context.destination);
  string.start(at);
  string.stop(at + LASTS);
}
