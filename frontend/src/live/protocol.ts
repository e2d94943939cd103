// Written by causerie.live.typescript from live/protocol. Change it there, then run `make types`.
export const QUESTION_MIN = 2;
export const QUESTION_MAX = 255;
export const NOTE_MAX = 120;
export const PIN_MAX = 200;
export const TOPIC_MAX = 100;
export const AGENDA_MAX = 20;
export const LINK_MAX = 500;
export const REASON_MAX = 200;
export const CAPTION_MAX = 200;
export const NAME_MAX = 60;
export const SDP_MAX = 65536;
export const CONSENT_WORDS = 2;
export const ROOM_LASTS = 21600000;

/** The one line that hosts hold up to everybody, with a link where there is one. */
export interface Pin {
  text: string;
  link: string | null;
  at: number;
}

/** React to what is said; at most once a second. The room hears how many did, with the tick. */
export interface React {
  id: string;
  do: "react";
  kind: "clap" | "fire" | "heart" | "laugh" | "surprise" | "thumbs_up";
}

/** Pin one line for everybody; it takes the place of the one before. */
export interface RoomPin {
  id: string;
  do: "room.pin";
  text: string;
  link?: string | null;
}

/** Take the pinned line down. */
export interface RoomUnpin {
  id: string;
  do: "room.unpin";
}

/** One line is pinned, or none any more. Pages announce it once. */
export interface RoomPinned {
  is: "room.pinned";
  pin: Pin | null;
}

/** Somebody who is here by name. `stepped_forward`: on stage, with a hand up, or with a question of theirs. */
export interface Present {
  person: string;
  name: string;
  guest: boolean;
  stepped_forward: boolean;
}

/** Say that one hears nothing, or hears again; a page does so by itself where packets come and nothing plays. */
export interface SoundSilent {
  id: string;
  do: "sound.silent";
  on: boolean;
}

/** Ask who is here, a hundred at a time from `skip` on; the answer is an `audience` frame. For hosts always, for everybody where the room has a visible list. */
export interface AudiencePage {
  id: string;
  do: "audience.page";
  skip?: number;
}

/** So many hear nothing; told at most every five seconds. */
export interface SilenceCounted {
  is: "silence.counted";
  silent: number;
}

/** The answer to `audience.page`: people by name in the order of the alphabet, all that there are, and how many are here without a name or by other programs. */
export interface AudienceList {
  type: "audience";
  id: string;
  people: Array<Present>;
  named: number;
  nameless: number;
}

/** Somebody backstage, seen by hosts and screeners only, and what these pass on about them. */
export interface Guest {
  person: string;
  name: string;
  number: number;
  since: number;
  muted: boolean;
  here: boolean;
  topic: string | null;
  note: string | null;
  ready: boolean;
}

/** Oneself backstage: since when, one's microphone, what one wants to speak about, and whether one is ready. */
export interface OwnBackstage {
  since: number;
  muted: boolean;
  topic: string | null;
  ready: boolean;
}

/** Bring somebody from backstage on air, with their microphone as they left it. */
export interface StagePutOnAir {
  id: string;
  do: "stage.put_on_air";
  person: string;
}

/** Hold (`on`) or let go of *Hold to talk backstage*: from this page, heard there and nowhere else. */
export interface BackstageTalk {
  id: string;
  do: "backstage.talk";
  on: boolean;
}

/** Pass on what somebody backstage wants to say, and whether they are ready. */
export interface BackstageNote {
  id: string;
  do: "backstage.note";
  person: string;
  topic?: string | null;
  note?: string | null;
  ready?: boolean;
}

/** Say backstage what one wants to speak about, and whether one is ready. */
export interface BackstageReady {
  id: string;
  do: "backstage.ready";
  topic?: string | null;
  ready: boolean;
}

/** Everybody backstage, in the order they came, and who of the desk speaks with them just now. */
export interface BackstageChanged {
  is: "backstage.changed";
  backstage: Array<Guest>;
  talking: Array<string>;
}

/** One is backstage, and how; or (none) is there no more. */
export interface MeBackstage {
  is: "me.backstage";
  backstage: OwnBackstage | null;
}

/** One line of what was said, and by whom where that is known. */
export interface CaptionLine {
  speaker: string | null;
  text: string;
  at: number;
}

/** Type one line of what is said. `speaker`: who said it; left out, it is whoever is loudest on stage. */
export interface CaptionSay {
  id: string;
  do: "caption.say";
  text: string;
  speaker?: string | null;
}

/** A line that was typed just now; it has no number and may be lost. The snapshot holds the last five. */
export interface Caption {
  type: "caption";
  line: CaptionLine;
}

/** Ask for the log, a hundred lines at a time: those before line `before`, or the last; answered by `captions`. */
export interface CaptionPage {
  id: string;
  do: "caption.page";
  before?: number | null;
}

/** The answer to `caption.page`: lines in the order they were said, and how many come before them. */
export interface CaptionLog {
  type: "captions";
  id: string;
  lines: Array<CaptionLine>;
  before: number;
}

/** Somebody outside who asks to be let in. `turned_away`: hosts said no, and can still say yes. */
export interface Knock {
  person: string;
  name: string;
  note: string | null;
  at: number;
  turned_away: boolean;
}

/** Somebody whom the raid button sent out. */
export interface Raider {
  person: string;
  name: string | null;
  at: number;
}

/** Let nobody new in, or everybody again. Who was in within the last ten minutes may return. */
export interface RoomLock {
  id: string;
  do: "room.lock";
  on: boolean;
}

/** Ask to be let into a locked room, from outside; hosts see name and note. The answer is a `door` frame. `name` is for who has none yet. It ends with `room.leave`, or when the page closes. */
export interface RoomKnock {
  id: string;
  do: "room.knock";
  room: string;
  name?: string | null;
  note?: string | null;
}

/** Let somebody in who knocks, or not. */
export interface KnockAnswer {
  id: string;
  do: "knock.answer";
  person: string;
  let_in: boolean;
}

/** The raid button: lock, send out everybody who came in the last minutes, mute everybody on stage but hosts. Hosts, helpers and who is on stage are not sent out. Those who are stay out until a host lets them back in. */
export interface RoomRaid {
  id: string;
  do: "room.raid";
  minutes: number;
}

/** Let one of those whom the raid button sent out back in, or all. */
export interface RaidUndo {
  id: string;
  do: "raid.undo";
  person?: string | null;
}

