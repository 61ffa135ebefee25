// Connect your mail: the ways by which mails get their tracking, who can use each, and when it last spoke for you.

import {t} from "./core.js";
import {html, nothing, when} from "./parts.js";

const place = path => new URL(`../${path}`, new URL(".", location.href)).href;

/** A way: what it is called, for whom it is, where a click leads, and the name that its token has. */
const WAYS = () => [
  [t("Thunderbird"), t("Tracks each mail as you send it; shows beside a sent mail who opened it."), "thunderbird/unsealed.xpi", t("Install"), "Thunderbird"],
  [t("Outlook"), t("Microsoft 365 and Outlook.com: a button that tracks and sends; by itself where an administrator installs it."), "outlook/manifest.xml", t("Download"), "Outlook"],
  [t("Gmail"), t("Cards beside your mails and the composer, on the web and on phones, where your organisation has the add-on."), null, null, null],
  [t("Apple Mail and every IMAP program"), t("Sends by the relay; on Apple's devices a profile sets it up. For the relay's password make an API token that may send."), null, null, "relay"],
  [t("Any program"), t("Write to bob=example.com at the tracking domain instead of bob@example.com. Nothing to install."), null, null, null],
];

/** The newest use of a token of this name; "" where it was never used. */
const used = (tokens, name) => tokens.filter(each => name && !each.session && each.name.toLowerCase().includes(name.toLowerCase()))
  .map(each => each.last_used_at ?? "").sort().at(-1) ?? "";

const said = last => last ? html`<span class="soft small">${t("last used")} ${when(last)}</span>` : nothing;

export const programs = (addresses, tokens) => html`<ul class="list" id="connected">${WAYS().map(([name, whom, path, label, token]) => html`<li><div class="line two">
    <span><span class="strong">${name}</span><br><span class="soft small">${whom}</span><br>${said(used(tokens, token))}</span>
    <span class="aside">${path ? html`<a class="button small" href=${place(path)} download>${label}</a>` : nothing}
      ${token === "relay" ? addresses.map(each => html`<a class="button small" href=${place(`apple/unsealed.mobileconfig?email=${encodeURIComponent(each.email)}`)}>${t("Profile for {email}", {email: each.email})}</a>`) : nothing}</span></div></li>`)}</ul>`;
