const WITHIN = 6000;

/** The first of these origins that this device accepts: a page of http sees no answer of theirs, but that there is one. */
export async function firstThatAnswers(
  origins: string[],
  ask: (url: string, how: RequestInit) => Promise<unknown>,
): Promise<string | null> {
  for (const origin of origins) {
    const how = { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(WITHIN) } as const;
    const answered = await ask(`${origin}/trust/works`, how).then(
      () => true,
      () => false,
    );
    if (answered) return origin;
  }
  return null;
}
