/** The browser's formatters, each made once: to make one takes many times as long as to use it. */

type Kind<F, O> = new (locale: string, options: O) => F;

const made = new Map<unknown, Map<string, unknown>>();

/** A formatter of this kind for a language. */
export function formatter<F, O>(kind: Kind<F, O>, locale: string, options?: O): F {
  const ofKind = made.get(kind) ?? made.set(kind, new Map()).get(kind);
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = ofKind?.get(key) as F | undefined;
  if (known !== undefined) return known;
  const fresh = new kind(locale, options as O);
  ofKind?.set(key, fresh);
  return fresh;
}
