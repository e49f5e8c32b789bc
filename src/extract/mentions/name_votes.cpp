// Proper names: what speaks for each type of one. Method: head words, legal forms, gazetteers, the
// tagger, titles and class nouns before it and prepositions each give votes, which are added up.
// Cost: linear in the name's tokens and a few neighbours.
#include "extract/frames/within.h"
#include "extract/mentions/names.h"

namespace weft::extract {

using schema::TypeId;

void NameFinder::vote_tagger(Chunk& chunk) const {
  for (const auto& name : names_meeting(s.document, chunk.tokens)) {
    const uint32_t shared = std::min(name.tokens.end, chunk.tokens.end) -
                            std::max(name.tokens.begin, chunk.tokens.begin);
    const uint32_t all = std::max(name.tokens.end, chunk.tokens.end) -
                         std::min(name.tokens.begin, chunk.tokens.begin);
    if (name.type.value < kTypes) {
      chunk.votes[name.type.value] +=
          3.5F * name.score * static_cast<float>(shared) / static_cast<float>(all);
    }
  }
}

void NameFinder::vote_person(Chunk& chunk) const {
  const auto span = chunk.tokens;
  float v = 0;
  uint32_t words = 0;
  for (uint32_t t = span.begin; t < span.end; ++t) words += s.capital[t];
  if (const auto* gender = lists.given_names.value(s.lower[span.begin])) {
    v += words >= 2 && words <= 4 ? 2.0F : 0.4F;
    if (*gender == "m" || *gender == "f") chunk.gender = (*gender)[0];
  }
  if (words >= 2 && words <= 5 && lists.surnames.has(s.lower[span.end - 1])) v += 1.2F;
  if (words >= 2 && words <= 3 && lists.surnames.has(s.lower[span.begin])) v += 1.2F;
  if (words >= 2 && s.lower[span.begin].size() == 2 && s.lower[span.begin][1] == '.') v += 1;
  if (span.begin > s.sentence_start(span.begin) && !s.opens_cell(span.begin)) {
    const uint32_t p = span.begin - 1;
    if (const auto* gender = lists.personal_titles.value(s.lower[p])) {
      v += 3;
      chunk.titled = true;
      if (*gender == "m" || *gender == "f") chunk.gender = (*gender)[0];
    } else if (s.title_token[p] && s.lower[p] != "of") {
      v += 2.5F;
      chunk.titled = true;
    }
    if (const auto* gender = lists.gendered_nouns.value(s.lower[p])) chunk.gender = (*gender)[0];
  }
  const uint32_t end = s.sentence_end(span.begin);
  const bool comma_after = span.end + 1 < end && s.lower[span.end] == ",";
  if (words >= 2 && words <= 4 && !has_head(span.begin, span.end)) {
    // "Jan Peeters, chairman of", "Merv Stokes, 82,", "Ana Quirós (chair)"
    if (comma_after || (span.end + 1 < end && s.lower[span.end] == "(")) {
      uint32_t t = span.end + 1;
      if (s.lower[t] == "the" || s.lower[t] == "a" || s.lower[t] == "an" || s.lower[t] == "then" ||
          s.lower[t] == "former")
        ++t;
      const bool age = is_number(t) && s.lower[t].size() == 2 && t + 1 < end &&
                       (s.lower[t + 1] == "," || s.lower[t + 1] == ")");
      if (age) v += 2.5F;
      const bool office = t < end && s.title_token[t] && !s.capital[t];
      if (office) v += 1.5F;
      chunk.titled |= age || office || (t < end && lists.position_heads.has(s.lower[t]));
    }
    // "Its chairman, Jan Peeters", "CEO: Li Ming", "founder Maria Lopez"
    const uint32_t start = s.sentence_start(span.begin);
    uint32_t before = span.begin;
    if (before > start && (s.lower[before - 1] == "," || s.lower[before - 1] == ":")) --before;
    chunk.titled |= before > start && lists.position_heads.has(s.lower[before - 1]);
    if (span.begin >= start + 2 &&
        (s.lower[span.begin - 1] == "," || s.lower[span.begin - 1] == ":") &&
        s.title_token[span.begin - 2]) {
      v += 1.5F;
      if (const auto* gender = lists.gendered_nouns.value(s.lower[span.begin - 2]))
        chunk.gender = (*gender)[0];
    }
    if (span.end < end && lists.speech.has(s.lower[span.end])) v += 0.8F;
  }
  if (words == 1) v *= chunk.titled ? 1.0F : 0.7F;
  if (words > 5 || is_number(span.end - 1)) v = 0;
  chunk.votes[core.person.value] += v;
}

/// "Vasco Gama, a shipping company, bought it", "a haulage firm, Van der Schoot, sued": the noun
/// that the tree puts beside the name says what it is.
void NameFinder::vote_apposition(Chunk& chunk) const {
  const doc::Document& d = s.document;
  constexpr uint32_t kReach = 8;  // tokens
  const auto span = chunk.tokens;
  if (!s.tagged() || d.head.size() != s.size() || d.deprel.size() != s.size()) return;
  const auto tells = [&](uint32_t noun) {
    if (s.capital[noun] || !s.nominal(noun) || s.title_token[noun]) return;
    auto type = lists.type_in(lists.descriptions, s.lower[noun]);
    if (!type.valid()) type = lists.type_in(lists.described, s.lower[noun]);
    if (!type.valid() && lists.organization_heads.has(s.lower[noun])) type = core.organization;
    if (!type.valid() || type.value >= kTypes || type == core.person || type == core.group ||
        type == core.work)  // what somebody says in a note is no note
      return;
    chunk.votes[type.value] += 3.0F;
    chunk.described = true;
  };
  const uint32_t head = s.head_of(span);
  if (d.deprel[head] == doc::Deprel::appos && span.begin >= s.sentence_start(span.begin) + 2 &&
      s.lower[span.begin - 1] == "," && d.head[head] == span.begin - 2)
    tells(span.begin - 2);
  const uint32_t end = std::min(s.sentence_end(span.begin), span.end + kReach);
  if (span.end + 1 >= end || s.lower[span.end] != ",") return;
  const auto& article = s.lower[span.end + 1];
  if (article != "a" && article != "an" && article != "the") return;
  for (uint32_t t = span.end + 2; t < end; ++t)
    if (d.head[t] == head && d.deprel[t] == doc::Deprel::appos) return tells(t);
}

void NameFinder::vote_context(Chunk& chunk) const {
  const auto span = chunk.tokens;
  const uint32_t start = s.sentence_start(span.begin), end = s.sentence_end(span.begin);
  if (span.begin > start) {
    const auto& before = s.lower[span.begin - 1];
    if (before == "in" || before == "near" || before == "at" || before == "around")
      chunk.votes[core.place.value] += 0.8F;
    if (before == "from" || before == "to" || before == "towards")
      chunk.votes[core.place.value] += 0.3F;
  }
  // "the town of Hallstatt"
  if (span.begin >= start + 2 && s.lower[span.begin - 1] == "of" && !s.capital[span.begin - 2] &&
      lists.place_heads.has("+" + s.lower[span.begin - 2]) && !has_head(span.begin, span.end))
    chunk.votes[core.place.value] += 2.5F;
  if (span.end < end) {
    const auto& after = s.lower[span.end];
    if (after == "'s") chunk.votes[core.place.value] += 0.05F;
    if (after == "said" || after == "says" || after == "told")
      chunk.votes[core.person.value] += 0.5F;
    // "a Fidelia lawmaker": whose name no gazetteer has is hardly a place.
    if (!chunk.entry.valid() && !s.capital[span.end] && lists.member_roles.has(after))
      chunk.votes[core.organization.value] += 2.0F;
    // "Jiujiang, Jiangxi"
    if (after == "," && span.end + 1 < end && is_place({span.end + 1, span.end + 2}))
      chunk.votes[core.place.value] += 0.6F;
  }
  // "the tanker Volna Star", "shipbuilder Aura Marine"
  if (span.begin > start && !s.capital[span.begin - 1]) {
    const auto type = lists.type_in(lists.descriptions, s.lower[span.begin - 1]);
    if (type.valid() && type.value < kTypes && s.nominal(span.begin - 1))
      chunk.votes[type.value] += type == core.product ? 3.0F : 2.0F;
    // "the frigate Sheffield"
    if (lists.vessels.has(s.lower[span.begin - 1]) && chunk.entry.valid() &&
        lists.schema.gazetteer[chunk.entry].type == core.place) {
      chunk.votes[core.product.value] += 3.0F + chunk.votes[core.place.value];
      chunk.entry = {};
    }
  }
  for (uint32_t t = span.begin + 1; t + 1 < span.end; ++t) {
    if (s.lower[t] == "&") chunk.votes[core.organization.value] += 2.5F;
  }
  // "Typhoon Pepito", "Banque du Souss", "HMNZS Canterbury"
  if (span.size() > 1) {
    const std::string* value = nullptr;
    if (starting_entry(s, lists.typed_prefixes, span.begin, span.end, &value)) {
      const auto type = lists.schema.ontology.type(*value);
      if (type.valid() && type.value < kTypes) chunk.votes[type.value] += 2.5F;
    }
  }
  bool caps = true;
  for (uint32_t t = span.begin; t < span.end; ++t) caps &= s.all_capitals[t] != 0;
  if (caps && span.size() == 1 && !s.headline[s.sentence[span.begin]])
    chunk.votes[core.organization.value] += 0.6F;
}

/// "20th National Congress", "Ninth Party Congress": a numbered one is a meeting, not the body.
bool NameFinder::ordinal_meeting(uint32_t begin, uint32_t head_end) const {
  const auto& first = s.lower[begin];
  const bool digits = first.size() > 2 && first[0] >= '0' && first[0] <= '9' &&
                      (first.ends_with("th") || first.ends_with("st") || first.ends_with("nd") ||
                       first.ends_with("rd"));
  return (digits || lists.ordinals.has(first)) && head_end > begin + 1 &&
         s.lower[head_end - 1] == "congress" && s.lower[head_end - 2] != "people" &&
         s.lower[head_end - 2] != "'s";
}

/// "Gulf of Guinea Commission", "City of London Police": what stands before "of" is the place's,
/// and a body's head word ends the name.
bool NameFinder::place_of_body(core::TokenSpan span, uint32_t of) const {
  return place_kind(span.begin, of) && of + 2 < span.end &&
         !ending_entry(s, lists.organization_heads, span.begin, of) &&
         ending_entry(s, lists.organization_heads, of + 2, span.end);
}

void NameFinder::vote(Chunk& chunk) const {
  const auto span = chunk.tokens;
  // The head of "Ministry of Mining and Energy" stands before "of".
  uint32_t head_end = span.end;
  for (uint32_t t = span.begin + 1; t < span.end; ++t) {
    if (!s.capital[t] && (s.lower[t] == "of" || s.lower[t] == "for" || s.lower[t] == "on") &&
        has_head(span.begin, t) && !place_of_body(span, t)) {
      head_end = t;
      break;
    }
  }
  const bool more = span.size() > 1;
  while (head_end > span.begin + 1 &&
         (is_number(head_end - 1) || is_numero(head_end - 1) || s.lower[head_end - 1] == "/"))
    --head_end;
  auto add = [&](const HeadList& list, TypeId type, float weight) {
    if (const uint32_t n = ending_entry(s, list, span.begin, head_end); n > 0 && (more || n > 1)) {
      chunk.votes[type.value] += weight + 0.1F * static_cast<float>(n);
    }
  };
  if (head_end > span.begin) {
    add(lists.company_suffixes, core.organization, 3.0F);
    const std::string* strength = nullptr;
    ending_entry(s, lists.organization_heads, span.begin, head_end, &strength);
    const bool weak = strength && *strength == "weak";
    add(lists.organization_heads, core.organization, weak ? 0.8F : 2.0F);
    if (ordinal_meeting(span.begin, head_end)) chunk.votes[core.event.value] += 3.0F;
    add(lists.facility_heads, core.facility, 2.0F);
    add(lists.event_heads, core.event, 1.9F);
    add(lists.work_heads, core.work, 2.0F);
    add(lists.initiative_heads, core.initiative, 1.9F);
    add({lists.product_heads, lists.product_heads}, core.product, 1.8F);
    add({lists.group_names, lists.group_names}, core.group, 1.8F);
    if (more) {
      if (const auto* kind = place_kind(span.begin, head_end)) {
        chunk.votes[core.place.value] += 2.1F;
        chunk.kind = *kind;
      } else if (const auto* first = lists.place_prefixes.value(s.lower[span.begin])) {
        chunk.votes[core.place.value] += 1.5F;
        chunk.kind = *first;
      }
    }
  }
  if (const auto found = entry(span); found.valid()) {
    const auto& e = lists.schema.gazetteer[found];
    chunk.entry = found;
    chunk.votes[e.type.value] += e.common ? 0.9F : lesser_place(found, span) ? 1.6F : 3.0F;
  }
  vote_person(chunk);
  vote_context(chunk);
  vote_apposition(chunk);
  vote_tagger(chunk);
  if (called_a_body(chunk)) {
    chunk.votes[core.organization.value] += 3.0F + chunk.votes[core.place.value];
    chunk.votes[core.place.value] = 0;
  }
  if (lists.group_names.has(s.lower[span.begin]) && !more) chunk.votes[core.group.value] += 1.5F;
}

}  // namespace weft::extract
