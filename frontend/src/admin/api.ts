// What those who run the place ask of the JSON API.
import { call } from "$/accounts/api";

export interface Health {
  well: boolean;
  database: { kind: "sqlite" | "postgresql"; well: boolean; waiting: number };
  sound: { well: boolean; connections: number; faults: number };
  disk: { well: boolean; free: number; total: number };
  copies: { making: number; failed: number };
  listening: { rooms: number; people: number };
}

/** A copy or clip that is not made; `share`: how much of it is done. */
export interface Job {
  id: string;
  kind: "copy" | "clip";
  title: string;
  copy: string;
  room: string;
  state: "processing" | "failed";
  since: number | null;
  failed_code: string | null;
  failed_text: string | null;
  again: boolean;
  share: number | null;
}

/** Of a secret there is no value, and `there` says whether it has one. */
export interface Setting {
  name: string;
  value: string | number | boolean | null;
  secret: boolean;
  there: boolean;
  said_in: "default" | "file" | "environment" | "command";
}

/** One use of power; `name` and `of` are what these people are called now, where they are known. */
export interface AuditLine {
  id: string;
  at: number;
  verb: string;
  actor: string;
  name: string | null;
  room: string | null;
  title: string | null;
  subject: string | null;
  of: string | null;
}

export const admin = {
  health: () => call<Health>("GET", "/admin/health"),
  jobs: () => call<Job[]>("GET", "/admin/jobs"),
  tryAgain: (id: string) => call<void>("POST", `/admin/jobs/${encodeURIComponent(id)}/again`),
  settings: () => call<Setting[]>("GET", "/admin/settings"),
  audit: (of: { verb: string; by: string; before: string }) =>
    call<{ lines: AuditLine[]; next: string | null }>("GET", `/admin/audit?${new URLSearchParams(of)}`),
};