/** The room is locked, or is not any more. */
export interface RoomLocked {
  is: "room.locked";
  on: boolean;
}

/** Somebody knocks, says something else, or was turned away. */
export interface KnockHeard {
  is: "knock.heard";
  knock: Knock;
}

/** Somebody does not knock any more. */
export interface KnockOver {
  is: "knock.over";
  person: string;
}

/** Everybody whom the raid button sent out and who is not let back in. */
export interface RaidChanged {
  is: "raid.changed";
  people: Array<Raider>;
}

/** The answer to a knock: the door is open and one comes in by `room.enter`, or hosts said no. */
export interface Door {
  type: "door";
  room: string;
  open: boolean;
}

/** What becomes of one's part: kept, or left out of every copy. `words`: which of the words one was shown. */
export interface Consent {
  keep: boolean;
  words: number;
}

/** Why an entry stands where it stands; `n` where it is counted: votes, the place on the shortlist, minutes. */
export interface Reason {
  why: "on_deck" | "shortlisted" | "lost_seat" | "votes" | "in_turn" | "first_time" | "spoke" | "placed" | "waiting";
  n: number | null;
}

/** One place of the floor queue and why it stands there. */
export interface Entry {
  kind: "question" | "hand";
  id: string;
  person: string | null;
  name: string | null;
  here: boolean;
  reasons: Array<Reason>;
  waiting_since: number;
  votes: number;
  deck: "asked" | "ready" | "not_ready" | null;
}

/** One's own place in the queue, from 1, and an honest estimate in minutes where there is one. `after_end`: the planned end, where it is probably not before that. */
export interface Place {
  n: number;
  minutes: number | null;
  after_end: number | null;
}

/** Why one's place is further back: what `n` others did, or that the hosts changed the `rule` of the queue. They got more votes, were shortlisted, came back, took their kind's turn, were heard less, or were placed by hand. */
export interface Fell {
  why: "rule" | "shortlisted" | "came_back" | "votes" | "turns" | "heard_less" | "placed";
  n: number;
}

/** One is next, with this entry: *Ready?* `ready_until`: how long one's *Ready* is good. */
export interface OnDeck {
  kind: "question" | "hand";
  id: string;
  answer: "asked" | "ready" | "not_ready";
  ready_until: number | null;
}

/** The last who came on air by a count-down, and when their microphone opens. */
export interface Opens {
  person: string;
  question: string | null;
  opens_at: number;
}

/** What those on stage speak of without a question, and since when. */
export interface Topic {
  text: string;
  since: number;
}

/** What the plan means to be spoken of, and whether it was on air as a topic. */
export interface AgendaLine {
  text: string;
  spoken_of: boolean;
}

/** Put a question on air, or give the floor to a `hand` (by its person). Who wants to speak comes at once, after a count-down, where they are ready; otherwise they are invited, and their question is `next` until they come. */
export interface FloorPick {
  id: string;
  do: "floor.pick";
  question?: string | null;
  hand?: string | null;
}

/** Put a question on air without its asker: somebody reads it out. Who was called for it is not any more. */
export interface FloorReadOut {
  id: string;
  do: "floor.read_out";
  question: string;
}

/** Say that one is ready, from this page, after the check: one's acceptance ahead of time, good for five minutes. `part`: where the room is recorded, what becomes of one's part. Nothing said is no. */
export interface DeckReady {
  id: string;
  do: "deck.ready";
  part?: Consent | null;
}

/** Say that one is not ready, or not any more; the place stays. */
export interface DeckNotReady {
  id: string;
  do: "deck.not_ready";
}

/** Mark the question on air as answered. Its asker stays on stage, or with `thanks` goes back to the audience. */
export interface FloorAnswered {
  id: string;
  do: "floor.answered";
  question: string;
  thanks?: boolean;
}

/** Put the question that is on air, or next, back among the open ones. */
export interface FloorPutBack {
  id: string;
  do: "floor.put_back";
  question: string;
}

/** An entry of the queue: a question by its id, a hand by its person's. */
export interface Which {
  kind: "question" | "hand";
  id: string;
}

/** Put an entry at the end of the shortlist, or take it off. */
export interface FloorShortlist {
  id: string;
  do: "floor.shortlist";
  entry: Which;
  on?: boolean;
}

/** Put an entry on the shortlist before another of it; at its end where there is none. */
export interface FloorMove {
  id: string;
  do: "floor.move";
  entry: Which;
  before?: Which | null;
}

/** By hand: put an entry before another of the line that is not shortlisted; at its end where there is none. */
export interface FloorPlace {
  id: string;
  do: "floor.place";
  entry: Which;
  before?: Which | null;
}

/** Put a topic on air instead of what is there, or take it down where no `text` is said. */
export interface FloorTopic {
  id: string;
  do: "floor.topic";
  text?: string | null;
}

/** The floor queue in its new order. */
export interface FloorOrdered {
  is: "floor.ordered";
  entries: Array<Entry>;
}

/** One's place in the floor queue, or none; where it is further back than one was last told, why it `fell`. */
export interface MePlaced {
  is: "me.placed";
  place: Place | null;
  fell: Fell | null;
}

/** Somebody who was ready comes on air: 3, 2, 1, and their microphone opens. */
export interface FloorOpens {
  is: "floor.opens";
  opens: Opens;
}

/** What is spoken of without a question now, or nothing. */
export interface TopicChanged {
  is: "topic.changed";
  topic: Topic | null;
}

/** The agenda as it is now: its lines, and which of them were on air. */
export interface DeskAgenda {
  is: "desk.agenda";
  agenda: Array<AgendaLine>;
}

/** One is asked ahead, or not any more. */
export interface MeOnDeck {
  is: "me.on_deck";
  on_deck: OnDeck | null;
}

/** The answer to `role.preview`: what one can make of this person now, and whether they can be asked to be host. Guests by name can be captioners and nothing else. */
export interface Roles {
  type: "roles";
  id: string;
  roles: Array<"cohost" | "screener" | "captioner" | "may_lead">;
  leads: boolean;
}

/** Questions of a tab in its order as the room sees them, what only the `desk` sees, and whether there are more. */
export interface QuestionsPage {
  type: "questions";
  id: string;
  questions: Array<Question>;
  desk: Array<Question>;
  more: boolean;
}

/** The open questions most like a text, at most three, the most like first. */
export interface Similar {
  type: "similar";
  id: string;
  questions: Array<Question>;
}

