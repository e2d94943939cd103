import type { Component } from "svelte";
import { t } from "$/i18n/words.svelte";

/** One page of those who run the place: `/admin/{part}`, the overview at `/admin` itself. */
export interface AdminPart {
  part: string;
  name: () => string;
  icon: string;
  load: () => Promise<{ default: Component }>;
}

/** All of them, in the order of their menu; the server answers the same addresses (web/pages.py). */
export const PARTS: AdminPart[] = [
  { part: "", name: () => t("Overview"), icon: "house", load: () => import("./Overview.svelte") },
  { part: "people", name: () => t("People"), icon: "users", load: () => import("./People.svelte") },
  {
    part: "verification",
    name: () => t("Verification"),
    icon: "badge-check",
    load: () => import("./Verification.svelte"),
  },
  { part: "rooms", name: () => t("Rooms"), icon: "radio", load: () => import("./Rooms.svelte") },
  { part: "groups", name: () => t("Groups"), icon: "layers", load: () => import("./Groups.svelte") },
  { part: "reports", name: () => t("Reports"), icon: "flag", load: () => import("./Reports.svelte") },
  { part: "bans", name: () => t("Bans"), icon: "ban", load: () => import("./Bans.svelte") },
  { part: "jobs", name: () => t("Copies"), icon: "package", load: () => import("./Jobs.svelte") },
  { part: "outbox", name: () => t("Outbox"), icon: "mail", load: () => import("./Outbox.svelte") },
  { part: "audit", name: () => t("Audit log"), icon: "text-quote", load: () => import("./Audit.svelte") },
  { part: "settings", name: () => t("Settings"), icon: "settings", load: () => import("./Settings.svelte") },
];

export const addressOf = (part: AdminPart): string => (part.part === "" ? "/admin" : `/admin/${part.part}`);
