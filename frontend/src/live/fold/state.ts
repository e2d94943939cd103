import type { AnyEvent, At, DeskView, Fell, MeView, RoomView } from "../protocol";

/** A room as this page knows it: the last snapshot and every event since. */
export interface RoomState {
  epoch: string;
  at: At;
  room: RoomView;
  desk: DeskView | null;
  me: MeView;
  /** Why one's place was further back when one was last told it. */
  fell: Fell | null;
  /** Speaker numbers that sounded at the last tick, loudest first. */
  speaking: number[];
  /** How many reacted, as the ticks of the last five seconds told it. */
  murmur: Murmur[];
  /** How long each on stage has spoken, and who has had the word for long; those on stage and the desk are told. */
  talk: { spoken: Record<string, number>; long: string[] };
  /** What to add to this machine's clock to get the server's, in milliseconds. */
  ahead: number;
}

/** So many of each kind of reaction, and when (this machine's clock). */
export interface Murmur {
  at: number;
  counts: Record<string, number>;
}

/** What each event of a part of the product does to the room as this page knows it. */
export type Folds<Is extends AnyEvent["is"]> = {
  [K in Is]: (state: RoomState, event: Extract<AnyEvent, { is: K }>) => RoomState;
};

export function inRoom(state: RoomState, change: Partial<RoomView>): RoomState {
  return { ...state, room: { ...state.room, ...change } };
}

export function ofMe(state: RoomState, change: Partial<MeView>): RoomState {
  return { ...state, me: { ...state.me, ...change } };
}

export function atDesk(state: RoomState, change: (desk: DeskView) => Partial<DeskView>): RoomState {
  return state.desk === null ? state : { ...state, desk: { ...state.desk, ...change(state.desk) } };
}
