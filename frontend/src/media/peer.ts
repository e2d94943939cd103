import { askingAgain, sparing } from "./sdp";

/** Voice lines: the loudest others on stage. After them comes the programme, one sound of all who speak; last is backstage. */
export const VOICES = 3;
const PROGRAMME = VOICES;
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
  /** By which the stage is heard: either the loudest voices, a line each, or the programme on its own. */
  readonly stage: RTCRtpReceiver[];
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
    const lines = [first.receiver];
    while (lines.length <= BACKSTAGE)
      lines.push(pc.addTransceiver("audio", { direction: "recvonly" }).receiver);
    this.stage = lines.slice(0, PROGRAMME + 1);
    this.backstage = lines[BACKSTAGE] ?? first.receiver;
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
