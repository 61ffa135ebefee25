// How the add-on is connected: by a code that is mailed, or with a token. Only a token that may read and send is kept.

import {call, say, settings, translate} from "./api.js";

/** @type {(id: string) => any} */
const at = id => document.getElementById(id);
const tell = text => { at("state").textContent = text; };
let email = "";

async function show() {
  const {host, token, track, replies} = await settings();
  at("track").checked = track;
  at("replies").checked = replies;
  at("leave").hidden = !token;
  if (!token) return tell(say("notConnected", host));
  await call("GET", "messages?limit=1").then(() => tell(say("connected", host)), error => tell(`${host}: ${error.message}`));
}

const submitted = (id, act) => at(id).addEventListener("submit", async event => {
  event.preventDefault();
  await act(event.target.elements).then(() => event.target.reset(), error => tell(error.message));
});

submitted("ask", async form => {
  email = form.email.value;
  await call("POST", "sign-in", {email});
  at("confirm").hidden = false;
  tell(say("codeOnItsWay", email));
});

submitted("confirm", async form => {
  const headers = token => ({headers: {Authorization: `Bearer ${token}`}});
  const session = (await call("POST", "sign-in/confirm", {email, code: form.code.value})).token;
  const {token} = await call("POST", "tokens", {name: "Thunderbird", scopes: ["read", "send"]}, headers(session));
  await call("POST", "sign-out", undefined, headers(session));
  await browser.storage.local.set({token});
  at("confirm").hidden = true;
  await show();
});

submitted("paste", async form => { await browser.storage.local.set({token: form.token.value.trim()}); await show(); });

for (const name of ["track", "replies"]) at(name).addEventListener("change", event => browser.storage.local.set({[name]: event.target.checked}));
at("leave").addEventListener("click", async () => { await browser.storage.local.remove("token"); await show(); });
translate();
show();