/** The answer to `ban.preview`: how many people here a ban of this person's network would send out, and how many of them are on stage. `network` tells whether their network is known. */
export interface Reach {
  type: "reach";
  id: string;
  network: boolean;
  people: number;
  on_stage: number;
}

/** The number of the last event in each channel. */
export interface At {
  room: number;
  desk: number;
  me: number;
}

/** What hosts see besides. */
export interface DeskView {
  hands: Array<Hand>;
  invitations: Array<Invitation>;
  waiting: Array<Waiting>;
  backstage: Array<Guest>;
  talking: Array<string>;
  asking: Array<string>;
  entries: Array<Entry>;
  questions: Array<Question>;
  pending_count: number;
  dismissed_count: number;
  words: Array<string>;
  agenda: Array<AgendaLine>;
  one_network: Record<string, FromOne>;
  helpers: Array<Helper>;
  asked: Asked | null;
  bans: Array<Ban>;
  knocks: Array<Knock>;
  raided: Array<Raider>;
  reports: Array<Report>;
  silent: number;
  lines: Record<string, "good" | "weak" | "breaking">;
  left_out: Array<LeftOut>;
  recording_missing: boolean;
  recording_trouble: "broken" | "read_only" | "full" | "slow" | null;
}

/** What one sees of oneself. */
export interface MeView {
  person: string;
  name: string | null;
  number: number;
  role: "host" | "cohost" | "screener" | "captioner" | "speaker" | "listener";
  rights: Array<string>;
  hand_at: number | null;
  note: string | null;
  lost_seat: boolean;
  invitation: Invitation | null;
  waiting: number | null;
  backstage: OwnBackstage | null;
  voted: Array<string>;
  against: Array<string>;
  questions: Array<Question>;
  place: Place | null;
  on_deck: OnDeck | null;
  asked_to_host: string | null;
  recording: OwnPart;
  line: "good" | "weak" | "breaking";
}

/** The room as everybody sees it. `questions`: the 50 most wanted, the 50 last answered, those on their way. */
export interface RoomView {
  room: string;
  title: string;
  description: string;
  visibility: "public" | "unlisted" | "group" | "invited";
  phase: "draft" | "scheduled" | "backstage" | "live" | "ended" | "cancelled" | "missed";
  language: string;
  starts_at: number | null;
  zone: string | null;
  tags: Array<string>;
  started_at: number | null;
  ended_at: number | null;
  ends_at: number | null;
  late_since: number | null;
  host: string;
  host_person: string;
  chair_empty_since: number | null;
  ending: Ending | null;
  seats: Array<Seat>;
  stage_size: number;
  hushed: boolean;
  questions: Array<Question>;
  open_count: number;
  answered_count: number;
  listeners: number;
  stepped_forward: number;
  settings: RoomSettings;
  recordings: Array<"off" | "each" | "condition">;
  pinned: Pin | null;
  locked: boolean;
  captions: Array<CaptionLine>;
  opens: Opens | null;
  topic: Topic | null;
  recording: Recording;
  catch_up: Array<CatchUpAnswer>;
  cover: string | null;
  group: HeldIn | null;
}

/** The command was done. `made` is the id of what it created. */
export interface Ack {
  type: "ack";
  id: string;
  made: string | null;
}

/** The command was not done and changed nothing: a stable code and a sentence. */
export interface Refused {
  type: "refused";
  id: string | null;
  code: string;
  text: string;
}

/** The SDP answer to `media.offer` (or to the offer inside `room.enter`). */
export interface Answer {
  type: "answer";
  id: string;
  sdp: string;
}

/** Everything one may see now; events after `at` follow. */
export interface Snapshot {
  type: "snapshot";
  epoch: string;
  now: number;
  at: At;
  room: RoomView;
  desk: DeskView | null;
  me: MeView;
}

/** Numbered events of one channel. `n` is the number of the last of them; numbers have no holes. */
export interface Events {
  type: "events";
  channel: "room" | "desk" | "me";
  n: number;
  events: Array<AnyEvent>;
}

/** What may be lost: how many listen, which speaker numbers sound now, how many reacted since the last tick. `speaking`: where a safety delay is set, whom the audience hears, as much later; those on stage and hosts see it at once. `stepped_forward`: how many of those who listen have asked under their name, and wait. Comes at least every two seconds, in a room of 500 pages and more at least every three. */
export interface Tick {
  type: "tick";
  now: number;
  listeners: number;
  stepped_forward: number;
  speaking: Array<number>;
  reactions: Record<string, number>;
}

/** To those on stage and the desk, and may be lost: how long each on stage has spoken, by measured voice. `long`: who has had the word longer than the room's gentle clock. */
export interface Talk {
  type: "talk";
  spoken: Record<string, number>;
  long: Array<string>;
}

/** What became of one's sound at the server: `up`, `lost` (offer again), `gone`. */
export interface Sound {
  type: "sound";
  link: "up" | "lost" | "gone";
  reason: string | null;
}

/** One speaks by another page or program from now on; this page is quiet. */
export interface MicrophoneMoved {
  type: "microphone.moved";
}

/** Mute somebody on stage; with `hold` until a host releases it. Nobody can unmute another. */
export interface StageMute {
  id: string;
  do: "stage.mute";
  person: string;
  hold?: boolean;
}

/** Mute everybody on stage but the hosts. */
export interface StageMuteAll {
  id: string;
  do: "stage.mute_all";
}

/** Let nobody but hosts speak (`on`), or lift that; then each opens their own microphone. */
export interface StageHush {
  id: string;
  do: "stage.hush";
  on: boolean;
}

/** Let go of a mute that was kept; the microphone stays shut until its person opens it. */
export interface StageRelease {
  id: string;
  do: "stage.release";
  person: string;
}

/** Ask somebody to open their microphone: a wish and nothing more. */
export interface StageAskUnmute {
  id: string;
  do: "stage.ask_unmute";
  person: string;
}

/** Kept muted, ask the hosts to let go. */
export interface MicrophoneAsk {
  id: string;
  do: "microphone.ask";
}

/** Say that a call took one's microphone, or that it was unplugged (`on`), or that it is there again, muted. */
export interface MicrophoneAway {
  id: string;
  do: "microphone.away";
  on: boolean;
}

/** Mute oneself. */
export interface MicrophoneMute {
  id: string;
  do: "microphone.mute";
}

