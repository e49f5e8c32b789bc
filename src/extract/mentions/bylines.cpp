// Names in the lines that say where a text comes from: "TALLINN, 11 March 2027 (Norla News) -",
// "By Ana Li for Harbin Weekly", "Source: Gansu Daily".
//
// Problem: such lines are no prose, so no sentence is read there, yet the place, the agency and the
// author are what the document names first. Method: fixed shapes, read from the left of the
// metadata blocks: a place before a comma, bracket, slash or dash; an agency in the bracket; a name
// behind "By" or a label. Cost: linear in the metadata blocks.
#include <algorithm>

#include "extract/frames/within.h"
#include "extract/mentions/sketch.h"
#include "text/fold.h"
#include "text/words.h"

namespace weft::extract {

namespace {

constexpr uint32_t kMaxPlaceWords = 4;
constexpr float kConfidence = 0.6F;

struct BylineFinder {
  explicit BylineFinder(Sketch& sketch)
      : s(sketch), d(sketch.document), core(s.lists.schema.ontology.core()) {}

  void run() {
    for (uint32_t n = 0; n < d.sentence_count(); ++n) {
      if (d.role_of(n) != doc::BlockRole::metadata) continue;
      const core::TokenSpan line = d.sentence(n);
      if (line.empty()) continue;
      const uint32_t from = label_end(line);
      const size_t before = s.drafts.size();
      if (from > line.begin)
        names_behind(from, line.end);
      else
        dateline(line);
      if (s.drafts.size() == before) segments(line);
    }
  }

  /// The end of "By", "Source:", "(Reporter"; the line's begin if there is no such label.
  uint32_t label_end(core::TokenSpan line) const {
    uint32_t t = line.begin;
    while (t < line.end && (s.lower[t] == "(" || s.lower[t] == "[")) ++t;
    if (t >= line.end || !s.lists.bylines.has(s.lower[t])) return line.begin;
    ++t;
    while (t < line.end && (s.lower[t] == ":" || s.lower[t] == "by")) ++t;
    return t;
  }

  bool name_word(uint32_t t) const {
    return s.capital[t] && !s.lists.calendar.has(s.lower[t]) &&
           !s.lists.not_names.has(s.lower[t]) && !s.lists.labels.has(s.lower[t]);
  }

  /// The end of a run of capitalised words, with hyphens and small words of names between them.
  uint32_t run_end(uint32_t t, uint32_t end) const {
    while (t < end) {
      const auto* particle = s.lists.particles.value(s.lower[t]);
      const bool joint = t + 1 < end && name_word(t + 1) && !s.capital[t] &&
                         (s.lower[t] == "-" || (particle && *particle == "person"));
      if (!name_word(t) && !joint) break;
      ++t;
    }
    return t;
  }

  schema::GazetteerId entry(core::TokenSpan span, schema::TypeId type) const {
    schema::GazetteerId best;
    for (const auto& match : s.places) {
      if (match.tokens != span) continue;
      const auto& e = s.lists.schema.gazetteer[match.entry];
      if (e.type == type &&
          (!best.valid() || e.population > s.lists.schema.gazetteer[best].population))
        best = match.entry;
    }
    return best;
  }

  void add(core::TokenSpan span, schema::TypeId type) {
    auto& draft = s.add(span, type, kConfidence);
    draft.entry = entry(span, type);
  }

  /// "-", "--", ")" at the end: prose follows.
  bool ends_dateline(core::TokenSpan line) const {
    const auto& last = s.lower[line.end - 1];
    return text::is_dash(last) || last == "--" || last == ")" || last == ":";
  }

  static bool divides(std::string_view w) {
    return w == "|" || w == "/" || w == ">" || w == "--" || w == "\u2013" || w == "\u2014" ||
           w == "\u2022" || w == "\u00b7";
  }

  /// "Casa Norte Research | Tarvola | 8 April": a part of the line that is all one name is a known
  /// place, or a publication by its last word.
  void segments(core::TokenSpan line) {
    for (uint32_t b = line.begin; b < line.end;) {
      uint32_t e = b;
      while (e < line.end && !divides(s.lower[e])) ++e;
      const core::TokenSpan part{b, e};
      if (!part.empty() && part.size() <= kMaxPlaceWords && run_end(b, e) == e &&
          !s.title_token[e - 1]) {
        if (entry(part, core.place).valid())
          add(part, core.place);
        else if (entry(part, core.organization).valid() ||
                 (part.size() > 1 && s.lists.organization_heads.has(s.lower[e - 1])))
          add(part, core.organization);
      }
      b = e + 1;
    }
  }

