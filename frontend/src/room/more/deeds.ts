/** One thing a host can do from a sheet: what it is called, what follows, and how it is done. */
export interface Deed {
  /** What tells two of the same name apart. */
  id?: string;
  name: string;
  follows?: string;
  icon: string;
  /** It ends or removes something. */
  wax?: boolean;
  press: () => unknown;
}

/** Those of the deeds that apply. */
export const those = (...deeds: (Deed | false)[]): Deed[] => deeds.filter((deed) => deed !== false);
