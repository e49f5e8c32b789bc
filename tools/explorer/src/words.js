// How things are said: names of modalities, numbers, dates, and the form in which names are compared.

export const MODALITIES = [
  { name: "asserted", label: "Stated", about: "stated as done or being so" },
  { name: "planned", label: "Planned", about: "will, plans to" },
  { name: "directive", label: "Called for", about: "should, must, was urged to" },
  { name: "possible", label: "Possible", about: "may, might, is expected to" },
];
export const NEGATED = { name: "negated", label: "Denied", about: "said not to be so, in any of the above ways" };

const modalityLabels = new Map(MODALITIES.map((m) => [m.name, m.label]));
export const modalityLabel = (name) => modalityLabels.get(name) ?? name;

export const relationLabel = (name) => name.replaceAll("_", " ");

const numbers = new Intl.NumberFormat("en");
export const count = (n) => numbers.format(n);
export const counted = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;

/** Compared without case, accents and punctuation at the edges. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

export function shortened(text, limit) {
  const characters = Array.from(text);
  return characters.length <= limit ? text : characters.slice(0, limit - 1).join("").trimEnd() + "…";
}

const DAY = 86400000;
const dayOf = (year, month, day) => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return Math.round(date.getTime() / DAY);
};

const knownDays = new Map();

function singleTime(text) {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text);
  if (!parts) return null;
  const [, year, month, day] = parts.map(Number);
  if (parts[2] && (month < 1 || month > 12)) return null;
  if (!parts[2]) return [dayOf(year, 0, 1), dayOf(year + 1, 0, 1) - 1];
  if (!parts[3]) return [dayOf(year, month - 1, 1), dayOf(year, month, 1) - 1];
  return [dayOf(year, month - 1, day), dayOf(year, month - 1, day)];
}

/** First and last day (counted from 1970) of "2024", "2024-03", "2024-03-13" or "a/b"; null for anything else. */
export function daysOf(time) {
  if (!time) return null;
  if (!knownDays.has(time)) knownDays.set(time, parseDays(time));
  return knownDays.get(time);
}

function parseDays(time) {
  const [first, last] = time.split("/");
  const begin = singleTime(first);
  if (last === undefined) return begin;
  const end = singleTime(last);
  if (!begin || !end) return begin ?? end;
  return [begin[0], Math.max(begin[1], end[1])];
}

export function isoDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
