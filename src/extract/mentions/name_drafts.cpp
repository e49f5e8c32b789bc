// Proper names: which of them are kept, and which names stand inside them. Method: what a heading
// alone names needs one more witness, a label is no name; the body behind "of", the place of a
// body's name and the place before a comma become drafts of their own. Cost: linear in chunks and
// their tokens.
#include "extract/frames/within.h"
#include "extract/mentions/names.h"

namespace weft::extract {

using schema::TypeId;

namespace {

constexpr float kKnown = 0.35F;  // votes for a type; fewer tell nothing
// Fewer tell too little where the tagger sees no name: of several words, of one, of words that
// people are called too.
constexpr float kSure = 0.7F, kSureWord = 1.4F, kSurePerson = 8, kSureSurname = 6;
constexpr float kSeen = 0.2F;  // the tagger's share for a name

}  // namespace

/// "Standing Committee of the Yunnan Provincial People's Congress", "Executive Board of the Bank of
/// Ghana": the body behind "of" is one of its own. It begins with its own name up to its head word:
/// "Directorate of Aquaculture of the Ministry of Fisheries" holds the ministry alone. What a
/// ministry is for ("Ministry of Natural Resources") is no company.
void NameFinder::add_complement(uint32_t index, uint32_t depth) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  for (uint32_t t = outer.begin + 1; t + 2 < outer.end; ++t) {
    if (s.lower[t] != "of" || s.capital[t] || inside_entry(outer.begin, t, core.place) ||
        place_of_body(outer, t))
      continue;
    const bool article = s.lower[t + 1] == "the";
    const uint32_t begin = article ? t + 2 : t + 1;
    // "Health Ministers of the Gulf of Guinea Community" are no body.
    uint32_t of = begin + 1;
    while (of < outer.end && of < begin + 4 && s.lower[of] != "of") ++of;
    if (of < outer.end && titles_end(outer.begin, of)) continue;
    uint32_t head_end = begin;
    while (head_end < outer.end &&
           (s.capital[head_end] || (s.lower[head_end] != "of" && s.lower[head_end] != "for")))
      ++head_end;
    if (outer.end - begin < 2 || head_end == begin ||
        !ending_entry(s, lists.organization_heads, begin, head_end))
      continue;
    const auto* sort = lists.organization_heads.shared.value(s.lower[head_end - 1]);
    if (!article && !lists.owned_bodies.has(s.lower[head_end - 1]) &&
        (!sort || *sort == "company" || *sort == "finance") &&
        !ending_entry(s, lists.company_suffixes, begin, head_end))
      continue;
    for (uint32_t k = begin; k < head_end; ++k) {
      if (s.lower[k] == "and") return;
    }
    auto& draft = s.add({begin, outer.end}, core.organization, 0.6F);
    draft.entry = entry({begin, outer.end}, core.organization);
    draft.inner = true;
    constexpr uint32_t kDeepest = 3;
    if (depth < kDeepest) add_complement(static_cast<uint32_t>(s.drafts.size() - 1), depth + 1);
    return;
  }
}

/// "Tongwei" for the county of that name: companies and people are called so as often.
bool NameFinder::lesser_place(schema::GazetteerId found, core::TokenSpan span) const {
  const auto& e = lists.schema.gazetteer[found];
  return span.size() == 1 && e.type == core.place && (e.kind == "county" || e.kind == "district");
}

/// "Electoral Commission of Zambia": a public body lies where its name says; a university, a
/// newspaper or a site may only be called so.
bool NameFinder::seats(const Draft& outer, core::TokenSpan place) const {
  const auto span = outer.tokens;
  if (outer.type == core.facility) {
    // "Pune assembly plant", "Bintulu refinery": in lower case the words behind the place say what
    // the site is, and the place where.
    if (place.begin != span.begin || place.end >= span.end) return false;
    for (uint32_t t = place.end; t < span.end; ++t)
      if (s.capital[t] || s.lower[t] == "-") return false;
    return true;
  }
  if (outer.type != core.organization || lists.called_after.has(s.lower[span.begin])) return false;
  for (uint32_t t = span.begin; t < span.end; ++t)
    if (lists.called_after.has(s.lower[t])) return false;
  const bool complement = place.end == span.end && place.begin > span.begin + 1 &&
                          (s.lower[place.begin - 1] == "of" ||
                           (s.lower[place.begin - 1] == "the" && s.lower[place.begin - 2] == "of"));
  uint32_t head_end = place.end;  // "KwaZulu-Natal Department of Health"
  while (head_end < span.end && s.lower[head_end] != "of") ++head_end;
  const bool first =
      place.begin == span.begin && ending_entry(s, lists.organization_heads, place.end, head_end);
  return complement || first;
}

