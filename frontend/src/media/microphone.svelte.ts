import { louder } from "./levels";
import { microphonePossible } from "./quirks";

export type MicrophoneState =
  "off" | "asking" | "ready" | "denied" | "missing" | "in_use" | "insecure" | "away";

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
  /** The device went away, or the system took it. */
  wentAway: () => void = () => undefined;
  /** The system gives it back; it stays shut until its person opens it. */
  cameBack: () => void = () => undefined;
  private context: AudioContext | null = null;
  private meter: ReturnType<typeof setInterval> | undefined;

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
    track.onended = () => {
      this.close();
      this.away();
    };
    // A phone call takes the microphone without ending its track.
    track.onmute = () => {
      this.capture(false);
      this.away();
    };
    track.onunmute = () => {
      if (this.state !== "away") return;
      this.state = "ready";
      this.cameBack();
    };
    this.measure(stream);
  }

  private begins(): void {
    this.heard = false;
    this.capturesSince = Date.now();
  }

  private away(): void {
    this.state = "away";
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
