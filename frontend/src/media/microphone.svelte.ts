import { type Lack, lack } from "./lack";
import { louder } from "./levels";
import { microphonePossible } from "./quirks";

export type MicrophoneState = "off" | "asking" | "ready" | "missing" | "in_use" | "insecure" | Lack;

const PLACE = "causerie.microphone";
const REFUSED: Record<string, MicrophoneState> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "in_use",
  AbortError: "in_use",
};

/** The person's own microphone. It is asked for on their press only, and captures nothing while they are muted. */
export class Microphone {
  state = $state<MicrophoneState>("off");
  /** 0..1, while it is being checked or spoken into. */
  level = $state(0);
  /** Something was heard since it began to capture, and when that was. */
  heard = $state(false);
  capturesSince = $state(0);
  devices = $state.raw<MediaDeviceInfo[]>([]);
  chosen = $state(localStorage.getItem(PLACE) ?? "");
  /** Voice processing (echo, noise, gain) is on for a person's voice and off for a mixing desk or music. */
  voice = $state(localStorage.getItem(`${PLACE}.sound`) !== "music");
  track: MediaStreamTrack | null = null;
  /** The device went away, the system took it, or its person forbade it. */
  wentAway: () => void = () => undefined;
  /** It can be had again; it stays shut until its person opens it. */
  cameBack: () => void = () => undefined;
  private lacks: Lack | null = null;
  private context: AudioContext | null = null;
  private meter: ReturnType<typeof setInterval> | undefined;

  constructor() {
    if (microphonePossible())
      navigator.mediaDevices.addEventListener("devicechange", () => void this.plugged());
  }

  /** Ask the browser, within a press. True: there is a microphone, still shut. */
  async open(): Promise<boolean> {
    if (this.track?.readyState === "live" && !this.track.muted) return true;
    this.close();
    if (!microphonePossible()) {
      this.state = "insecure";
      return false;
    }
    this.state = "asking";
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: this.wanted() });
      this.take(stream);
      await this.look();
      return true;
    } catch (fault) {
      this.state = REFUSED[(fault as DOMException).name] ?? "denied";
      return false;
    }
  }

  /** Use another one; sound goes on with it where it was open. */
  async choose(device: string): Promise<boolean> {
    this.chosen = device;
    localStorage.setItem(PLACE, device);
    return this.again();
  }

  async processed(voice: boolean): Promise<boolean> {
    this.voice = voice;
    localStorage.setItem(`${PLACE}.sound`, voice ? "voice" : "music");
    return this.again();
  }

  /** Let it capture, or keep it still. */
  capture(open: boolean): void {
    if (open && !this.capturing) this.begins();
    if (this.track) this.track.enabled = open;
    if (!open) this.level = 0;
  }

  get capturing(): boolean {
    return this.track?.enabled ?? false;
  }

  /** Give it back to the system. */
  close(): void {
    clearInterval(this.meter);
    if (this.track) this.track.onended = this.track.onmute = this.track.onunmute = null;
    this.track?.stop();
    this.track = null;
    void this.context?.close();
    this.context = null;
    this.level = 0;
    this.state = "off";
  }

  private async again(): Promise<boolean> {
    if (this.track === null) return true;
    const open = this.track.enabled;
    this.close();
    const done = await this.open();
    this.capture(open);
    return done;
  }

  private wanted(): MediaTrackConstraints {
    const voice = this.voice;
    return {
      echoCancellation: voice,
      noiseSuppression: voice,
      autoGainControl: voice,
      ...(this.chosen ? { deviceId: { ideal: this.chosen } } : {}),
    };
  }

  private take(stream: MediaStream): void {
    const [track] = stream.getAudioTracks();
    if (track === undefined) throw new DOMException("no sound in it", "NotFoundError");
    this.track = track;
    this.state = "ready";
    this.begins();
    this.lacks = null;
    const device = track.getSettings().deviceId ?? "";
    track.onended = () => void this.ended(device);
    // A phone call takes the microphone without ending its track.
    track.onmute = () => {
      this.capture(false);
      this.away("taken");
    };
    track.onunmute = () => {
      if (this.lacks !== "taken") return;
      this.state = "ready";
      this.back();
    };
    this.measure(stream);
  }

  /** Silent and told at once; why it ended is looked up then. */
  private async ended(device: string): Promise<void> {
    this.close();
    this.away("unplugged");
    const permission = await permitted();
    const why = lack(permission?.state, await navigator.mediaDevices.enumerateDevices(), device);
    if (this.lacks === null) return;
    if (this.state === this.lacks) this.state = why;
    this.lacks = why;
    if (why === "denied" && permission) permission.onchange = () => this.allowed(permission.state);
  }

  private allowed(state: PermissionState): void {
    if (state === "granted" && this.lacks === "denied") this.atHand();
  }

  /** A device came or went: the list shows it, and whoever waited for one has it again. */
  private async plugged(): Promise<void> {
    if (this.track !== null) await this.look();
    const all = await navigator.mediaDevices.enumerateDevices();
    if (this.lacks === "unplugged" && all.some((one) => one.kind === "audioinput")) this.atHand();
  }

  private atHand(): void {
    if (this.state === this.lacks) this.state = "off";
    this.back();
  }

  private back(): void {
    this.lacks = null;
    this.cameBack();
  }

  private begins(): void {
    this.heard = false;
    this.capturesSince = Date.now();
  }

  private away(why: Lack): void {
    this.state = this.lacks = why;
    this.wentAway();
  }

  private measure(stream: MediaStream): void {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.context = context;
    this.meter = setInterval(() => {
      if (!this.track?.enabled) return;
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      this.level = louder(Math.sqrt(power));
      this.heard ||= this.level > 0;
    }, 66);
  }

  private async look(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    this.devices = all.filter((device) => device.kind === "audioinput" && device.deviceId !== "");
    this.chosen = this.track?.getSettings().deviceId ?? this.chosen;
  }
}

/** What the browser has been told about microphones; none where it does not say. */
function permitted(): Promise<PermissionStatus | null> {
  const asked = navigator.permissions?.query({ name: "microphone" as PermissionName });
  return asked?.catch(() => null) ?? Promise.resolve(null);
}
