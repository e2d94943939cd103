import { t } from "$/i18n/words.svelte";
import type { Deed } from "./api";

/** What was done, as a sentence. */
export function told(deed: Deed): string {
  const [by, to] = [deed.by ?? "causerie", deed.to ?? t("somebody")];
  const said: Record<string, () => string> = {
    "group.found": () => t("{by} founded the group.", { by }),
    "group.edit": () => t("{by} changed what the group is called or how it is joined.", { by }),
    "group.charter": () => t("{by} changed the charter.", { by }),
    "group.cover": () => t("{by} changed the cover.", { by }),
    "group.join": () => t("{by} joined.", { by }),
    "group.leave": () => t("{by} left.", { by }),
    "group.let_in": () => t("{by} let {to} in.", { by, to }),
    "group.decline": () => t("{by} declined {to}.", { by, to }),
    "group.invite": () => t("{by} made an invitation.", { by }),
    "group.uninvite": () => t("{by} took an invitation back.", { by }),
    "group.make_admin": () => t("{by} made {to} an admin.", { by, to }),
    "group.make_moderator": () => t("{by} made {to} a moderator.", { by, to }),
    "group.make_member": () => t("{by} made {to} a member as all others.", { by, to }),
    "group.remove": () => t("{by} removed {to}.", { by, to }),
    "group.ban": () => t("{by} banned {to}.", { by, to }),
    "group.unban": () => t("{by} undid the ban of {to}.", { by, to }),
    "group.offer": () => t("{by} offered the group to {to}.", { by, to }),
    "group.accept": () => t("{by} took the group over.", { by }),
    "group.not_accepted": () => t("{by} ended the offer to {to}.", { by, to }),
    "group.delete": () => t("{by} had the group deleted in a week.", { by }),
    "group.undelete": () => t("{by} kept the group.", { by }),
    "room.start": () => t("{by} went live.", { by }),
    "room.end": () => t("{by} ended the room.", { by }),
    "room.cancel": () => t("{by} cancelled the room.", { by }),
    "room.lock": () => t("{by} locked the room.", { by }),
    "room.unlock": () => t("{by} unlocked the room.", { by }),
    "room.remove": () => t("{by} removed {to}.", { by, to }),
    "room.ban": () => t("{by} banned {to}.", { by, to }),
    "room.unban": () => t("{by} undid the ban of {to}.", { by, to }),
    "room.raid": () => t("{by} pressed the raid button.", { by }),
    "stage.mute": () => t("{by} muted {to}.", { by, to }),
    "stage.mute_all": () => t("{by} muted everybody.", { by }),
    "stage.move_down": () => t("{by} moved {to} to the audience.", { by, to }),
    "recording.start": () => t("{by} began to record.", { by }),
    "recording.stop": () => t("{by} stopped the recording.", { by }),
    "role.give": () => t("{by} gave {to} a part in leading the room.", { by, to }),
    "role.take": () => t("{by} took back the part of {to} in leading the room.", { by, to }),
    "report.done": () => t("{by} dealt with a report.", { by }),
  };
  return said[deed.verb]?.() ?? `${by}: ${deed.verb}${deed.to ? ` (${deed.to})` : ""}`;
}
