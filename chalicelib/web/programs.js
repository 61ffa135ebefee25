// Connect your mail: the ways by which mails get their tracking, who can use each, and when the last mail came by it.

import {asking, get, t} from "./core.js";
import {doing, html, nothing, when} from "./parts.js";

const place = path => new URL(`../${path}`, new URL(".", location.href)).href;

/** The ways: what each is called, for whom it is, a link where a click is enough, and by which doors its mails come. */
const WAYS = domain => [
  {name: t("Thunderbird"), whom: t("Tracks each mail as you send it; shows beside a sent mail who opened it."), path: "thunderbird/unsealed.xpi", label: t("Install"), doors: ["thunderbird"]},
  {name: t("Outlook"), whom: t("Microsoft 365 and Outlook.com: a button that tracks and sends; by itself where an administrator installs it."), path: "outlook/manifest.xml", label: t("Download"), doors: ["outlook"]},
  {name: t("Gmail"), whom: t("Cards beside your mails and the composer, on the web and on phones, where your organisation has the add-on."), doors: ["gmail"]},
  {name: t("Apple Mail and every IMAP program"), whom: t("Sends by the relay; on Apple's devices a profile sets it up. For the relay's password make an API token that may send."), profiles: true, doors: ["relay"]},
  {name: t("Any program"), whom: domain
    ? html`${t("Write to this address instead of bob@example.com. Nothing to install.")} <span class="mono">bob=example.com@${domain}</span>`
    : t("Write to bob=example.com at the tracking domain instead of bob@example.com. Nothing to install."), doors: ["gateway"]},
];

/** The section's part of `mine`: what it shows, and what it has to load. */
export function programs(mine) {
  let domain = "", unread = ""; // the address whose IMAP server has to be named

  const load = async () => { domain = await get("forwarding").then(found => found.address.split("@")[1], () => ""); };

  /** A mail that was sent just now shows when its sender comes back to this page. */
  const fresh = async () => { if (!document.hidden && document.getElementById("connected")) { mine.account = await get("account"); mine.show(); } };
  document.addEventListener("visibilitychange", () => fresh().catch(() => {}));

  /** The profile for an address: it comes where it can be made; else what is wrong is said, or asked for. */
  const profile = (event, email, server = "") => doing(event, async () => {
    const url = place(`apple/unsealed.mobileconfig?${new URLSearchParams({email, ...(server && {server})})}`);
    const answer = await fetch(url, {cache: "no-store", headers: asking});
    if (answer.ok) { unread = ""; mine.show(); return location.assign(url); }
    const {detail, field} = await answer.json();
    if (field === "server" && unread !== email) { unread = email; return mine.show(); }
    throw new Error(detail);
  });

  const asked = () => html`<form class="row" @submit=${event => { event.preventDefault(); return profile({target: event.submitter}, unread, event.target.elements.server.value); }}>
    <label class="field grow">${t("The IMAP server of {email}", {email: unread})}<input name="server" required placeholder="imap.example.com"></label><button>${t("Profile")}</button></form>`;

  const last = doors => doors.map(each => mine.account.last_mail[each]).filter(Boolean).sort().at(-1);

  const way = (addresses, {name, whom, path, label, profiles, doors}) => html`<li><div class="line way">
    <span class="strong">${name}</span>
    <span class="soft small">${whom}</span>
    <span class="small">${last(doors) ? html`${t("Last mail by this way:")} ${when(last(doors))}` : html`<span class="soft">${t("No mail by this way yet.")}</span>`}</span>
    ${path ? html`<span class="act"><a class="button small" href=${place(path)} download>${label}</a></span>` : nothing}
    ${profiles ? html`<span class="act">${addresses.map(each => html`<button class="small" @click=${event => profile(event, each.email)}>${t("Profile for {email}", {email: each.email})}</button> `)}</span>${unread ? asked() : nothing}` : nothing}
  </div></li>`;

  return {load, view: addresses => html`<ul class="list" id="connected">${WAYS(domain).map(each => way(addresses, each))}</ul>`};
}
