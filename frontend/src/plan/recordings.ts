import type { Agreed } from "$/groups/api";

export type Rule = Agreed["recording"];

/** Between which ways to be recorded a host can choose, which is chosen, and which is sent: none where nothing was said. */
export function recordings(charter: Pick<Agreed, "recording" | "recordings"> | null) {
  const rules: Rule[] = charter?.recordings ?? ["each", "condition", "off"];
  const sent = (said: Rule | undefined) => (said && rules.includes(said) ? said : undefined);
  return { rules, sent, chosen: (said: Rule | undefined) => sent(said) ?? charter?.recording ?? "each" };
}