void NameFinder::add_inner_places(uint32_t index) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  auto it = std::lower_bound(s.places.begin(), s.places.end(), outer.begin,
                             [](const auto& m, uint32_t b) { return m.tokens.begin < b; });
  uint32_t covered = outer.begin;
  for (; it != s.places.end() && it->tokens.begin < outer.end; ++it) {
    auto match = *it;
    if (match.tokens.end > outer.end || match.tokens == outer || match.tokens.begin < covered)
      continue;
    const auto& e = lists.schema.gazetteer[match.entry];
    if ((e.type != core.place && e.type != core.organization) || e.common ||
        !s.capital[match.tokens.begin])
      continue;
    // "Rio Arriba County Commission" does not govern Rio; but a "District Court" is a court.
    uint32_t kind = match.tokens.end;
    while (kind + 1 < outer.end && s.capital[kind] && !place_kind(kind, kind + 1)) ++kind;
    const std::string* sort = nullptr;
    ending_entry(s, lists.organization_heads, kind, outer.end, &sort);
    const bool longer = e.type == core.place && match.tokens.size() == 1 &&
                        kind > match.tokens.end && kind + 1 < outer.end && s.capital[kind] &&
                        (!sort || *sort != "court") &&
                        !ending_entry(s, lists.organization_heads, match.tokens.end, kind);
    if (longer) match.tokens.end = kind + 1;
    const auto key = text::name_key(s.text(match.tokens));
    // What a body is called after ("University of Chittagong") is a thing of its own only where the
    // text speaks of it or the body governs it.
    const uint32_t after = match.tokens.end;
    const bool governed = after < outer.end && lists.governing.has(s.lower[after]);
    if (!governed && lesser_place(match.entry, match.tokens) && !known_in_text.contains(key))
      continue;
    if (!governed && !known_in_text.contains(key) && !seats(s.drafts[index], match.tokens))
      continue;
    auto& draft = s.add(match.tokens, e.type, 0.7F);
    draft.entry = longer ? entry(match.tokens, core.place) : match.entry;
    if (longer) draft.kind = *place_kind(kind, kind + 1);
    draft.inner = true;
    covered = match.tokens.end;
  }
}

/// "Federal High Court in Abuja", "Growers in Soriano": the tagger's names take in where a thing
/// is. That place is one of its own, and the thing is called so without it too.
void NameFinder::add_location(uint32_t index) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  uint32_t in = outer.begin + 1;
  while (in < outer.end && (s.lower[in] != "in" || s.capital[in])) ++in;
  if (in + 1 >= outer.end || !s.capital[in + 1]) return;
  const uint32_t begin = in + 1;
  uint32_t end = begin;
  while (end < outer.end && s.capital[end]) ++end;
  const core::TokenSpan place{begin, end};
  if (ending_entry(s, lists.organization_heads, begin, end)) return;
  if (s.drafts[index].type != core.group)
    s.drafts[index].aliases.push_back(s.text({outer.begin, in}));
  for (size_t k = index + 1; k < s.drafts.size(); ++k)
    if (s.drafts[k].tokens == place) return;
  auto& draft = s.add(place, core.place, 0.6F);
  draft.entry = entry(place, core.place);
  draft.inner = true;
}

/// A name from a heading counts if running text, the gazetteer or the tagger knows it too.
bool NameFinder::confirmed(const Chunk& chunk) const {
  if (entry(chunk.tokens).valid() && !lists.schema.gazetteer[entry(chunk.tokens)].common)
    return true;
  for (const auto& name : names_meeting(s.document, chunk.tokens)) {
    if (name.tokens == chunk.tokens && name.score > 0.5F) return true;
  }
  return known_in_text.contains(text::name_key(s.text(chunk.tokens)));
}

