// What one browser lacks or does otherwise, each by its name, so that it can go when the browser has it.

/** Safari and Firefox for Android cannot choose an output (`setSinkId`); the system's choice stays. */
export const canChooseOutput = (): boolean => "setSinkId" in HTMLMediaElement.prototype;

export async function chooseOutput(element: HTMLMediaElement, device: string): Promise<void> {
  if (canChooseOutput()) await element.setSinkId(device).catch(() => undefined);
}

/** Only https and localhost give pages a microphone; elsewhere `navigator.mediaDevices` is missing. */
export const microphonePossible = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia);

/** Keeps the screen on where the browser can; refused on low battery, which is fine. */
export async function stayAwake(): Promise<() => void> {
  try {
    const lock = await navigator.wakeLock.request("screen");
    return () => void lock.release();
  } catch {
    return () => undefined;
  }
}
