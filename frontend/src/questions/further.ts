import type { Wanted } from "$/live/line";
import type { AnyFrame, QuestionPage } from "$/live/protocol";

type Tab = QuestionPage["tab"];
type Asks = (wanted: Wanted) => Promise<AnyFrame | null>;
// The server answers four such questions a second.
const APART = 300;

/**
 * Ask for one page of questions after another until `enough`, or until there are no more.
 * Gives the last one that came, from where it goes on; null at the end, and where nothing was answered.
 */
export async function further(
  ask: Asks,
  tab: Tab,
  after: string | null,
  enough: (came: string[]) => boolean,
): Promise<string | null> {
  const frame = await ask({ do: "question.page", tab, after });
  if (frame?.type !== "questions" || !frame.more) return null;
  const came = (frame.questions.length > 0 ? frame.questions : frame.desk).map((question) => question.id);
  const last = came.at(-1) ?? null;
  if (enough(came)) return last;
  await new Promise((done) => setTimeout(done, APART));
  return further(ask, tab, last, enough);
}