/// "DOCUMENTARY:", "IN BRIEF:", "Poetry:", "LIVE |": what opens a line and is marked off from what
/// follows is a label of it, unless the tagger, a list or the rest of the text knows it as a name.
bool NameFinder::is_label(const Chunk& c) const {
  const auto span = c.tokens;
  const uint32_t end = s.sentence_end(span.begin);
  if (!s.first_in_sentence(span.begin) || c.entry.valid() || s.form(span.begin).size() < 4)
    return false;
  bool shouted = true;
  for (uint32_t t = span.begin; t < span.end; ++t) {
    shouted &= s.all_capitals[t] != 0;
    if (parts_in_text.contains(s.lower[t]) && !s.lower_words.contains(s.lower[t])) return false;
  }
  const auto& mark = span.end < end ? s.lower[span.end] : s.lower[end - 1];
  const bool marked = mark == ":" || (shouted && (mark == "." || mark == "|" || mark == "!"));
  if (!marked || (span.size() > 1 && (!shouted || has_head(span.begin, span.end)))) return false;
  for (const auto& name : names_meeting(s.document, span))
    if (name.score > 0.6F) return false;
  return true;
}

/// "53 African countries", "Political advisors": an adjective before a common noun names nothing.
bool NameFinder::qualifies(uint32_t t) const {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size() || d.head.size() != s.size()) return false;
  const uint32_t noun = d.head[t];
  return d.upos[t] == doc::Upos::ADJ && d.deprel[t] == doc::Deprel::amod && !s.all_capitals[t] &&
         noun != doc::kNoToken && noun > t && noun < t + 4 && !s.capital[noun] &&
         d.upos[noun] == doc::Upos::NOUN;
}

/// "Young Friends", "Saturdays", the town in "Most of them": neither a list nor the text around it
/// tells what it names, or only a word like a given name or a small capital does, and the tagger
/// sees no name.
bool NameFinder::is_guess(const Chunk& c, float votes) const {
  if (c.titled || c.affiliation || s.document.names.empty()) return false;
  for (const auto& name : names_meeting(s.document, c.tokens))
    if (name.score > kSeen) return false;
  const bool one = c.tokens.size() == 1;
  if (one && s.tagged() && s.document.upos[c.tokens.begin] != doc::Upos::PROPN) return true;
  if (c.entry.valid()) return false;
  // "Salto del Orcheo"
  for (uint32_t t = c.tokens.begin; t < c.tokens.end; ++t)
    if (!s.capital[t] && lists.particles.has(s.lower[t])) return false;
  if (likeliest(c.votes) == core.person.value) return votes < (one ? kSureSurname : kSurePerson);
  return votes < (one ? kSureWord : kSure);
}

