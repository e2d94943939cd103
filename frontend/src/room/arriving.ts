import { t } from "$/i18n/words.svelte";
import type { RoomSession } from "./session.svelte";

const WATCHED = 2000;

/** *I hear nothing*: look where the sound stops, say what to do, and tell the hosts unless nobody speaks. */
export async function arriving(room: RoomSession): Promise<string> {
  const found = await looked(room);
  room.hearsNothing(found !== quiet());
  return found;
}

const quiet = () => t("Nobody is speaking just now.");

async function looked(room: RoomSession): Promise<string> {
  const { peer, sound, way } = room.hearing;
  if (sound === "off") return t("The sound is off here. Turn it on.");
  if (sound === "blocked") return t("Your browser plays no sound until you press Tap to listen.");
  if (way === "stream" && sound === "playing")
    return t(
      "The stream arrives here, about 10 s later. Look at the volume of this device and which speaker it plays to.",
    );
  if (!peer?.isUp)
    return t("The sound cannot reach you just now; it is being tried again. Another network may help.");
  const before = await packets(peer);
  await new Promise((done) => setTimeout(done, WATCHED));
  const came = (await packets(peer)) - before;
  if (came > 0)
    return t("Sound arrives here. Look at the volume of this device and which speaker it plays to.");
  const speaks = room.state?.speaking.length ?? 0;
  return speaks > 0 ? t("Somebody speaks, but nothing arrives. Leave and come in again.") : quiet();
}

async function packets(peer: { statistics(): Promise<RTCStatsReport> }): Promise<number> {
  let all = 0;
  (await peer.statistics()).forEach((one) => {
    if (one.type === "inbound-rtp") all += one.packetsReceived ?? 0;
  });
  return all;
}
