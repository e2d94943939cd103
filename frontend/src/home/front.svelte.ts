import type { RoomCard } from "$/accounts/api";
import { first } from "$/accounts/first";
import { front, looking, type Home, type Paged, type Wish } from "./api";

/** The home page as it stands: looked up again while somebody looks, with what they have had shown besides. */
export class Front {
  home = $state.raw<Home | null>(null);
  fault = $state.raw<Error | null>(null);
  private further = $state.raw<Partial<Record<Paged, { rooms: RoomCard[]; next: string | null }>>>({});

  constructor(private readonly wish: Wish) {
    this.home = first.take<Home>(looking("/home", wish)) ?? null;
  }

  load = async (): Promise<void> => {
    try {
      this.home = await front.home(this.wish);
      this.fault = null;
    } catch (why) {
      this.fault = why as Error;
    }
  };

  /** The next rooms of a list. */
  async more(list: Paged): Promise<void> {
    const after = this.next(list);
    if (!after) return;
    const page = await front.more(list, this.wish, after);
    this.further = {
      ...this.further,
      [list]: { rooms: [...(this.further[list]?.rooms ?? []), ...page.rooms], next: page.next },
    };
  }

  /** A list with what was shown besides, each room once: what is ranked moves meanwhile. */
  rooms(list: Paged): RoomCard[] {
    const every = [...(this.home?.[list] ?? []), ...(this.further[list]?.rooms ?? [])];
    return [...new Map(every.map((card) => [card.room, card])).values()];
  }

  next(list: Paged): string | null {
    return this.further[list] ? this.further[list].next : (this.home?.next[list] ?? null);
  }
}
