import { t } from "$/i18n/words.svelte";
import type { Charter, Joining, Openers, Records, Role } from "./api";

export const ROLES: Role[] = ["owner", "admin", "moderator", "member"];

export function roleName(role: Role): string {
  const names = { owner: t("owner"), admin: t("admin"), moderator: t("moderator"), member: t("member") };
  return names[role];
}

export function opensName(opens: Openers): string {
  const names = {
    admins: t("Admins"),
    moderators: t("Admins and moderators"),
    members: t("Every member"),
    everybody: t("Everybody who may open rooms here"),
  };
  return names[opens];
}

export function recordingName(recording: Charter["recording"]): string {
  const names = {
    off: t("Nobody is recorded, unless the host says otherwise"),
    each: t("Each is asked, unless the host says otherwise"),
    condition: t("A yes is the condition of speaking, unless the host says otherwise"),
  };
  return names[recording];
}

export function recordsName(records: Records): string {
  const names = {
    may: t("As each host decides"),
    must: t("Every room, from beginning to end"),
    never: t("No room"),
  };
  return names[records];
}

/** How rooms are recorded, in one sentence. */
export function recordedName({ records, recording }: Pick<Charter, "records" | "recording">): string {
  if (records === "never") return t("No room of this group is recorded");
  if (records === "may") return recordingName(recording);
  return recording === "condition"
    ? t("Every room is recorded; a yes is the condition of speaking, unless the host asks each")
    : t("Every room is recorded; each is asked, unless the host says otherwise");
}

export function joiningName(joining: Joining): string {
  const names = {
    open: t("Everybody joins by themselves"),
    request: t("Who asks is answered"),
    invited: t("By invitation alone"),
  };
  return names[joining];
}

/** A handle that a name suggests: what of it is Latin, with single hyphens. */
export function suggested(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 30)
    .replace(/-+$/, "");
}
