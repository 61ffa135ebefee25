// Sign in: an address, then the code that came to it.

import {agreed, app, call, t, to} from "./core.js";
import {go, start} from "./app.js";
import {html, icon, nothing} from "./parts.js";

export async function open(place) {
  place.title(t("Sign in"));
  let email = "", wrong = "", busy = false, asked = false;
  const show = () => place.show(view());

  // Only to a page of ours: an address that a stranger wrote into `next` leads nowhere else.
  const next = () => {
    const url = new URL(place.params.get("next") ?? "today", app);
    return url.origin === app.origin && url.pathname.startsWith(app.pathname) ? url.href : to("today");
  };

  async function ask(event) {
    event.preventDefault();
    email = event.target.elements.email.value.trim();
    await trying(async () => { await call("POST", "sign-in", {email}); asked = true; });
    document.querySelector("[name=code]")?.focus();
  }

  async function confirm(event) {
    event.preventDefault();
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
    await trying(async () => {
      await call("POST", "sign-in/confirm", {email, code: event.target.elements.code.value, time_zone});
      await enter();
    });
  }

  async function enter(fresh) {
    if (await agreed(fresh)) return location.replace(next());
    start();
    go(next(), {replace: true});
  }

  async function trying(act) {
    busy = true; wrong = ""; show();
    try { await act(); } catch (problem) { wrong = problem.message; }
    busy = false; show();
  }

  async function demo() {
    await trying(async () => {
      const answer = await fetch(new URL("../_local/sign-in", app), {method: "POST"});
      if (!answer.ok) throw new Error(t("Something went wrong. Please try again."));
      await enter(true);
    });
  }

  const error = () => html`<p class="wrong" role="alert">${wrong}</p>`;
  const view = () => html`<div class="card">
    <a class="brand" href=${new URL("../", app).href}><img src=${new URL("icon.svg", import.meta.url).href} alt="">Unsealed</a>
    <h1>${t("Sign in")}</h1>
    ${asked ? html`<form class="stack" @submit=${confirm}>
        <p class="soft">${t("If {email} may sign in, a code is on its way to it. It works for 10 minutes.", {email})}</p>
        <label class="field">${t("Code")}<input name="code" class="code" autocomplete="one-time-code" inputmode="numeric" required maxlength="20"></label>
        ${error()}<button class="main" ?disabled=${busy}>${t("Sign in")}</button>
        <button type="button" class="plain" @click=${() => { asked = false; wrong = ""; show(); }}>${t("Another address, or a new code")}</button>
      </form>`
    : html`<form class="stack" @submit=${ask}>
        <p class="soft">${t("Your address is enough: a code comes to it by mail. There is no password.")}</p>
        <label class="field">${t("E-mail address")}<input type="email" name="email" .value=${email} autocomplete="email" required></label>
        ${error()}<button class="main" ?disabled=${busy}>${t("Send me a code")}</button>
      </form>`}
    ${document.body.dataset.demo ? html`<div class="stack"><p class="soft small">${t("This is a system on your own machine.")}</p>
      <button @click=${demo} ?disabled=${busy}>${icon("check")}${t("Sign in as the demo sender")}</button>
      ${asked ? html`<a class="small" href=${new URL("../_local/outbox.txt", app).href}>${t("Read the code in the outbox")}</a>` : nothing}</div>` : nothing}
  </div>`;
  show();
}