/** Unmute oneself, from this page. */
export interface MicrophoneUnmute {
  id: string;
  do: "microphone.unmute";
}

/** Nobody but hosts speaks, or everybody on stage may again. */
export interface StageHushed {
  is: "stage.hushed";
  on: boolean;
}

/** Who is kept muted and asks to speak, in the order they asked. */
export interface MicrophonesAsked {
  is: "microphones.asked";
  asking: Array<string>;
}

/** Whose sound arrives weak or breaking, of those on stage and backstage; of all others it arrives well. */
export interface LinesGraded {
  is: "lines.graded";
  lines: Record<string, "good" | "weak" | "breaking">;
}

/** How well one's own sound arrives. */
export interface MeGraded {
  is: "me.graded";
  line: "good" | "weak" | "breaking";
}

/** Somebody with a part of the host's authority; `may_lead`: no part, but they may take an empty chair. */
export interface Helper {
  person: string;
  name: string;
  role: "cohost" | "screener" | "captioner" | "may_lead";
  since: number;
  portrait: string | null;
}

/** Somebody who was asked to be host and has not answered yet. */
export interface Asked {
  person: string;
  name: string;
}

/** Give somebody who is here by name, or has an account, a part of the host's authority; it replaces any other. */
export interface RoleGive {
  id: string;
  do: "role.give";
  person: string;
  role: "cohost" | "screener" | "captioner" | "may_lead";
}

/** Ask what can be made of somebody just now; the answer is a `roles` frame. */
export interface RolePreview {
  id: string;
  do: "role.preview";
  person: string;
}

/** Take it back, or lay down one's own. */
export interface RoleTake {
  id: string;
  do: "role.take";
  person: string;
}

/** Somebody has a part of the host's authority, instead of any they had. Told to the desk. */
export interface RoleGiven {
  is: "role.given";
  helper: Helper;
}

/** Somebody has no part of the host's authority any more. Told to the desk. */
export interface RoleTaken {
  is: "role.taken";
  person: string;
}

/** Ask somebody who is here to be host instead; without a person, the asking is taken back. */
export interface RoomHandOver {
  id: string;
  do: "room.hand_over";
  person?: string | null;
}

/** Be the host one was asked to be. The host before is co-host. */
export interface HostAccept {
  id: string;
  do: "host.accept";
}

/** *Not now*. */
export interface HostDecline {
  id: string;
  do: "host.decline";
}

/** Lead a room that nobody leads; for speakers who may lead, and for those who run this place. */
export interface ChairTake {
  id: string;
  do: "chair.take";
}

/** Who is asked to be host, or nobody any more and why. Told to the desk. */
export interface HostAsked {
  is: "host.asked";
  asked: Asked | null;
  why: "asked" | "accepted" | "declined" | "withdrawn";
}

/** Somebody else leads the room: it was handed over, the host was lost, they took the chair, or came back to it. */
export interface HostChanged {
  is: "host.changed";
  person: string;
  name: string;
  why: "handed" | "lost" | "chair" | "returned";
}

/** Nobody leads the room: nobody new comes on stage, and at `ends_at` it ends if nobody takes the chair. */
export interface ChairEmpty {
  is: "chair.empty";
  since: number;
  ends_at: number;
}

/** Somebody leads the room again. */
export interface ChairFilled {
  is: "chair.filled";
}

/** One is asked to be host, by somebody of this name; or not any more. */
export interface MeAskedToHost {
  is: "me.asked_to_host";
  by: string | null;
}

/** One goes by a name now. */
export interface MeNamed {
  is: "me.named";
  name: string;
}

/** What one may do from now on. */
export interface MeRights {
  is: "me.rights";
  role: "host" | "cohost" | "screener" | "captioner" | "speaker" | "listener";
  rights: Array<string>;
}

/** A written question as one may see it. `person` and `name` are absent where it is anonymous to this viewer. `votes` are those that count, `guest_votes` those that stand apart. `held`: why it is read first, for the desk. `reason`: why it was dismissed, for the desk and its asker. `into`: what it was joined with. `called_at`: since when it is next. */
export interface Question {
  id: string;
  text: string;
  person: string | null;
  name: string | null;
  anonymous: boolean;
  myself: boolean;
  state: "pending" | "open" | "next" | "on_air" | "answered" | "carried_over" | "dismissed" | "merged" | "withdrawn";
  votes: number;
  guest_votes: number;
  asked_at: number;
  on_air_at: number | null;
  answered_at: number | null;
  called_at: number | null;
  edited: boolean;
  held: "room" | "guest" | "words" | null;
  reason: "answered_before" | "off_topic" | "unclear" | "not_a_question" | "against_the_rules" | "no_time" | null;
  into: string | null;
}

/** Put a question to the room; `myself` makes it a ticket to the stage, `anonymous` hides the name where allowed. */
export interface QuestionAsk {
  id: string;
  do: "question.ask";
  text: string;
  myself?: boolean;
  anonymous?: boolean;
}

/** Vote for a question of somebody else (1), or against it (-1) where the room takes that; the last one stands. */
export interface QuestionVote {
  id: string;
  do: "question.vote";
  question: string;
  value?: 1 | -1;
}

/** Take one's vote back. */
export interface QuestionUnvote {
  id: string;
  do: "question.unvote";
  question: string;
}

/** Take one's own question back while it is pending or open. */
export interface QuestionWithdraw {
  id: string;
  do: "question.withdraw";
  question: string;
}

/** Take one's name off one's own question, whatever has become of it, also after the end of the room. */
export interface QuestionHideName {
  id: string;
  do: "question.hide_name";
  question: string;
}

/** A pending question was read: it is open. */
export interface QuestionApprove {
  id: string;
  do: "question.approve";
  question: string;
}

/** Do not take a question, for a reason that its asker sees. */
export interface QuestionDismiss {
  id: string;
  do: "question.dismiss";
  question: string;
  reason: "answered_before" | "off_topic" | "unclear" | "not_a_question" | "against_the_rules" | "no_time";
}

/** Take a dismissed question after all: it is open, with all its votes. */
export interface QuestionRestore {
  id: string;
  do: "question.restore";
  question: string;
}

/** Join a question with another that asks the same; the votes of both count there, each person's once. */
export interface QuestionMerge {
  id: string;
  do: "question.merge";
  question: string;
  into: string;
}

/** Word a question otherwise; everybody sees that it was. */
export interface QuestionEdit {
  id: string;
  do: "question.edit";
  question: string;
  text: string;
}

