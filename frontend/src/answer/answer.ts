/** What an answer's page does besides being read: our player in place of the browser's, follow, share, copy. */
import "./answer.css";
import { clock, following, rateAfter } from "./moments";

const HEARD = 440;

const one = <E extends Element>(selector: string): E | null => document.querySelector<E>(selector);

function play(audio: HTMLAudioElement, ours: HTMLElement): void {
  const button = ours.querySelector("button");
  const seek = ours.querySelector("input");
  const heard = ours.querySelector("clipPath rect");
  const at = ours.querySelector(".answer__at");
  if (!button || !seek) return;
  const [begin, pause] = [button.ariaLabel, button.dataset["pause"] ?? ""];
  const show = () => {
    const length = Number.isFinite(audio.duration) ? audio.duration : Number(seek.max);
    seek.value = String(Math.floor(audio.currentTime));
    seek.setAttribute("aria-valuetext", `${clock(audio.currentTime)} / ${clock(length)}`);
    heard?.setAttribute("width", String((HEARD * audio.currentTime) / length));
    if (at) at.textContent = clock(audio.currentTime);
    button.classList.toggle("is-playing", !audio.paused);
    button.ariaLabel = audio.paused ? begin : pause;
  };
  button.addEventListener(
    "click",
    () => void (audio.paused ? audio.play().catch(() => undefined) : audio.pause()),
  );
  seek.addEventListener("input", () => (audio.currentTime = Number(seek.value)));
  for (const told of ["play", "pause", "timeupdate", "seeked", "loadedmetadata"])
    audio.addEventListener(told, show);
  audio.removeAttribute("controls");
  ours.hidden = false;
  show();
}

function speed(audio: HTMLAudioElement, button: HTMLButtonElement): void {
  const say = () => {
    button.textContent = `${audio.playbackRate}×`;
    button.ariaLabel = `${button.dataset["says"]}, ${audio.playbackRate}×`;
  };
  button.addEventListener("click", () => {
    audio.playbackRate = rateAfter(audio.playbackRate);
    say();
  });
  button.hidden = false;
  say();
}

function follow(audio: HTMLAudioElement, button: HTMLButtonElement): void {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-at]")];
  const begins = lines.map((line) => Number(line.dataset["at"]));
  let shown = -1;
  const show = () => {
    const wanted = button.ariaPressed === "true" ? following(begins, audio.currentTime) : -1;
    if (wanted === shown) return;
    lines[shown]?.classList.remove("is-heard");
    lines[wanted]?.classList.add("is-heard");
    if (!audio.paused) lines[wanted]?.scrollIntoView({ block: "center" });
    shown = wanted;
  };
  button.ariaPressed = "false";
  button.addEventListener("click", () => {
    button.ariaPressed = String(button.ariaPressed !== "true");
    show();
  });
  audio.addEventListener("timeupdate", show);
  button.hidden = false;
}

/** Say for a moment that it is done. */
async function copied(button: HTMLButtonElement, text: string): Promise<void> {
  const said = button.textContent;
  await navigator.clipboard.writeText(text);
  button.textContent = button.dataset["done"] ?? said;
  setTimeout(() => (button.textContent = said), 2000);
}

function share(button: HTMLButtonElement): void {
  const here = one<HTMLLinkElement>("link[rel=canonical]")?.href ?? location.href;
  const title = one("h1")?.textContent ?? document.title;
  button.addEventListener("click", () => {
    const shared = navigator.share ? navigator.share({ title, url: here }) : copied(button, here);
    shared.catch(() => undefined);
  });
  button.hidden = !navigator.share && !navigator.clipboard;
}

function copy(button: HTMLButtonElement): void {
  const code = one("code")?.textContent ?? "";
  button.addEventListener("click", () => void copied(button, code).catch(() => undefined));
  button.hidden = !navigator.clipboard;
}

const does = (what: string) => one<HTMLButtonElement>(`[data-do=${what}]`);
const [audio, ours] = [one<HTMLAudioElement>("audio"), one<HTMLElement>(".answer__ours")];
const [faster, along, sharing, copying] = [does("speed"), does("follow"), does("share"), does("copy")];
if (audio && ours) play(audio, ours);
if (audio && faster) speed(audio, faster);
if (audio && along) follow(audio, along);
if (sharing) share(sharing);
if (copying) copy(copying);
