import { chooseOutput } from "./quirks";

const PITCHES = [660, 880, 1320];
const LOUD = 0.25;
const LASTS = 300;
const PAUSE = 300;
/** So much more of a tone while it plays than before, and so much of it at all, is no chance (decibels). */
const MORE = 12;
const AT_LEAST = -75;

/** How much of one tone the microphone gave before it was played, and while it was. */
export interface Pip {
  before: number;
  during: number;
}

/** What is played comes back where most of the tones do; a word said meanwhile covers one of them, not two. */
export function echoes(pips: Pip[]): boolean {
  const back = pips.filter(({ before, during }) => during > AT_LEAST && during - before > MORE);
  return back.length * 2 > pips.length;
}

/** Play three tones through this device and look whether the microphone, as others would hear it, gives them back. A stop is silent at once. */
export async function comesBack(
  track: MediaStreamTrack,
  output: string,
  stop: AbortSignal,
): Promise<boolean> {
  const context = new AudioContext();
  const player = new Audio();
  const hush = () => player.pause();
  stop.addEventListener("abort", hush);
  try {
    const ear = context.createAnalyser();
    ear.fftSize = 4096;
    ear.smoothingTimeConstant = 0;
    context.createMediaStreamSource(new MediaStream([track])).connect(ear);
    const mouth = context.createMediaStreamDestination();
    player.srcObject = mouth.stream;
    await chooseOutput(player, output);
    await player.play();
    const pips: Pip[] = [];
    for (const hz of PITCHES) {
      stop.throwIfAborted();
      pips.push(await pip(context, ear, mouth, hz));
    }
    stop.throwIfAborted();
    return echoes(pips);
  } finally {
    stop.removeEventListener("abort", hush);
    hush();
    player.srcObject = null;
    void context.close();
  }
}

async function pip(context: AudioContext, ear: AnalyserNode, mouth: AudioNode, hz: number): Promise<Pip> {
  await passed(PAUSE);
  const before = level(context, ear, hz);
  const string = context.createOscillator();
  const hand = context.createGain();
  string.frequency.value = hz;
  hand.gain.value = LOUD;
  string.connect(hand).connect(mouth);
  string.start();
  await passed(LASTS);
  const during = level(context, ear, hz);
  string.stop();
  return { before, during };
}

function level(context: AudioContext, ear: AnalyserNode, hz: number): number {
  const bins = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(bins);
  const at = Math.round((hz * ear.fftSize) / context.sampleRate);
  return Math.max(...bins.slice(at - 1, at + 2));
}

const passed = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
