/** Why a microphone that was there is gone: a call has it, its plug is out, or its person forbade it. */
export type Lack = "taken" | "unplugged" | "denied";

/** Why a microphone ended, by what the browser may do and which devices there still are. */
export function lack(
  permission: PermissionState | undefined,
  devices: readonly Pick<MediaDeviceInfo, "kind" | "deviceId">[],
  device: string,
): Lack {
  if (permission !== undefined && permission !== "granted") return "denied";
  const there = devices.some((one) => one.kind === "audioinput" && one.deviceId === device);
  return there ? "taken" : "unplugged";
}
