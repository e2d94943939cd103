import { askingAgain, sparing } from "./sdp";

/** Voice lines: the loudest others on stage. After them one line is kept for the programme; the last is backstage. */
export const VOICES = 3;
const BACKSTAGE = VOICES + 1;

export interface PeerEars {
  /** The connection stands: sound can pass both ways. */
  up(): void;
  /** It does not come back by itself. */
  lost(): void;
}

const GIVEN_UP = 4000;

/**
 * One connection to the media core: five audio lines and a place for one picture, all negotiated once.
 *
 * Line 1 is `sendrecv` without a track from the start; going on stage is `replaceTrack`, without a new description.
 * Recovery is a new `Peer`; this one is closed when the new one is up.
 */
export class Peer {
  readonly voices: RTCRtpReceiver[] = [];
  readonly backstage: RTCRtpReceiver;
  private readonly microphone: RTCRtpSender;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  private constructor(
    private readonly pc: RTCPeerConnection,
    private readonly ears: PeerEars,
  ) {
    const first = pc.addTransceiver("audio", { direction: "sendrecv" });
    this.microphone = first.sender;
    this.voices.push(first.receiver);
    let last = first.receiver;
    for (let line = 1; line <= BACKSTAGE; line++) {
      last = pc.addTransceiver("audio", { direction: "recvonly" }).receiver;
      if (line < VOICES) this.voices.push(last);
    }
    this.backstage = last;
    pc.addTransceiver("video", { direction: "recvonly" });
    pc.onconnectionstatechange = () => this.changed();
  }

  /** A new connection and its offer. Nothing waits for candidates: the server learns ours from our first check. */
  static async offer(ears: PeerEars): Promise<{ peer: Peer; sdp: string }> {
    const pc = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    const peer = new Peer(pc, ears);
    const plain = await pc.createOffer();
    const sdp = askingAgain(plain.sdp ?? "");
    try {
      await pc.setLocalDescription({ type: "offer", sdp });
    } catch {
      await pc.setLocalDescription(plain);
    }
    return { peer, sdp };
  }

  /** Take the server's answer; `up` or `lost` follows. */
  async answer(sdp: string): Promise<void> {
    if (this.closed) return;
    await this.pc.setRemoteDescription({ type: "answer", sdp: sparing(sdp) });
    this.patience = setTimeout(() => this.lose(), 2 * GIVEN_UP);
    this.changed();
  }

  /** Send this microphone, or nothing. */
  async speak(track: MediaStreamTrack | null): Promise<void> {
    if (!this.closed) await this.microphone.replaceTrack(track);
  }

  get isUp(): boolean {
    return !this.closed && this.pc.connectionState === "connected";
  }

  /** How many packets of sound have left here. */
  async sent(): Promise<number> {
    let all = 0;
    (await this.pc.getStats()).forEach((one) => {
      if (one.type === "outbound-rtp") all += one.packetsSent ?? 0;
    });
    return all;
  }

  statistics(): Promise<RTCStatsReport> {
    return this.pc.getStats();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.patience);
    this.pc.onconnectionstatechange = null;
    this.pc.close();
  }

  private changed(): void {
    if (this.closed) return;
    switch (this.pc.connectionState) {
      case "connected":
        clearTimeout(this.patience);
        this.patience = undefined;
        this.ears.up();
        break;
      case "disconnected":
        this.patience ??= setTimeout(() => this.lose(), GIVEN_UP);
        break;
      case "failed":
        this.lose();
        break;
    }
  }

  private lose(): void {
    clearTimeout(this.patience);
    this.patience = undefined;
    if (!this.closed && !this.isUp) this.ears.lost();
  }
}
