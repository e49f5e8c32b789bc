// The strip below the picture: how many facts there are at each time, and two handles that keep a stretch of it. The
// handles are range inputs, so they work from the keyboard.
import { h, svg } from "./dom.js";
import { spansOf } from "./filter.js";
import { count, isoDay } from "./words.js";

const DAY_STEPS = [1, 7, 14];
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
const MOST_BINS = 60;
const HEIGHT = 40;

const monthOf = (day) => {
  const date = new Date(day * 86400000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const firstDayOf = (month) => {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
  return Math.round(date.getTime() / 86400000);
};

/** First days of the bins that cover the span, and one more behind the last: days or weeks, months, years … */
export function binStarts(first, last) {
  for (const step of DAY_STEPS)
    if ((last - first) / step < 40) {
      const bins = Math.floor((last - first) / step) + 1;
      return Array.from({ length: bins + 1 }, (_, i) => first + i * step);
    }
  for (const step of MONTH_STEPS) {
    const begin = Math.floor(monthOf(first) / step);
    const end = Math.floor(monthOf(last) / step);
    if (end - begin < MOST_BINS) return Array.from({ length: end - begin + 2 }, (_, i) => firstDayOf((begin + i) * step));
  }
  return [first, last + 1];
}

export class Timeline {
  constructor(root, model, change) {
    this.root = root;
    this.model = model;
    this.change = change;
    this.dates = null;
    this.chart = svg("svg", { class: "histogram", preserveAspectRatio: "none", role: "img" });
    const slide = () => this.slid();
    this.from = h("input", { type: "range", min: 0, step: 1, "aria-label": "First date", class: "handle", oninput: slide });
    this.until = h("input", { type: "range", min: 0, step: 1, "aria-label": "Last date", class: "handle", oninput: slide });
    this.span = h("output", { class: "span" });
    this.kind = h("select", { id: "dates", "aria-label": "Which dates", onchange: () => change((s) => Object.assign(s, { dates: this.kind.value, days: null })) },
      h("option", { value: "facts" }, "dates of the facts"), h("option", { value: "documents" }, "dates of the documents"));
    this.undated = h("input", { type: "checkbox", id: "undated", onchange: () => change((s) => (s.undated = this.undated.checked)) });
    this.undatedNumber = h("span", { class: "number" });
    this.reset = h("button", { class: "link", type: "button", onclick: () => change((s) => (s.days = null)) }, "all times");
    root.replaceChildren(
      h("div", { class: "time-head" }, h("h2", {}, "Time"), this.kind, this.span, this.reset, h("label", { class: "undated" }, this.undated, " without a date ", this.undatedNumber)),
      h("div", { class: "time-body" }, this.chart, this.from, this.until),
      (this.ends = h("div", { class: "time-ends", "aria-hidden": "true" }, h("span"), h("span"))),
    );
  }

  prepare(dates) {
    this.dates = dates;
    const dated = this.model.edges.map((e) => spansOf(e, { dates })).filter(Boolean);
    const spans = dated.flat();
    let first = Infinity;
    let last = -Infinity;
    for (const [a, b] of spans) [first, last] = [Math.min(first, a), Math.max(last, b)];
    this.starts = spans.length ? binStarts(first, last) : null;
    this.undatedCount = this.model.edges.length - dated.length;
    const bins = this.starts ? this.starts.length - 1 : 1;
    this.from.max = this.until.max = String(bins - 1);
    this.root.classList.toggle("empty", !this.starts);
    this.from.disabled = this.until.disabled = bins < 2;
    this.chart.setAttribute("viewBox", `0 0 ${bins} ${HEIGHT}`);
    this.bars = Array.from({ length: bins }, (_, i) => svg("rect", { x: i + 0.06, width: 0.88, y: HEIGHT, height: 0 }));
    this.chart.replaceChildren(...this.bars);
    this.ends.children[0].textContent = this.starts ? isoDay(this.starts[0]) : "";
    this.ends.children[1].textContent = this.starts ? isoDay(this.starts.at(-1) - 1) : "";
  }

  binOf(day) {
    let low = 0;
    let high = this.starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  slid() {
    const a = Math.min(Number(this.from.value), Number(this.until.value));
    const b = Math.max(Number(this.from.value), Number(this.until.value));
    const whole = a === 0 && b === this.bars.length - 1;
    this.change((s) => (s.days = whole ? null : [this.starts[a], this.starts[b + 1] - 1]), "slide");
  }

  show(state, view) {
    if (this.dates !== state.dates) this.prepare(state.dates);
    this.kind.value = state.dates;
    this.undated.checked = state.undated;
    this.undatedNumber.textContent = count(this.undatedCount);
    this.reset.hidden = !state.days;
    if (!this.starts) {
      this.span.textContent = `No fact has a date by the ${state.dates === "facts" ? "text" : "documents"}.`;
      return;
    }
    const counts = new Uint32Array(this.bars.length);
    for (const edge of this.model.edges) {
      const spans = view.inTimeline[edge.index] ? spansOf(edge, state) : null;
      if (!spans) continue;
      const bins = new Set();
      for (const [begin, end] of spans) for (let bin = this.binOf(begin); bin <= this.binOf(end); ++bin) bins.add(bin);
      for (const bin of bins) ++counts[bin];
    }
    const most = Math.max(1, ...counts);
    const first = state.days ? this.binOf(state.days[0]) : 0;
    const last = state.days ? this.binOf(state.days[1]) : this.bars.length - 1;
    this.bars.forEach((bar, i) => {
      const height = counts[i] ? Math.max(2, (counts[i] / most) * HEIGHT) : 0;
      bar.setAttribute("y", String(HEIGHT - height));
      bar.setAttribute("height", String(height));
      bar.setAttribute("class", i >= first && i <= last ? "in" : "out");
    });
    // Handles that crossed each other keep their places until the next change from elsewhere.
    if (Math.min(this.from.value, this.until.value) !== first || Math.max(this.from.value, this.until.value) !== last) {
      this.from.value = String(first);
      this.until.value = String(last);
    }
    const words = [isoDay(this.starts[first]), isoDay(this.starts[last + 1] - 1)];
    this.span.textContent = state.days ? words.join(" – ") : "all times";
    this.from.setAttribute("aria-valuetext", words[0]);
    this.until.setAttribute("aria-valuetext", words[1]);
    this.chart.setAttribute("aria-label", `Facts by time, ${words.join(" to ")}; at most ${count(most)} in one stretch.`);
  }
}
