import { first } from "$/accounts/first";
import { answers, type Listed } from "./api";

/** The first answers, on a page of something else: where they cannot be had, that page is whole without them. */
export class Some {
  listed = $state.raw<Listed | null>(null);

  constructor(private readonly path: string) {
    this.listed = first.take<Listed>(path) ?? null;
  }

  load = async (): Promise<void> => {
    this.listed ??= await answers.first(this.path).catch(() => null);
  };
}
