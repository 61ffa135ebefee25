// What is kept, what readers are told, and the ways out: with all data, or for good.

import {app, call, get, remember, t} from "./core.js";
import {ask, doing, html, icon, proven, toast} from "./parts.js";
import {choose, section, tick} from "./settings.js";

export function privacy(mine) {
  // Page by page, into one file: the API gives no more at a time than a function may answer.
  const exported = event => doing(event, async () => {
    const items = [];
    for (let next = ""; next !== null;) {
      const page = await get(`export${next ? `?after=${encodeURIComponent(next)}` : ""}`);
      items.push(...page.items);
      next = page.next;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(items, null, 1)], {type: "application/json"}));
    link.download = "unsealed.json";
    link.click();
    URL.revokeObjectURL(link.href);
    toast(t("All that is kept is in the file."));
  });

  async function leave(event) {
    const yes = await ask(t("Delete your account?"), t("Everything of yours goes: messages, contacts, tokens, devices. Pictures and links of mails already sent go on working, and record nothing."), t("Delete everything"));
    if (yes) await doing(event, async () => { await proven(proof => call("DELETE", "account", {email: mine.account.email, ...proof})); location.href = new URL("../", app).href; });
  }

  return {
    load: async () => {},
    view: () => section("privacy", t("Privacy"), html`
      ${choose(t("What to keep of mails sent from now on"), mine.preferences.keep, [["full", t("everything")], ["no_subject", t("no subject")], ["no_names", t("no subject, no names")], ["counts_only", t("counts only, no single events after a day")]], event => mine.keep(event, {keep: event.target.value}))}
      ${tick(t("Tell readers that the mail is tracked"), mine.preferences.footer, event => { remember("footer", "asked"); mine.keep(event, {footer: event.target.checked}); }, t("A line in each mail, with a link to the reader's own page and the switch to refuse. In the EU this is what the law asks of most senders."))}
      ${tick(t("Track links in plain text"), mine.preferences.text_links, event => mine.keep(event, {text_links: event.target.checked}), t("They show where they really lead."))}
      <div class="row"><button @click=${exported}>${t("Export everything")}</button><button class="danger" @click=${leave}>${icon("remove")}${t("Delete my account")}</button></div>`),
  };
}
