"""What people do in a room, by the names on the screen (design: the accessible names)."""

from dataclasses import dataclass

from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import Person

# A second page of somebody's, for a moment, that says one command.
SAYS = """([room, command]) => new Promise((done, failed) => {
  const line = new WebSocket(location.origin.replace("http", "ws") + "/live");
  const say = message => line.send(JSON.stringify(message));
  line.onopen = () => say({do: "room.enter", id: "enter", room});
  line.onmessage = ({data}) => {
    const frame = JSON.parse(data);
    if (frame.type === "refused") failed(new Error(frame.text));
    if (frame.type !== "ack") return;
    if (frame.id === "enter") return say({...command, id: "said"});
    line.close();
    done();
  };
})"""


@dataclass
class Evening:
    """A room in a house, and how one takes part in it."""

    house: House
    room: str = ""

    @property
    def link(self) -> str:
        return f"{self.house.address}/r/{self.room}"

    async def opened_by(self, host: Person, title: str) -> None:
        """The first admin comes by the setup link, plans a room, goes live and unmutes."""
        await self.first_admin(host)
        await self.planned_by(host, title)
        await host.press("Go live")
        await self.unmuted(host)

    async def first_admin(self, host: Person) -> None:
        """Whoever has the printed link gives a name, and the house is theirs."""
        await host.page.goto(self.house.setup_link())
        await host.page.get_by_label("Your name").fill(host.name)
        await host.press("Continue")
        await host.page.get_by_role("link", name="Plan a room").first.wait_for()

    async def planned_by(self, host: Person, title: str) -> None:
        """A host at home plans a room and stands at its desk."""
        await host.page.get_by_role("link", name="Plan a room").first.click()
        await host.page.get_by_label("What do you want to talk about?").fill(title)
        await host.press("Plan this room")
        await host.page.wait_for_url("**/r/*")
        self.room = host.page.url.rsplit("/", 1)[1].split("?")[0]
        await self.set(host, guests_ask="open", guests_vote_counts=True, guests_speak=True)

    async def set(self, host: Person, **settings: object) -> None:
        """How the room is; in these stories guests are as free as everybody: to ask, to vote, to come on stage."""
        await self.does(host, do="room.set", **settings)

    async def does(self, host: Person, **command: object) -> None:
        """Have something done that the story does not press."""
        await host.page.evaluate(SAYS, [self.room, command])

    async def signed_in(self, person: Person) -> None:
        """Somebody who has an account here; one is made for who has none."""
        known = person.name in self.house.command("user", "list")
        link = self.house.command("user", "link" if known else "add", person.name).strip()
        await person.page.goto(f"{self.house.address}/in/{link.rsplit('/', 1)[1]}")
        await person.press(f"Continue as {person.name}")
        await person.page.wait_for_url(self.house.address + "/")

    async def joined_by(self, listener: Person, *, at: str = "", account: bool = False) -> None:
        """Give a name or come with an account, press Listen; `at` is another address of the house."""
        if account:
            await self.signed_in(listener)
        await listener.page.goto(f"{at}/r/{self.room}" if at else self.link)
        if not account:
            await listener.page.get_by_label("Your name").fill(listener.name)
        await listener.press("Listen")
        await expect(listener.button("Leave quietly")).to_be_visible(timeout=15_000)

    async def unmuted(self, speaker: Person) -> None:
        await speaker.press("Unmute")
        await expect(speaker.button("Mute")).to_be_visible(timeout=15_000)

    async def asked(self, asker: Person, text: str) -> None:
        """Write a question that one wants to ask oneself."""
        await asker.press("Ask a question")
        await asker.page.get_by_role("dialog").get_by_role("textbox").fill(text)
        await asker.press("Send question")
        await asker.sees(text)

    async def invited(self, host: Person, listener: Person) -> None:
        """A raised hand, and the host's *Bring to stage*: the invitation is on the listener's screen."""
        await listener.press("Raise hand")
        await host.press(f"Bring to stage, {listener.name}")
        await expect(listener.page.get_by_role("alertdialog")).to_be_visible(timeout=15_000)

    async def accepted(self, invited: Person) -> None:
        """The invitation, the microphone check, the second key."""
        await expect(invited.page.get_by_role("alertdialog")).to_be_visible(timeout=15_000)
        await invited.press("Accept and speak")
        await expect(invited.button("Mute")).to_be_visible(timeout=15_000)