void NameFinder::emit() {
  for (auto& c : chunks) {
    if (is_label(c)) continue;
    size_t best = core.organization.value;
    for (size_t k = 0; k < kTypes; ++k) {
      if (c.votes[k] > c.votes[best]) best = k;
    }
    float top = c.votes[best];
    uint32_t words = 0;
    for (uint32_t t = c.tokens.begin; t < c.tokens.end; ++t) words += s.capital[t];
    const bool headline = s.headline[s.sentence[c.tokens.begin]] != 0;
    if (c.weak_start && words == 1 && top < 1.0F &&
        !parts_in_text.contains(s.lower[c.tokens.begin])) {
      continue;
    }
    if (headline && !confirmed(c)) continue;
    if (c.tokens.size() == 1 && s.document.byte_span(c.tokens).size() < 2) continue;
    if (c.tokens.size() == 1 && is_roman(c.tokens.begin)) continue;
    // A lone head word ("the Commission") refers back; what it refers to is found later.
    if (c.tokens.size() == 1 && has_head(c.tokens.begin, c.tokens.end) &&
        !s.all_capitals[c.tokens.begin] && !c.entry.valid() && top < 2.0F &&
        lists.descriptions.has(s.lower[c.tokens.begin])) {
      continue;
    }
    if (best == core.group.value && c.tokens.size() == 1) continue;  // "Arab" is an adjective
    if (c.tokens.size() == 1 && !c.entry.valid() && qualifies(c.tokens.begin)) continue;
    if (top < kKnown) {
      best = core.organization.value;  // nothing known: bodies and companies have the freest names
      top = 0.3F;
    }
    // "LIVE", "CORRECTION:" at the head of an item are labels of its part, not names.
    if (c.weak_start && c.tokens.size() == 1 && s.all_capitals[c.tokens.begin] &&
        !c.entry.valid() && s.form(c.tokens.begin).size() >= 4 && top < 2.0F &&
        s.lower_words.contains(s.lower[c.tokens.begin])) {
      continue;
    }
    auto& draft =
        s.add(c.tokens, TypeId(static_cast<uint16_t>(best)), std::min(0.95F, 0.3F + 0.2F * top));
    draft.kind = best == core.place.value ? c.kind : std::string();
    draft.gender = c.gender;
    draft.guess = is_guess(c, c.votes[best]);
    if (c.entry.valid() && lists.schema.gazetteer[c.entry].type == draft.type)
      draft.entry = c.entry;
    const auto index = static_cast<uint32_t>(s.drafts.size() - 1);
    // "Communist Party of China (CPC) Central Committee" is the CPC Central Committee.
    for (uint32_t t = c.tokens.begin + 2; t + 3 < c.tokens.end; ++t) {
      if (s.lower[t] != "(" || s.lower[t + 2] != ")") continue;
      draft.aliases.push_back(draft.label);
      draft.label = std::string(s.form(t + 1)) + ' ' + s.text({t + 3, c.tokens.end});
      draft.key = text::name_key(draft.label);
      draft.type = core.organization;
    }
    // "National Institute for Disaster Management (INGD)"; but "Sughd Region (Tajikistan)" says
    // where.
    const auto known_place = [&](const auto& inside) {
      return inside.entry.valid() && !s.all_capitals[inside.tokens.begin] &&
             lists.schema.gazetteer[inside.entry].type == core.place;
    };
    if (index > 0 && c.tokens.begin >= 1 && s.lower[c.tokens.begin - 1] == "(" &&
        c.tokens.end < s.size() && s.lower[c.tokens.end] == ")" &&
        s.form(c.tokens.begin).size() <= 12 && !known_place(c)) {
      constexpr uint32_t kNested = 6;  // drafts of the name before the bracket
      const uint32_t first = index > kNested ? index - kNested : 0;
      const auto stands = [&](uint32_t k) {
        return s.drafts[k].tokens.end == c.tokens.begin - 1 &&
               s.drafts[k].tokens.size() > c.tokens.size() && c.tokens.size() <= 2;
      };
      // Of the names that end there, the one whose initials it is, else the innermost.
      uint32_t spelled = kNone, innermost = kNone;
      bool party = false;  // "Ivo Marques (PSB)": a person's
      for (uint32_t k = index; k-- > first && !party;) {
        if (s.drafts[k].tokens.end == c.tokens.begin - 1 && s.drafts[k].type == core.person &&
            s.all_capitals[c.tokens.begin] && c.tokens.size() == 1)
          party = innermost == kNone;
        if (!stands(k)) continue;
        if (innermost == kNone) innermost = k;
        if (spelled == kNone && c.tokens.size() == 1 &&
            spells(s, s.lower[c.tokens.begin], s.drafts[k].tokens, true))
          spelled = k;
      }
      if (party) {
        draft.type = core.organization;
      } else if (const uint32_t k = spelled != kNone ? spelled : innermost;
                 k != kNone && !c.affiliation) {
        draft.type = s.drafts[k].type;
        s.same.emplace_back(k, index);
      }
    }
    add_complement(index);
    add_inner_places(index);
    add_location(index);
  }
}

void find_names(Sketch& sketch) {
  NameFinder finder(sketch);
  finder.collect();
  finder.settle();
  finder.emit();
}

}  // namespace weft::extract
