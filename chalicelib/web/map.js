// The map of a week: how likely each hour is to find somebody reading, on their own clock.

import {locale, t, tn} from "./core.js";
import {html, nothing, svg} from "./parts.js";

const CELL = 13, LEFT = 34, TOP = 14;

// Monday is the first of the API's week; 1 January 2024 was one.
const dayName = (day, form) => new Intl.DateTimeFormat(locale, {weekday: form, timeZone: "UTC"}).format(new Date(Date.UTC(2024, 0, 1 + day)));
const hourName = hour => `${String(hour).padStart(2, "0")}:00`;

/** The days in the order of the reader's own week. */
function week() {
  // By the browser's own: what it says of its reader need not be a language ("C", where Linux says so).
  const own = new Intl.Locale(new Intl.DateTimeFormat().resolvedOptions().locale);
  const first = (own.getWeekInfo?.() ?? own.weekInfo)?.firstDay ?? 1;
  return Array.from({length: 7}, (_, i) => (first - 1 + i) % 7);
}

/** The map of a send time, with what it rests on in words and as a table. */
export function map(best) {
  const {weights, counts, enough_data: enough, weekday, hour} = best;
  const most = Math.max(...weights), least = Math.min(...weights), days = week();
  const step = weight => most > least ? Math.min(4, Math.floor((weight - least) / (most - least) * 5)) : 0;
  const n = counts.reduce((sum, each) => sum + each, 0);
  const said = enough ? t("Mostly {day} around {hour}, {zone}.", {day: dayName(weekday, "long"), hour: hourName(hour), zone: best.time_zone})
    : t("Not enough data yet: {n} openings so far. Until then the hours are those that suit most people.", {n});
  const cells = days.flatMap((day, row) => Array.from({length: 24}, (_, h) => {
    const i = day * 24 + h, x = LEFT + h * CELL, y = TOP + row * CELL;
    const label = `${dayName(day, "short")} ${hourName(h)}: ${tn("{n} opening", "{n} openings", counts[i])}`;
    return svg`<rect class="q${enough ? step(weights[i]) : 0} ${enough && day === weekday && h === hour ? "best" : ""}" x=${x} y=${y} width="11.5" height="11.5" rx="2"><title>${label}</title></rect>`;
  }));
  const hatch = enough ? nothing : svg`<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V7"/></pattern></defs><rect x=${LEFT} y=${TOP} width=${24 * CELL - 1.5} height=${7 * CELL - 1.5} fill="url(#hatch)"/>`;
  const busy = days.map(day => [day, counts.slice(day * 24, day * 24 + 24)]).filter(([, hours]) => hours.some(Boolean));
  return html`<div class="scroll"><svg class="map" viewBox="0 0 ${LEFT + 24 * CELL} ${TOP + 7 * CELL}" role="img" aria-label=${said} dir="ltr">
      ${[0, 3, 6, 9, 12, 15, 18, 21].map(h => svg`<text x=${LEFT + h * CELL} y="9">${String(h).padStart(2, "0")}</text>`)}
      ${days.map((day, row) => svg`<text x="0" y=${TOP + row * CELL + 9}>${dayName(day, "short")}</text>`)}${cells}${hatch}</svg></div>
    ${enough ? html`<p class="soft small">${said} ${tn("From {n} opening.", "From {n} openings.", n)}</p>` : nothing}
    ${busy.length ? html`<details><summary class="small">${t("As a table")}</summary><table><thead><tr><th>${t("Day")}</th><th>${t("Hours, with openings")}</th></tr></thead><tbody>${busy.map(([day, hours]) => html`<tr><th scope="row">${dayName(day, "long")}</th><td>${hours.map((count, h) => count ? `${hourName(h)} (${count})` : "").filter(Boolean).join(", ")}</td></tr>`)}</tbody></table></details>` : nothing}`;
}