/** An answered question is open again. */
export interface QuestionReopen {
  id: string;
  do: "question.reopen";
  question: string;
}

/** What has been asked like this already, while one writes; the answer is a `similar` frame. Four a second. */
export interface QuestionSimilar {
  id: string;
  do: "question.similar";
  text: string;
}

/** More questions than a snapshot shows: the fifty after this one; the answer is a `questions` frame. What waits to be read and what was dismissed is for the desk. */
export interface QuestionPage {
  id: string;
  do: "question.page";
  tab: "wanted" | "new" | "answered" | "pending" | "dismissed";
  after?: string | null;
}

/** A question in its new state, and how many are open and answered now. */
export interface Told {
  question: Question;
  open_count: number;
  answered_count: number;
}

/** A question is open that was not there before. */
export interface QuestionAsked {
  question: Question;
  open_count: number;
  answered_count: number;
  is: "question.asked";
}

/** A question moved: next, on air, answered, put back, withdrawn. Absolute, like all numbered events. */
export interface QuestionChanged {
  question: Question;
  open_count: number;
  answered_count: number;
  is: "question.changed";
}

/** The room has ended first: each question that was open is carried over, with its votes. It counts as open. */
export interface QuestionsCarriedOver {
  is: "questions.carried_over";
}

/** A question is not before the room any more; `into`: it was joined with this one. */
export interface QuestionGone {
  is: "question.gone";
  question: string;
  into: string | null;
  open_count: number;
  answered_count: number;
}

/** New tallies, once a tick, by question id: votes that count; those of guests that stand apart, where not none. */
export interface VotesCounted {
  is: "votes.counted";
  tallies: Record<string, number>;
  guests: Record<string, number>;
}

/** How many wait to be read and how many were dismissed, by now. */
export interface PutAside {
  pending_count: number;
  dismissed_count: number;
}

/** A question as only the desk sees it: pending, dismissed, or with an asker whom the room does not see. */
export interface DeskQuestion {
  pending_count: number;
  dismissed_count: number;
  is: "desk.question";
  question: Question;
}

/** The desk sees of this question what everybody sees. */
export interface DeskQuestionGone {
  pending_count: number;
  dismissed_count: number;
  is: "desk.question_gone";
  question: string;
}

/** How many `votes` guests gave to a question, for it or against it, and how many come `from_one` network. */
export interface FromOne {
  votes: number;
  from_one: number;
}

/** Waiting questions of whose guests' votes at least three, and at least half, come from one network. Not which. */
export interface DeskOneNetwork {
  is: "desk.one_network";
  one_network: Record<string, FromOne>;
}

/** The words list as it is now. */
export interface DeskWords {
  is: "desk.words";
  words: Array<string>;
}

/** One's own question as the room does not see it: pending, dismissed, joined with another, or anonymous. */
export interface MeQuestion {
  is: "me.question";
  question: Question;
}

/** The room sees of one's question what oneself sees, or it is taken back. */
export interface MeQuestionGone {
  is: "me.question_gone";
  question: string;
}

/** One's vote on a question, from whichever device: for it (1), against it (-1), none (0). */
export interface MeVoted {
  is: "me.voted";
  question: string;
  value: -1 | 0 | 1;
}

/** A question one voted on was joined with another; `value` is one's vote there now. */
export interface MeMerged {
  is: "me.merged";
  question: string;
  into: string;
  value: -1 | 0 | 1;
}

/** The sign. `since`: when it came into this state; `before`: for how long it had been recording until then. */
export interface Recording {
  state: "off" | "requested" | "recording" | "paused" | "stopping" | "processing" | "ready" | "failed";
  since: number | null;
  before: number;
}

/** One's own part in the last take: whether one is asked about it now, and what one said. */
export interface OwnPart {
  asked: boolean;
  answer: "kept" | "left_out" | "withdrawn" | null;
}

/** Somebody on stage who is not recorded: they said so, or have not been heard to say yes. */
export interface LeftOut {
  person: string;
  name: string;
  answer: "kept" | "left_out" | "withdrawn" | null;
}

/** Have what is said on stage recorded: everybody there is asked, and it begins with the first yes. */
export interface RecordingStart {
  id: string;
  do: "recording.start";
}

/** Record nothing for a while; it will be silence. */
export interface RecordingPause {
  id: string;
  do: "recording.pause";
}

/** Go on recording after a pause. */
export interface RecordingResume {
  id: string;
  do: "recording.resume";
}

/** End the recording. */
export interface RecordingStop {
  id: string;
  do: "recording.stop";
}

/** Say what becomes of one's part; who said yes and says no takes the yes back. */
export interface RecordingConsent {
  id: string;
  do: "recording.consent";
  keep: boolean;
  words: number;
}

/** Take back one's yes, also when the room is over: one's part goes from every file. */
export interface RecordingWithdraw {
  id: string;
  do: "recording.withdraw";
}

/** The sign is another; told to everybody. */
export interface RecordingChanged {
  is: "recording.changed";
  recording: Recording;
}

/** One is asked about one's part, or no longer; or one's answer is another. */
export interface MeRecording {
  is: "me.recording";
  recording: OwnPart;
}

/** Who on stage is not recorded while a take is on. `missing`: it was planned, and nothing is being recorded. */
export interface DeskRecording {
  is: "desk.recording";
  left_out: Array<LeftOut>;
  missing: boolean;
}

/** The disk does not take what is said, or (none) it does again. The talk goes on. */
export interface RecordingTrouble {
  is: "recording.trouble";
  trouble: "broken" | "read_only" | "full" | "slow" | null;
}

/** An answer that can be heard while the room goes on. `asker`: as they chose to be named, or nobody. `at`: when it came on air. `url` leads whoever is in the room to its sound (M4A), by a link that is theirs for five minutes; it is another one when the answer was made anew without somebody who has left the recording. */
export interface CatchUpAnswer {
  question: string;
  title: string;
  asker: string | null;
  at: number;
  length: number;
  url: string;
}

/** Answers that can be heard now, or otherwise than before; and questions whose answer cannot be heard any more. */
export interface CatchUpChanged {
  is: "catch_up.changed";
  added: Array<CatchUpAnswer>;
  gone: Array<string>;
}

/** Where a page stood before its line was lost, and as whom: another person gets a snapshot. */
export interface Since {
  epoch: string;
  person?: string | null;
  room: number;
  desk?: number;
  me?: number;
}

