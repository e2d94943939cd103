/** What a browser can record, best first: the server takes either. */
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const LONGEST = 600_000;

/** One's own voice, recorded in the browser to answer a question after the room. */
export class Recorder {
  state = $state<"idle" | "asking" | "denied" | "recording" | "done">("idle");
  length = $state(0);
  sound = $state.raw<Blob | null>(null);
  /** Where one hears it before it is sent. */
  url = $state("");
  private machine: MediaRecorder | null = null;
  private timer = 0;
  private gone = false;

  static readonly able = typeof MediaRecorder !== "undefined" && navigator.mediaDevices !== undefined;

  async start(): Promise<void> {
    this.state = "asking";
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) return void (this.state = "denied");
    if (this.gone) return shut(stream);
    this.drop();
    const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    this.machine = new MediaRecorder(stream, kind ? { mimeType: kind } : {});
    const parts: Blob[] = [];
    this.machine.ondataavailable = ({ data }) => parts.push(data);
    this.machine.onstop = () => this.keep(stream, parts);
    const began = performance.now();
    this.machine.start(1000);
    this.timer = window.setInterval(() => {
      this.length = performance.now() - began;
      if (this.length >= LONGEST) this.stop();
    }, 250);
    this.state = "recording";
  }

  stop(): void {
    clearInterval(this.timer);
    if (this.machine?.state === "recording") this.machine.stop();
  }

  /** The page goes on to something else: the microphone is let go. */
  end(): void {
    this.gone = true;
    this.stop();
    this.drop();
  }

  private keep(stream: MediaStream, parts: Blob[]): void {
    shut(stream);
    if (this.gone) return;
    this.sound = new Blob(parts, { type: (this.machine?.mimeType ?? "audio/webm").split(";")[0] ?? "" });
    this.url = URL.createObjectURL(this.sound);
    this.state = "done";
  }

  private drop(): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = "";
    this.sound = null;
    this.length = 0;
  }
}

const shut = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop());
