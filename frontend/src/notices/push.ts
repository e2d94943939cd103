// This browser and push: whether it takes messages, and how that is switched.

import { notices } from "./api";

export const able = (): boolean => "serviceWorker" in navigator && "PushManager" in globalThis;

/** What a browser wants of our key: its bytes. */
export function bytes(key: string): Uint8Array<ArrayBuffer> {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export async function subscribed(): Promise<PushSubscription | null> {
  const worker = able() ? await navigator.serviceWorker.getRegistration() : undefined;
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** Ask the browser, then tell the server; whether it is on. What the browser refuses stays off. */
export async function switchOn(key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const worker = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  const made = await worker.pushManager.subscribe(wanted);
  const { endpoint, keys } = made.toJSON();
  try {
    await notices.addDevice({
      endpoint: endpoint ?? "",
      keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" },
    });
  } catch (why) {
    await made.unsubscribe();
    throw why;
  }
  return true;
}

export async function switchOff(): Promise<void> {
  const there = await subscribed();
  if (!there) return;
  await notices.removeDevice(there.endpoint);
  await there.unsubscribe();
}