/** Come to a room by its public name; the answer is a `snapshot`, or the missed events. An offer may ride along. */
export interface RoomEnter {
  id: string;
  do: "room.enter";
  room: string;
  since?: Since | null;
  sdp?: string | null;
}

/** Leave quietly. */
export interface RoomLeave {
  id: string;
  do: "room.leave";
}

/** Go live: the host opens the stage to the audience. */
export interface RoomStart {
  id: string;
  do: "room.start";
}

/** End the room for everyone. It is final. */
export interface RoomEnd {
  id: string;
  do: "room.end";
}

/** Let hosts and speakers meet before the room is live; the audience sees the door and a countdown. */
export interface RoomOpenBackstage {
  id: string;
  do: "room.open_backstage";
}

/** The room will not take place. It is final. */
export interface RoomCancel {
  id: string;
  do: "room.cancel";
}

/** Have the room start at another time, before it has begun; planned by the clocks of `zone`, or as it was. `starts_at`: null has it start when its host is ready, at no time that is set. */
export interface RoomMove {
  id: string;
  do: "room.move";
  starts_at: number | null;
  zone?: string | null;
}

/** Let people find a room that was a draft until now. */
export interface RoomAnnounce {
  id: string;
  do: "room.announce";
}

/** Call the room or describe it otherwise, or have others find it, before it has begun. Its address stays. `agenda`: what it means to speak of, at most 20 lines that can be topics; where it is left out it stays. */
export interface RoomPlan {
  id: string;
  do: "room.plan";
  title: string;
  description?: string;
  language: string;
  visibility?: "public" | "unlisted" | "group" | "invited" | null;
  agenda?: Array<string> | null;
}

/** Begin after all, within a day, when the room did not take place. */
export interface RoomReopen {
  id: string;
  do: "room.reopen";
}

/** Give a live room more time. */
export interface RoomExtend {
  id: string;
  do: "room.extend";
  minutes: number;
}

/** What hosts have set for the room. `alternate`: how questions and hands take turns under `votes`. `gentle_clock`: after so many minutes with the word a speaker gets a soft sign; 0 for none. `safety_delay`: so many seconds later than those on stage the audience hears and reads what is said. `who_asks`: everyone who listens, or of them the members of its group alone. `guests_speak`: guests raise hands and come on stage; by a speaker link of their own they do in any room. `slow`: seconds between a person's questions. `length`: how many minutes the room is expected to take. `cohosts_without`: what the host keeps from co-hosts. `recording`: nobody is recorded, those who say yes, or who does not say yes has no seat; `record_from_start`: as soon as the room is live. */
export interface RoomSettings {
  policy: "votes" | "in_turn" | "fair" | "by_hand";
  reactions: boolean;
  most_listeners: number;
  visible_list: boolean;
  alternate: "1:1" | "3:1" | "questions_first" | "hands_first";
  gentle_clock: 0 | 3 | 5 | 10;
  safety_delay: 0 | 10 | 20;
  backstage: boolean;
  read_first: boolean;
  anonymous: "never" | "allowed" | "always";
  who_asks: "everyone" | "members";
  guests_ask: "read_first" | "open" | "no";
  guests_speak: boolean;
  guests_vote_counts: boolean;
  down_votes: boolean;
  questions_per_person: number;
  slow: 0 | 10 | 30 | 60;
  box_after_end: boolean;
  recording: "off" | "each" | "condition";
  record_from_start: boolean;
  cohosts_without: Array<"room.start" | "room.extend" | "room.end" | "room.set" | "room.ban" | "room.record" | "role.give" | "floor.pick">;
  length: number;
}

/** When the room ends if nothing is done, and why: nobody leads it, or it has been as long as rooms are. */
export interface Ending {
  at: number;
  why: "no_chair" | "length";
}

/** The room ends soon if nothing is done; or, with none, it goes on. */
export interface RoomEnding {
  is: "room.ending";
  ending: Ending | null;
}

/** Set the room otherwise; what is left out stays as it is. Questions with one of `words` are read first. Only the host sets `cohosts_without`, and only who puts topics on air the `agenda`: what is on air stays there. */
export interface RoomSet {
  id: string;
  do: "room.set";
  policy?: "votes" | "in_turn" | "fair" | "by_hand" | null;
  reactions?: boolean | null;
  most_listeners?: number | null;
  visible_list?: boolean | null;
  alternate?: "1:1" | "3:1" | "questions_first" | "hands_first" | null;
  gentle_clock?: 0 | 3 | 5 | 10 | null;
  safety_delay?: 0 | 10 | 20 | null;
  backstage?: boolean | null;
  read_first?: boolean | null;
  anonymous?: "never" | "allowed" | "always" | null;
  who_asks?: "everyone" | "members" | null;
  guests_ask?: "read_first" | "open" | "no" | null;
  guests_speak?: boolean | null;
  guests_vote_counts?: boolean | null;
  down_votes?: boolean | null;
  questions_per_person?: number | null;
  slow?: 0 | 10 | 30 | 60 | null;
  box_after_end?: boolean | null;
  length?: number | null;
  recording?: "off" | "each" | "condition" | null;
  record_from_start?: boolean | null;
  cohosts_without?: Array<"room.start" | "room.extend" | "room.end" | "room.set" | "room.ban" | "room.record" | "role.give" | "floor.pick"> | null;
  words?: Array<string> | null;
  agenda?: Array<string> | null;
}

/** Take out what was said within the safety delay: nobody in the audience hears it, and no copy has it. */
export interface RoomDump {
  id: string;
  do: "room.dump";
}

/** Start hearing, or hear again over a new connection; the answer comes as an `answer` frame with this id. */
export interface MediaOffer {
  id: string;
  do: "media.offer";
  sdp: string;
}

/** Stop hearing; the page stays in the room. */
export interface MediaClose {
  id: string;
  do: "media.close";
}

/** Hear the voices themselves (`on`) instead of the programme, a little sooner, or the programme again. It holds for this page, over every connection it offers, until its line is lost; where the room has no programme voices are heard anyway. */
export interface MediaLowestDelay {
  id: string;
  do: "media.lowest_delay";
  on: boolean;
}

/** The room is live. */
export interface RoomStarted {
  is: "room.started";
  at: number;
}

/** The room is over: nobody speaks any more. */
export interface RoomEnded {
  is: "room.ended";
  at: number;
}

