import { api, Fault, type Me, type Person } from "./api";
import { first } from "./first";
import { choose, speakPreferred } from "$/i18n/words.svelte";

export const NAME_MAX = 60;

/** Who one is here, and what this place is. */
class Session {
  me = $state.raw<Me | null>(first.take<Me>("/me") ?? null);
  /** Called when somebody signed in or out, so that the line to the room belongs to them. */
  onchange: () => void = () => undefined;
  /** A name on its way to the server: settles when it is there or was refused. */
  naming: Promise<unknown> | null = null;
  private asked: Promise<Me> | null = this.me && Promise.resolve(this.me);

  get person(): Person | null {
    return this.me?.person ?? null;
  }

  /** Ask once; later calls give the same. */
  load(): Promise<Me> {
    this.asked ??= api.me().then(
      (me) => {
        this.become(me);
        return me;
      },
      (fault) => {
        this.asked = null;
        throw fault;
      },
    );
    return this.asked;
  }

  /** Take a name as a guest. The open page hears of it over its line; the sound goes on. */
  async takeName(name: string): Promise<void> {
    const guest = api.guest(fitting(name));
    this.naming = guest.catch(() => undefined);
    try {
      this.me = await guest;
    } finally {
      this.naming = null;
    }
  }

  async signIn(token: string, name?: string): Promise<void> {
    await this.enter(api.signIn(token, name && fitting(name)));
  }

  /** Come in by another way: a passkey, a password. */
  async enter(way: Promise<Me>): Promise<void> {
    this.become(await way);
    this.onchange();
  }

  /** Ask anew who one is, after something of it has changed. */
  async again(): Promise<void> {
    this.me = await api.me();
  }

  async signOut(): Promise<void> {
    await api.signOut();
    await this.enter(api.me());
  }

  /** Choose a language: this page's, and of whoever is signed in that of all they are told, in every browser. */
  async speak(language: string): Promise<void> {
    const { me, person } = this;
    await choose(language);
    if (me === null || person === null) return;
    await api.speak(language);
    this.me = { ...me, person: { ...person, language } };
  }

  /** Whoever comes is spoken to in their own language. */
  private become(me: Me): void {
    this.me = me;
    void speakPreferred(me.person?.language ?? null);
  }
}

/** The server would refuse it, too; what is far too long is not even sent. */
function fitting(name: string): string {
  if (name.length > NAME_MAX) throw new Fault("name.length", "A name has 1 to 60 characters.");
  return name;
}

export const session = new Session();
