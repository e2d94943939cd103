import type { MeView, Question, QuestionEvents, RoomView } from "../protocol";
import { atDesk, type Folds, inRoom, ofMe, type RoomState } from "./state";

export const questions: Folds<QuestionEvents["is"]> = {
  "question.asked": (state, event) => inRoom(state, asked(state.room, event.question, counts(event))),
  "question.changed": (state, event) => inRoom(state, asked(state.room, event.question, counts(event))),
  "questions.carried_over": (state) => {
    const told = inRoom(state, { questions: state.room.questions.map(carried) });
    const mine = ofMe(told, { questions: state.me.questions.map(carried) });
    return atDesk(mine, (desk) => ({ questions: desk.questions.map(carried) }));
  },
  "question.gone": (state, event) =>
    inRoom(state, { questions: state.room.questions.filter(other(event.question)), ...counts(event) }),
  "votes.counted": (state, event) => {
    const counted = (question: Question) => {
      const votes = event.tallies[question.id];
      return votes === undefined
        ? question
        : { ...question, votes, guest_votes: event.guests[question.id] ?? 0 };
    };
    const told = inRoom(state, { questions: state.room.questions.map(counted) });
    const mine = ofMe(told, { questions: state.me.questions.map(counted) });
    return atDesk(mine, (desk) => ({ questions: desk.questions.map(counted) }));
  },
  "desk.question": (state, event) =>
    atDesk(state, (desk) => ({ questions: put(desk.questions, event.question), ...putAside(event) })),
  "desk.question_gone": (state, event) =>
    atDesk(state, (desk) => ({
      questions: desk.questions.filter(other(event.question)),
      ...putAside(event),
    })),
  "desk.words": (state, event) => atDesk(state, () => ({ words: event.words })),
  "desk.one_network": (state, event) => atDesk(state, () => ({ one_network: event.one_network })),
  "me.question": (state, event) => ofMe(state, { questions: put(state.me.questions, event.question) }),
  "me.question_gone": (state, event) =>
    ofMe(state, { questions: state.me.questions.filter(other(event.question)) }),
  "me.voted": (state, event) => voted(state, event.question, event.value),
  "me.merged": (state, event) => voted(voted(state, event.question, 0), event.into, event.value),
};

/** The room ended before it was answered. */
const carried = (question: Question): Question =>
  question.state === "open" ? { ...question, state: "carried_over" } : question;

const other = (id: string) => (question: Question) => question.id !== id;

function put(known: Question[], question: Question): Question[] {
  const there = known.some((one) => one.id === question.id);
  return there ? known.map((one) => (one.id === question.id ? question : one)) : [...known, question];
}

function putAside(told: { pending_count: number; dismissed_count: number }) {
  return { pending_count: told.pending_count, dismissed_count: told.dismissed_count };
}

function counts(told: { open_count: number; answered_count: number }) {
  return { open_count: told.open_count, answered_count: told.answered_count };
}

/** A question in its new state. */
function asked(room: RoomView, question: Question, counted: Partial<RoomView>): Partial<RoomView> {
  const rest = room.questions.filter(other(question.id));
  return { questions: question.state === "withdrawn" ? rest : [...rest, question], ...counted };
}

/** One's vote on a question, instead of the one before. */
function voted(state: RoomState, question: string, value: number): RoomState {
  const without = (ids: string[]) => ids.filter((id) => id !== question);
  const mine: Partial<MeView> = { voted: without(state.me.voted), against: without(state.me.against) };
  if (value === 1) mine.voted?.push(question);
  if (value === -1) mine.against?.push(question);
  return ofMe(state, mine);
}
