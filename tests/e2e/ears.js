// Put into every page before its own code: a microphone that is a pure tone, and ears that tell which tones arrive.
(() => {
  const settings = window.__tone ?? { hz: 0 };
  const peers = [];
  const tracks = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given);
      peers.push(this);
      this.addEventListener("track", (event) => tracks.push(event.track));
    }
  };

  // What the page plays by itself: its audio elements, which the browser may refuse to start.
  const players = [];
  window.Audio = new Proxy(window.Audio, {
    construct(native, given) {
      const player = new native(...given);
      players.push(player);
      return player;
    },
  });

  let context = null;
  const open = () => (context ??= new AudioContext({ sampleRate: 48000 }));

  // The microphone: getUserMedia with sound gives a tone of this page's own pitch. `asked` counts the prompts.
  const asked = [];
  const given = [];
  const mouths = [];
  const real = navigator.mediaDevices?.getUserMedia?.bind(navigator.mediaDevices);
  const several = Object.keys(settings.microphones ?? {});
  if (several.length > 0) {
    navigator.mediaDevices.enumerateDevices = async () =>
      several.map((name) => ({ kind: "audioinput", deviceId: name, groupId: "", label: name }));
  }
  if (real && settings.hz > 0) {
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      asked.push(performance.timeOrigin + performance.now());
      if (settings.denied) throw new DOMException("denied by the test", "NotAllowedError");
      const name = several.find((one) => one === wanted.audio.deviceId?.ideal) ?? several[0];
      const out = open().createMediaStreamDestination();
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.frequency.value = settings.microphones?.[name] ?? settings.hz;
      gain.gain.value = 0.3;
      tone.connect(gain).connect(out);
      tone.start();
      mouths.push(gain);
      context.resume();
      const [track] = out.stream.getAudioTracks();
      if (name) track.getSettings = () => ({ deviceId: name });
      given.push(track);
      return out.stream;
    };
  }

  // The ears: an analyser a received track, looked at every 20 ms; what was loud at which pitch is kept with its time.
  const listening = new Map();
  const size = 4096;
  const log = [];
  const look = () => {
    for (const track of tracks) {
      if (track.kind !== "audio" || track.readyState !== "live" || listening.has(track)) continue;
      const analyser = open().createAnalyser();
      analyser.fftSize = size;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      listening.set(track, { analyser, bins: new Float32Array(analyser.frequencyBinCount) });
    }
    if (context?.state === "suspended") context.resume();
  };
  const loud = (hz, only = null) => {
    let most = -200;
    for (const [track, { analyser, bins }] of listening) {
      if (track.readyState !== "live" || only?.includes(track) === false) continue;
      analyser.getFloatFrequencyData(bins);
      const bin = Math.round((hz * size) / 48000);
      for (let i = bin - 1; i <= bin + 1; i++) most = Math.max(most, bins[i]);
    }
    return most;
  };
  // What comes out of the loudspeaker: of each player that plays and is not turned down, live or from a file.
  const files = new Map();
  const streamOf = (player) => {
    if (player.srcObject) return player.srcObject;
    if (!files.has(player)) files.set(player, player.captureStream());
    return files.get(player);
  };
  const played = (pitches, floor = -55) => {
    const open = players.filter((player) => !player.paused && !player.muted && player.volume > 0.02);
    const sounding = open.flatMap((player) => streamOf(player).getAudioTracks());
    tracks.push(...sounding.filter((track) => !tracks.includes(track)));
    return pitches.filter((hz) => loud(hz, sounding) > floor);
  };
  let watched = [];
  setInterval(() => {
    look();
    if (watched.length === 0) return;
    log.push([performance.timeOrigin + performance.now(), ...watched.map((hz) => loud(hz))]);
    if (log.length > 30000) log.shift();
  }, 20);

  // What leaves this page: tracks at its senders, and packets of sound so far.
  const living = () => peers.filter((peer) => peer.connectionState !== "closed");
  const sending = () => living().flatMap((peer) => peer.getSenders()).filter((sender) => sender.track !== null).length;
  const sent = async () => {
    const reports = await Promise.all(living().map((peer) => peer.getStats()));
    const flows = reports.flatMap((report) => [...report.values()]).filter((one) => one.type === "outbound-rtp");
    return flows.reduce((all, one) => all + one.packetsSent, 0);
  };

  window.__ears = {
    peers,
    asked,
    // Say the tone from this moment on, or be quiet; gives the moment.
    say: (loud) => {
      for (const mouth of mouths) mouth.gain.value = loud ? 0.3 : 0;
      return performance.timeOrigin + performance.now();
    },
    playing: () => players.filter((player) => !player.paused && player.srcObject?.active).length,
    held: () => given.filter((track) => track.readyState === "live").length,
    sending,
    sent,
    watch: (pitches) => { watched = pitches; },
    played,
    heard: (pitches, floor = -55) => pitches.filter((hz) => loud(hz) > floor),
    loudness: (hz) => loud(hz),
    since: (moment) => log.filter(([at]) => at >= moment),
    now: () => performance.timeOrigin + performance.now(),
    state: () => context?.state ?? "none",
  };
})();
