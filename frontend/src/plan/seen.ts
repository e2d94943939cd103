import { t } from "$/i18n/words.svelte";
import type { RoomView } from "$/live/protocol";

type Visibility = RoomView["visibility"];

/** Whom a room can be for, as its host chooses it. */
export const SEEN: Record<Visibility, () => { name: string; hint: string }> = {
  public: () => ({ name: t("Everyone"), hint: t("It stands on the home page.") }),
  unlisted: () => ({ name: t("Whoever has the link"), hint: t("It stands nowhere else.") }),
  group: () => ({
    name: t("Members of the group"),
    hint: t("They find it in the group; to others it is not there."),
  }),
  invited: () => ({
    name: t("Whom you invite"),
    hint: t("Invite each to listen, to speak or to lead along; to others it is not there."),
  }),
};

/** Whom it is for in this group, where this was chosen: in a private one its members, in none nobody who was not meant. */
export function seenIn(group: { private: boolean } | null, wanted: Visibility): Visibility {
  if (seenBy(group).includes(wanted)) return wanted;
  return group ? "group" : "unlisted";
}

/** What there is to choose: in a private group nobody but members finds anything, in none there are no members. */
export function seenBy(group: { private: boolean } | null): Visibility[] {
  if (group?.private) return ["group", "invited"];
  return group ? ["public", "unlisted", "group", "invited"] : ["public", "unlisted", "invited"];
}