  bool dated(uint32_t t, uint32_t end) const {
    for (; t < end; ++t)
      if (s.lists.calendar.has(s.lower[t])) return true;
    return false;
  }

  /// The end of the longest known place that begins at the token: "New Mexico"; the token itself if
  /// none does.
  uint32_t known_place_end(uint32_t t, uint32_t end) const {
    uint32_t best = t;
    for (const auto& m : begin_in(std::span(std::as_const(s.places)), {t, t + 1}))
      if (m.tokens.end <= end && s.capital[t] &&
          s.lists.schema.gazetteer[m.entry].type == core.place)
        best = std::max(best, m.tokens.end);
    return best;
  }

  /// "International Chess Federation (FIDE):": a body by its last word, or by initials in a
  /// bracket.
  bool names_body(uint32_t t, uint32_t e) const {
    return e - t > 1 && ending_entry(s, s.lists.organization_heads, t, e) > 0;
  }

  void dateline(core::TokenSpan line) {
    uint32_t t = line.begin;
    bool place = true, publisher = false;
    while (place && t < line.end) {
      const uint32_t e = std::max(run_end(t, line.end), known_place_end(t, line.end));
      if (e == t || e - t > kMaxPlaceWords) return;
      if (s.title_token[e - 1] || s.lists.work_heads.has(s.lower[e - 1])) return;
      const bool known = entry({t, e}, core.place).valid();
      const auto& next = e < line.end ? s.lower[e] : s.lower[line.end - 1];
      const bool shape = e < line.end && (next == "," || next == "(" || next == "/" ||
                                          text::is_dash(next) || next == "--");
      if (!known && !(shape && (next == "(" || dated(e, line.end)))) return;
      // "Folha do Tapajós, 3 May": of several unknown words before a mere date, a publication.
      const bool publication = !known && !publisher && e - t > 1 && next == "," &&
                               (!ends_dateline(line) || names_body(t, e));
      const bool body = publication || (!known && names_body(t, e));
      add({t, e}, body ? core.organization : core.place);
      if (body && next == "(" && e + 2 < line.end && s.all_capitals[e + 1] &&
          s.lower[e + 2] == ")") {
        add({e + 1, e + 2}, core.organization);
        const auto made = static_cast<uint32_t>(s.drafts.size() - 1);
        s.same.emplace_back(made - 1, made);
        return;
      }
      // "Lund Post, Lund, Sweden": the place stands behind the publication, if it is known.
      publisher |= publication;
      place = next == "," || next == "/";
      if (publication && (e + 1 >= line.end || known_place_end(e + 1, line.end) == e + 1)) return;
      t = e + 1;
      if (place && (t >= line.end || (!name_word(t) && known_place_end(t, line.end) == t))) break;
    }
    for (uint32_t open = line.begin; open + 1 < line.end; ++open) {
      if (s.lower[open] != "(") continue;
      for (uint32_t b = open + 1; b < line.end && s.lower[b] != ")";) {
        const uint32_t e = run_end(b, line.end);
        if (e > b) add({b, e}, entry({b, e}, core.place).valid() ? core.place : core.organization);
        b = std::max(e, b) + 1;
      }
      return;
    }
  }

  /// "Ana Li for Harbin Weekly, 16 June": the author, then the publication.
  void names_behind(uint32_t t, uint32_t end) {
    const bool source = s.lower[t - 1] == ":" && t >= 2 && s.lists.bylines.value(s.lower[t - 2]) &&
                        *s.lists.bylines.value(s.lower[t - 2]) == "body";
    bool body = source;
    while (t < end) {
      const uint32_t e = run_end(t, end);
      if (e > t) {
        const bool office = s.title_token[e - 1] != 0;
        const bool one_word = e - t == 1 && !body;
        if (!office && !one_word && e - t <= kMaxPlaceWords)
          add({t, e}, body || s.lists.organization_heads.has(s.lower[e - 1]) ? core.organization
                                                                             : core.person);
        t = e;
        if (source) return;
        continue;
      }
      const auto& w = s.lower[t];
      if (w == "for" || w == "of" || w == ",")
        body = true;
      else if (s.lists.bylines.has(w))
        body = false;
      else if (w != "and" && w != ":")
        return;
      ++t;
    }
  }

  Sketch& s;
  const doc::Document& d;
  const schema::CoreTypes& core;
};

}  // namespace

void find_bylines(Sketch& sketch) { BylineFinder(sketch).run(); }

}  // namespace weft::extract
