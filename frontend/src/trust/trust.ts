/** What the page on trust does besides being read: it tries whether this device accepts the place already. */
import "../answer/answer.css";
import "./trust.css";
import { firstThatAnswers } from "./trying";

const part = document.querySelector<HTMLElement>("[data-origins]");
const look = part?.querySelector("button");
const there = part?.querySelector("a");
const told = part?.querySelector<HTMLElement>("[role=status]");

async function tried(
  origins: string[],
  button: HTMLButtonElement,
  link: HTMLAnchorElement,
  said: HTMLElement,
) {
  button.disabled = true;
  said.textContent = said.dataset["looks"] ?? "";
  const found = await firstThatAnswers(origins, fetch);
  if (found) link.href = found;
  said.textContent = (found ? said.dataset["works"] : said.dataset["fails"]) ?? "";
  button.disabled = false;
}

if (part && look && there && told) {
  const origins = (part.dataset["origins"] ?? "").split(" ");
  look.addEventListener("click", () => void tried(origins, look, there, told));
  look.hidden = false;
}
