// What speaks for a sender: addresses, tokens, webhooks; and the mail programs that are connected.

import {call, get, t} from "./core.js";
import {ask, codeAsked, doing, html, icon, nothing, toast, when} from "./parts.js";
import {programs} from "./programs.js";
import {section, tick} from "./settings.js";
import {KINDS} from "./tell.js";

const SCOPES = () => [["read", t("read")], ["send", t("send")], ["admin", t("administer")]];
const FAILURES = () => ({not_public: t("its host has no public address"), no_connection: t("no connection"), bad_certificate: t("its certificate is not valid"), no_answer: t("no answer")});

export function access(mine) {
  const connected = programs(mine);
  let addresses = [], tokens = [], hooks = [], asked = "", shown = "", secret = "";

  const load = async () => {
    const found = await Promise.all([get("addresses"), get("tokens"), get("webhooks"), connected.load()]);
    [addresses, tokens, hooks] = found.slice(0, 3).map(each => each.items);
  };
  const done = async sentence => { await load(); mine.show(); toast(sentence); };
  const submitted = act => event => { event.preventDefault(); const form = event.target; return doing({target: event.submitter}, async () => { await act(form.elements); form.reset(); }); };

  const addAddress = submitted(async ({email}) => { await call("POST", "addresses", {email: email.value}); asked = email.value; mine.show(); });
  const confirmAddress = submitted(async ({code}) => { await call("POST", "addresses/confirm", {email: asked, code: code.value}); asked = ""; await done(t("Added.")); });
  const chosen = boxes => [...boxes].filter(each => each.checked).map(each => each.value);

  // What this sign-in makes ends with it, unless a code shows that it is really the sender.
  const addToken = submitted(async ({name, scope, lasting}) => {
    const body = {name: name.value, scopes: chosen(scope)};
    if (lasting.checked) {
      await call("POST", "account/code");
      body.proof = await codeAsked();
      if (!body.proof) throw new Error(t("Nothing was changed."));
    }
    shown = (await call("POST", "tokens", body)).token;
    await done(t("Made."));
  });
  const addHook = submitted(async ({url, kind}) => { secret = (await call("POST", "webhooks", {url: url.value, kinds: chosen(kind)})).secret; await done(t("Added.")); });
  const letSignIn = (event, address) => doing(event, async () => { await call("PATCH", `addresses/${encodeURIComponent(address.email)}`, {sign_in: event.target.checked}); await done(t("Saved.")); });

  const removing = (event, path, question, said) => doing(event, async () => {
    if (!await ask(question, said, t("Remove"))) return;
    await call("DELETE", path);
    await done(t("Removed."));
  });

  const line = (title, more, end) => html`<li><div class="line two"><span><span class="strong">${title}</span><br><span class="soft small">${more}</span></span><span class="aside">${end}</span></div></li>`;

  const once = (label, value) => value ? html`<div class="note stack"><p>${label}</p><p class="mono">${value}</p><div><button class="small" @click=${() => navigator.clipboard.writeText(value).then(() => toast(t("Copied.")))}>${icon("copy")}${t("Copy")}</button></div></div>` : nothing;

  const health = hook => hook.disabled_at ? t("switched off after too many failures") : hook.failing_since ? html`${t("failing since")} ${when(hook.failing_since)}` : hook.last_tried_at ? html`${hook.last_status ? t("last answer {status}", {status: hook.last_status}) : FAILURES()[hook.last_failure]} · ${when(hook.last_tried_at)}` : t("nothing was posted yet");

  return {
    load,
    view: () => html`
    ${section("programs", t("Connect your mail"), html`<p class="soft">${t("Five ways by which your mails get their tracking. One is enough.")}</p>${connected.view(addresses)}
      <p class="soft">${t("Without any of them:")} <a href="compose">${t("write it here and copy it")}</a>.</p>`)}
    ${section("addresses", t("Addresses"), html`<p class="soft">${t("Mail from these addresses is yours, and notifications go to the first, or to the one you choose.")}</p>
      <ul class="list">${addresses.map(each => line(each.email, html`${t("confirmed")} ${when(each.verified_at)}${each.stopped_by ? html`<span class="outcome bounced">${icon("complained")} ${each.stopped_by === "complaint" ? t("A notification was marked as spam: none is sent here any more.") : t("A notification came back: none is sent here any more.")}</span>` : nothing}
        ${each.first ? nothing : tick(t("Whoever reads its mail may sign in"), each.sign_in, event => letSignIn(event, each))}`, each.first ? html`<span class="tag">${t("first")}</span>` : html`<button class="plain danger small" @click=${event => removing(event, `addresses/${encodeURIComponent(each.email)}`, t("Remove {email}?", {email: each.email}), t("Mail from it is not yours any more."))}>${t("Remove")}</button>`))}</ul>
      ${asked ? html`<form class="row" @submit=${confirmAddress}><label class="field grow">${t("The code that came to {email}", {email: asked})}<input name="code" inputmode="numeric" autocomplete="one-time-code" required></label><button class="main">${t("Confirm")}</button></form>`
      : html`<form class="row" @submit=${addAddress}><label class="field grow">${t("Another address of yours")}<input type="email" name="email" required></label><button>${t("Add")}</button></form>`}`)}
    ${section("tokens", t("API tokens"), html`<p class="soft">${t("For programs that speak for you. Sign-ins are listed too.")}</p>
      <ul class="list">${tokens.map(each => line(each.session ? t("Sign-in") : each.name, html`${SCOPES().filter(([scope]) => each.scopes.includes(scope)).map(([, label]) => label).join(", ")} · ${each.last_used_at ? html`${t("last used")} ${when(each.last_used_at)}` : t("never used")}${each.expires_at ? html` · ${t("ends")} ${when(each.expires_at)}` : nothing}`, each.current ? html`<span class="tag">${t("this browser")}</span>` : html`<button class="plain danger small" @click=${event => removing(event, `tokens/${each.id}`, t("Revoke this token?"), t("Whoever uses it is out from the next call on."))}>${t("Revoke")}</button>`))}</ul>
      ${once(t("Your new token, shown this once:"), shown)}
      <form class="stack" @submit=${addToken}><label class="field">${t("A new token, for")}<input name="name" required maxlength="100" placeholder="CRM"></label>
        <fieldset class="row"><legend class="hidden">${t("What it may do")}</legend>${SCOPES().map(([scope, label]) => html`<label class="check"><input type="checkbox" name="scope" value=${scope} ?checked=${scope !== "admin"}>${label}</label>`)}</fieldset>
        <label class="check"><input type="checkbox" name="lasting" checked><span>${t("It goes on when this sign-in ends")}<br><span class="soft small">${t("For that a code comes to your address, to show that it is you.")}</span></span></label><div><button>${t("Make")}</button></div></form>`)}
    ${section("webhooks", t("Webhooks"), html`<p class="soft">${t("Each entry of the feed is posted to these addresses, signed.")}</p>
      ${hooks.length ? html`<ul class="list">${hooks.map(each => line(html`<span class="mono">${each.url}</span>`, html`${each.kinds.length ? each.kinds.map(kind => KINDS()[kind]).join(", ") : t("everything")} · ${health(each)}${mine.outcome(each.id)}`, html`<button class="plain small" @click=${event => mine.trying(event, each.id, `webhooks/${each.id}/test`)}>${t("Test")}</button><button class="plain danger small" @click=${event => removing(event, `webhooks/${each.id}`, t("Remove this webhook?"), t("Nothing more is posted to it."))}>${t("Remove")}</button>`))}</ul>` : nothing}
      ${once(t("The secret that signs each post, shown this once:"), secret)}
      <form class="row" @submit=${addHook}><label class="field grow">${t("Post to")}<input type="url" name="url" required placeholder="https://example.com/hook"></label><button>${t("Add")}</button>
        <details class="all"><summary class="small">${t("Of some kinds only")}</summary><fieldset class="row"><legend class="hidden">${t("Of some kinds only")}</legend>${Object.entries(KINDS()).map(([kind, name]) => html`<label class="check"><input type="checkbox" name="kind" value=${kind}>${name}</label>`)}</fieldset></details></form>`)}`,
  };
}