/** The group a room is held in, and how one joins it. */
export interface HeldIn {
  handle: string;
  name: string;
  joining: "open" | "request" | "invited";
}

/** The plan and the life of the room as they are now. `late_since`: since when its host is awaited. `zone`: by whose clocks it is planned, where that is known; it begins there at what they show at `starts_at`. `recordings`: between which ways to be recorded hosts can choose, as the charter of its group lets them. */
export interface RoomPlanned {
  is: "room.planned";
  phase: "draft" | "scheduled" | "backstage" | "live" | "ended" | "cancelled" | "missed";
  title: string;
  description: string;
  language: string;
  visibility: "public" | "unlisted" | "group" | "invited";
  starts_at: number | null;
  zone: string | null;
  tags: Array<string>;
  cover: string | null;
  ends_at: number | null;
  late_since: number | null;
  recordings: Array<"off" | "each" | "condition">;
  group: HeldIn | null;
}

/** Somebody tried the speaker link of `name`, which another uses. Told to the desk. */
export interface SpeakerLinkTried {
  is: "speaker_link.tried";
  name: string;
  by: string | null;
}

/** Hosts set the room otherwise; all settings as they are now. */
export interface RoomChanged {
  is: "room.changed";
  settings: RoomSettings;
}

/** What was said from `begins` to before `ends` was taken out; the audience hears nothing for the safety delay. */
export interface RoomDumped {
  is: "room.dumped";
  begins: number;
  ends: number;
}

/** Somebody who may not come to this room. `network`: nor anybody from where they were; `until`: without end. */
export interface Ban {
  id: string;
  person: string;
  name: string | null;
  network: boolean;
  reason: string;
  at: number;
  until: number | null;
}

/** What somebody reported: the room, a person (`name`), or a question (`text`); never who did. `on_stage` and `on_air`: who was there, and what was spoken of, at that moment. */
export interface Report {
  id: string;
  about: "room" | "person" | "question";
  subject: string | null;
  name: string | null;
  text: string | null;
  grounds: "insults" | "hate" | "threats" | "private" | "deception" | "spam" | "other";
  note: string;
  at: number;
  on_stage: Array<string>;
  on_air: string | null;
}

/** Send somebody out of the room: their page, their sound, their seat, hand and invitation end. They may return. */
export interface RoomRemove {
  id: string;
  do: "room.remove";
  person: string;
}

/** Send somebody out and keep them out, for so many hours or without end. With `network` everybody from their network too, hosts excepted; ask `ban.preview` first how many that are. */
export interface RoomBan {
  id: string;
  do: "room.ban";
  person: string;
  reason?: string;
  hours?: number | null;
  network?: boolean;
}

/** Ask how many of those present a ban with the network would send out; the answer is a `reach` frame. */
export interface BanPreview {
  id: string;
  do: "ban.preview";
  person: string;
}

/** Let somebody come again. */
export interface RoomUnban {
  id: string;
  do: "room.unban";
  ban: string;
}

/** A report has been dealt with; those who run this place still have it. */
export interface ReportDone {
  id: string;
  do: "report.done";
  report: string;
}

/** Somebody may not come any more. */
export interface BanGiven {
  is: "ban.given";
  ban: Ban;
}

/** A ban was taken back, or has run out. */
export interface BanLifted {
  is: "ban.lifted";
  ban: string;
}

/** Somebody reported something. */
export interface ReportHeard {
  is: "report.heard";
  report: Report;
}

/** Somebody at the desk has dealt with a report. */
export interface ReportOver {
  is: "report.over";
  report: string;
}

/** One person on stage. `number` is the speaker number that the sound carries as its CSRC (RFC 3550, 5.1). `kept`: a host keeps them muted. `wished`: a host asks them to unmute. `away`: a call has their microphone. `aside`: they speak backstage, and are not heard on stage meanwhile. */
export interface Seat {
  person: string;
  name: string;
  number: number;
  role: "host" | "cohost" | "speaker";
  muted: boolean;
  held: boolean;
  since: number;
  portrait: string | null;
  bot: boolean;
  kept: boolean;
  wished: boolean;
  away: boolean;
  aside: boolean;
}

/** Somebody who accepted while the stage was full, seen by hosts only. */
export interface Waiting {
  person: string;
  name: string;
  since: number;
  here: boolean;
}

/** A wish to speak, seen by hosts only. */
export interface Hand {
  person: string;
  name: string;
  note: string | null;
  raised_at: number;
  here: boolean;
}

/** An open invitation to the stage; it lasts until `until`. `question` is the one it was picked for. */
export interface Invitation {
  person: string;
  name: string;
  until: number;
  question: string | null;
}

/** Wish to speak, with an optional private note for the hosts. Raising twice keeps the place. */
export interface HandRaise {
  id: string;
  do: "hand.raise";
  note?: string | null;
}

/** Take the hand down. */
export interface HandLower {
  id: string;
  do: "hand.lower";
}

/** Take all hands down; whoever still wishes to speak raises theirs again. */
export interface HandsLower {
  id: string;
  do: "hand.lower_all";
}

/** Invite a person to the stage. */
export interface StageInvite {
  id: string;
  do: "stage.invite";
  person: string;
}

/** Accept the invitation one has; the second of the two keys that open a microphone. `part`: where the room is recorded, what becomes of one's part. Nothing said is no. */
export interface StageAccept {
  id: string;
  do: "stage.accept";
  part?: Consent | null;
}

/** Say *Not now*; a hand that was up stays up. */
export interface StageDecline {
  id: string;
  do: "stage.decline";
}

/** Add a minute to the invitation one has. */
export interface StageMoreTime {
  id: string;
  do: "stage.more_time";
}

/** Leave the stage and go on listening. */
export interface StageStepDown {
  id: string;
  do: "stage.step_down";
}

/** Move a speaker to the audience. */
export interface StageMoveDown {
  id: string;
  do: "stage.move_down";
  person: string;
}

/** Somebody came on stage. */
export interface SpeakerCame {
  is: "speaker.came";
  seat: Seat;
}

/** A seat looks different now: muted, unmuted, kept, held after a lost line, back. */
export interface SpeakerChanged {
  is: "speaker.changed";
  seat: Seat;
}

/** Somebody left the stage. */
export interface SpeakerLeft {
  is: "speaker.left";
  person: string;
  why: "stepped_down" | "moved_down" | "thanked" | "removed" | "lost" | "ended";
}

