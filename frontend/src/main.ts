import { mount } from "svelte";
import { session } from "./accounts/me.svelte";
import App from "./App.svelte";
import { speakPreferred } from "./i18n/words.svelte";
import { router } from "./router.svelte";
import { tellOfLostParts } from "./ui/parts";
import "./design/tokens.css";
import "./design/components.css";
import "./design/page.css";

await speakPreferred(session.person?.language ?? null, ["home", "room"].includes(router.route.page));
tellOfLostParts();
const target = document.getElementById("app");
if (target) mount(App, { target });

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // The words come over the network: when they are here, the page may have been loaded already.
  const register = () => void navigator.serviceWorker.register("/sw.js");
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}
