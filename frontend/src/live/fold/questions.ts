import type { Question, QuestionEvents, RoomView } from "../protocol";
import { type Folds, inRoom, ofMe } from "./state";

export const questions: Folds<QuestionEvents["is"]> = {
  "question.asked": (state, event) => inRoom(state, asked(state.room, event.question)),
  "question.changed": (state, event) => inRoom(state, asked(state.room, event.question)),
  "votes.counted": (state, event) =>
    inRoom(state, {
      questions: state.room.questions.map((question) => {
        const votes = event.tallies[question.id];
        return votes === undefined ? question : { ...question, votes };
      }),
    }),
  "me.voted": (state, event) => {
    const rest = state.me.voted.filter((id) => id !== event.question);
    return ofMe(state, { voted: event.voted ? [...rest, event.question] : rest });
  },
};

/** A question in its new state, and the two counts that follow from it. */
function asked(room: RoomView, question: Question): Partial<RoomView> {
  const before = room.questions.find((known) => known.id === question.id);
  const rest = room.questions.filter((known) => known.id !== question.id);
  const change = (state: Question["state"]) =>
    Number(question.state === state) - Number(before?.state === state);
  return {
    questions: question.state === "withdrawn" ? rest : [...rest, question],
    // A question this page was not told of before was open, whatever it is now.
    open_count: room.open_count + (before || question.state === "open" ? change("open") : -1),
    answered_count: room.answered_count + change("answered"),
  };
}
