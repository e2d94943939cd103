// One's own account over the JSON API; loaded only by the pages that need it.
import type { Paper } from "./papers";
import { call, type Check, Fault, type Me, type RoomCard } from "./api";

export interface Passkey {
  id: string;
  name: string;
  made_at: number;
  used_at: number | null;
}

export interface Ways {
  passkeys: Passkey[];
  emails: { id: string; address: string; confirmed_at: number }[];
  password: boolean;
}

export interface SignedIn {
  id: string;
  device: string;
  since: number;
  until: number;
  here: boolean;
}

/** What was proved: by a record in the DNS or a file, and when. */
export interface Proof {
  domain: string;
  way: "record" | "file" | null;
  proved_at: number | null;
  looked_at: number | null;
}

/** One's own, with what waits and what was lost; `where`: what has to stand where. */
export interface OwnProof extends Proof {
  id: string;
  failing_since: number | null;
  lost_at: number | null;
  where: { record: string; file: string; says: string };
}

export interface Profile {
  id: string;
  name: string;
  handle: string | null;
  portrait: string | null;
  bio: string;
  links: string[];
  languages: string[];
  proofs: Proof[];
  checks: Pick<Check, "note" | "checked_at">[];
}

/** Somebody's page: what they host now and soon, how many rooms they held and answers were given there, how many follow
 *  them, and whether one does. */
export type Shown = Profile & {
  rooms: RoomCard[];
  held: number;
  answers: number;
  followers: number;
  followed: boolean;
};
export type OwnProfile = Omit<Profile, "proofs"> & { proofs: OwnProof[] };
export type Said = Pick<Profile, "name" | "handle" | "bio" | "links" | "languages">;

/** What one asked those who run the place to check; `again_at`: from when on one may ask anew after a no. */
export interface OwnCheckRequest {
  request: { text: string; at: number; declined_at: number | null; reason: string } | null;
  again_at: number | null;
}

/** Somebody whom one has blocked. */
export interface Blocked {
  id: string;
  name: string;
  portrait: string | null;
  since: number;
}

/** Somebody one follows. */
export type Followed = Omit<Blocked, "since">;

/** All that is kept of oneself, as a file: none yet, on its way, or there until a moment. */
export type OwnExport =
  | { state: "none" }
  | { state: "making"; asked_at: number }
  | { state: "ready"; asked_at: number; until: number; bytes: number; link: string };

/** What goes with one's account; `groups` have to be handed on first, `sign_in_again`: one has to show that it is oneself. */
export interface WouldGo {
  rooms_to_come: number;
  live: boolean;
  copies: number;
  groups: string[];
  sign_in_again: boolean;
}

const at = encodeURIComponent;

export const account = {
  profileOf: (handle: string) => call<Shown>("GET", `/profiles/${at(handle)}`),
  profile: () => call<OwnProfile>("GET", "/me/profile"),
  say: (said: Said) => call<void>("PUT", "/me/profile", said),
  show: (picture: string) => call<{ portrait: string }>("PUT", "/me/picture", { picture }),
  hidePicture: () => call<void>("DELETE", "/me/picture"),
  prove: (domain: string) => call<OwnProof>("POST", "/me/proofs", { domain }),
  look: (id: string) => call<OwnProof>("POST", `/me/proofs/${at(id)}/look`),
  takeOff: (id: string) => call<void>("DELETE", `/me/proofs/${at(id)}`),
  checkRequest: () => call<OwnCheckRequest>("GET", "/me/check-request"),
  askCheck: (text: string) => call<void>("POST", "/me/check-request", { text }),
  takeCheckBack: () => call<void>("DELETE", "/me/check-request"),
  newPapers: () => call<{ papers: Partial<Record<Paper, string>> }>("GET", "/me/papers"),
  acceptPapers: (papers: Partial<Record<Paper, string>>) => call<void>("PUT", "/me/papers", { papers }),
  ways: () => call<Ways>("GET", "/me/ways-in"),
  renamePasskey: (id: string, name: string) => call<void>("PUT", `/passkeys/${at(id)}`, { name }),
  removePasskey: (id: string) => call<void>("DELETE", `/me/passkeys/${at(id)}`),
  addEmail: (address: string) => call<void>("POST", "/me/emails", { address }),
  confirmEmail: (token: string) => call<void>("POST", "/me/emails/confirm", { token }),
  removeEmail: (id: string) => call<void>("DELETE", `/me/emails/${at(id)}`),
  setPassword: (password: string, now: string) => call<void>("PUT", "/me/password", { password, now }),
  forgetPassword: () => call<void>("DELETE", "/me/password"),
  sessions: () => call<SignedIn[]>("GET", "/me/sessions"),
  end: (id: string) => call<void>("DELETE", `/me/sessions/${at(id)}`),
  endAll: () => call<void>("DELETE", "/me/sessions"),
  export: () => call<OwnExport>("GET", "/me/export"),
  askExport: () => call<void>("POST", "/me/export"),
  wouldGo: () => call<WouldGo>("GET", "/me/deletion"),
  leave: (name: string) => call<void>("POST", "/me/deletion", { name }),
  blocked: () => call<Blocked[]>("GET", "/me/blocks"),
  followed: () => call<Followed[]>("GET", "/following"),
  letBe: (id: string) => call<void>("DELETE", `/me/blocks/${at(id)}`),
  sendLink: (address: string) => call<void>("POST", "/email-links", { address }),
  byPassword: (name: string, password: string) =>
    call<Me>("POST", "/sign-in-by-password", { name, password }),
};

/** Make a passkey with this device: an account for who has none yet, one more way in for who has. */
export async function makePasskey(name?: string): Promise<Me> {
  const options = await call<PublicKeyCredentialCreationOptionsJSON>("POST", "/passkeys/options", {
    name: name ?? null,
  });
  const made = await asked(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  );
  return call<Me>("POST", "/passkeys", { credential: made });
}

/** Sign in with any passkey of this place that the device has. */
export async function usePasskey(): Promise<Me> {
  const options = await call<PublicKeyCredentialRequestOptionsJSON>("POST", "/passkeys/sign-in/options");
  const signed = await asked(() =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  );
  return call<Me>("POST", "/passkeys/sign-in", { credential: signed });
}

/** Whoever presses *Cancel* on their device has done nothing wrong. */
async function asked(what: () => Promise<Credential | null>): Promise<unknown> {
  try {
    return ((await what()) as PublicKeyCredential).toJSON();
  } catch {
    throw new Fault("passkey.cancelled", "No passkey was used. Try again, or come in another way.");
  }
}

/** A file as the server takes it. */
export function asText(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => failed(new Fault("file", "This file cannot be read."));
    reader.readAsDataURL(file);
  });
}