/** Somebody wishes to speak, or changed the note, or left or came back. */
export interface HandRaised {
  is: "hand.raised";
  hand: Hand;
}

/** A hand is down. */
export interface HandLowered {
  is: "hand.lowered";
  person: string;
}

/** Somebody has an invitation to the stage, or more time for it. */
export interface InvitationSent {
  is: "invitation.sent";
  invitation: Invitation;
}

/** An invitation is over. */
export interface InvitationClosed {
  is: "invitation.closed";
  person: string;
  why: "accepted" | "declined" | "timed_out" | "withdrawn";
}

/** Everybody who waits for a free seat, in their order. */
export interface StageAwaited {
  is: "stage.awaited";
  waiting: Array<Waiting>;
}

/** One's place before the full stage; none when one does not wait for a seat any more. */
export interface MeWaiting {
  is: "me.waiting";
  place: number | null;
}

/** One's own hand, or none; `by_host` where a host took all hands down. `lost_seat`: it went up because one's line was gone too long for the seat one had, and one comes first. */
export interface MeHand {
  is: "me.hand";
  raised_at: number | null;
  note: string | null;
  by_host: boolean;
  lost_seat: boolean;
}

/** One is invited to the stage; the page runs the microphone check. */
export interface MeInvited {
  is: "me.invited";
  invitation: Invitation;
}

/** One's invitation is over. */
export interface MeUninvited {
  is: "me.uninvited";
  why: "accepted" | "declined" | "timed_out" | "withdrawn";
}

/** One sees the desk from now on, as it is at event `n` of its channel; or sees it no more. */
export interface MeDesk {
  is: "me.desk";
  n: number;
  desk: DeskView | null;
}

export type RoomEvents = RoomStarted | RoomEnded | RoomPlanned | SpeakerLinkTried | RoomChanged | RoomEnding | RoomDumped;
export type AudienceEvents = RoomPinned | SilenceCounted;
export type DoorEvents = RoomLocked | KnockHeard | KnockOver | RaidChanged;
export type SafetyEvents = BanGiven | BanLifted | ReportHeard | ReportOver;
export type StageEvents = SpeakerCame | SpeakerChanged | SpeakerLeft | HandRaised | HandLowered | InvitationSent | InvitationClosed | MeHand | MeInvited | MeUninvited | MeWaiting | StageAwaited;
export type MicrophoneEvents = LinesGraded | MeGraded | StageHushed | MicrophonesAsked;
export type BackstageEvents = BackstageChanged | MeBackstage;
export type QuestionEvents = QuestionAsked | QuestionChanged | QuestionsCarriedOver | QuestionGone | VotesCounted | DeskQuestion | DeskQuestionGone | DeskOneNetwork | DeskWords | MeQuestion | MeQuestionGone | MeVoted | MeMerged;
export type FloorEvents = FloorOrdered | FloorOpens | TopicChanged | DeskAgenda | MePlaced | MeOnDeck;
export type PeopleEvents = RoleGiven | RoleTaken | HostAsked | HostChanged | ChairEmpty | ChairFilled | MeAskedToHost | MeNamed | MeRights;
export type RecordingEvents = RecordingChanged | MeRecording | DeskRecording | RecordingTrouble | CatchUpChanged;
export type AnyCommand = RoomEnter | RoomLeave | RoomStart | RoomEnd | RoomOpenBackstage | RoomCancel | RoomMove | RoomAnnounce | RoomPlan | RoomReopen | RoomExtend | RoomSet | RoomDump | MediaOffer | MediaClose | MediaLowestDelay | React | RoomPin | RoomUnpin | SoundSilent | AudiencePage | CaptionSay | CaptionPage | RecordingStart | RecordingPause | RecordingResume | RecordingStop | RecordingConsent | RecordingWithdraw | RoomLock | RoomKnock | KnockAnswer | RoomRaid | RaidUndo | RoomRemove | RoomBan | BanPreview | RoomUnban | ReportDone | HandRaise | HandLower | HandsLower | StageInvite | StageAccept | StageDecline | StageMoreTime | StageStepDown | StageMoveDown | StageMute | StageMuteAll | StageHush | StageRelease | StageAskUnmute | MicrophoneMute | MicrophoneUnmute | MicrophoneAsk | MicrophoneAway | StagePutOnAir | BackstageTalk | BackstageNote | BackstageReady | QuestionAsk | QuestionVote | QuestionUnvote | QuestionWithdraw | QuestionHideName | QuestionApprove | QuestionDismiss | QuestionRestore | QuestionMerge | QuestionEdit | QuestionReopen | QuestionSimilar | QuestionPage | FloorPick | FloorReadOut | FloorAnswered | FloorPutBack | FloorShortlist | FloorMove | FloorPlace | FloorTopic | DeckReady | DeckNotReady | RoleGive | RolePreview | RoleTake | RoomHandOver | HostAccept | HostDecline | ChairTake;
export type AnyEvent = RoomStarted | RoomEnded | RoomPlanned | SpeakerLinkTried | RoomChanged | RoomEnding | RoomDumped | RoomPinned | SilenceCounted | RoomLocked | KnockHeard | KnockOver | RaidChanged | BanGiven | BanLifted | ReportHeard | ReportOver | SpeakerCame | SpeakerChanged | SpeakerLeft | HandRaised | HandLowered | InvitationSent | InvitationClosed | MeHand | MeInvited | MeUninvited | MeWaiting | StageAwaited | LinesGraded | MeGraded | StageHushed | MicrophonesAsked | BackstageChanged | MeBackstage | QuestionAsked | QuestionChanged | QuestionsCarriedOver | QuestionGone | VotesCounted | DeskQuestion | DeskQuestionGone | DeskOneNetwork | DeskWords | MeQuestion | MeQuestionGone | MeVoted | MeMerged | FloorOrdered | FloorOpens | TopicChanged | DeskAgenda | MePlaced | MeOnDeck | RoleGiven | RoleTaken | HostAsked | HostChanged | ChairEmpty | ChairFilled | MeAskedToHost | MeNamed | MeRights | RecordingChanged | MeRecording | DeskRecording | RecordingTrouble | CatchUpChanged | MeDesk;
export type AnyFrame = Ack | Refused | Answer | Snapshot | Events | Tick | Talk | Sound | MicrophoneMoved | Reach | Roles | Door | AudienceList | Caption | CaptionLog | Similar | QuestionsPage;
