// Problem: "Rivet & Rowe, the Sheffield toolmaker", "the Bergen group", "Nomad Hides, a cooperative
// in Arkhangai" and "the Salto del Moriche is the highest waterfall in Guyana" say of something
// where it lies by what they describe it as. Method: from a place to the noun of kind that it
// belongs to (its compound, "X-based" or "in X"), and from that noun to what it describes: what it
// stands beside, what it is said of, or what it refers back to. Cost: each place looks at a bounded
// number of tokens of its sentence.
#include "extract/frames/within.h"
#include "extract/structure/beside.h"

namespace weft::extract {

using doc::Deprel;
using doc::Mention;
using doc::MentionForm;
using doc::Upos;

namespace {

constexpr uint32_t kSeatReach = 24;  // tokens between a place and the noun that it belongs to

}  // namespace

/// True if the noun says what sort of body, site or place something is: "toolmaker", "yard".
bool SideBySide::says_kind(uint32_t t) const {
  if (document.upos[t] != Upos::NOUN) return false;
  const auto& kinds = schema.lexicons.list("seat_nouns");
  const std::string lemma = word(t);
  // "start-up", "co-operative"
  if (t >= 2 && word(t - 1) == "-" && document.token_end[t - 1] == document.token_begin[t])
    if (kinds.has(word(t - 2) + "-" + lemma)) return true;
  if (kinds.has(lemma)) return true;
  const auto* value = schema.lexicons.list("mention_descriptions").value(lemma);
  if (value && (*value == "Organization" || *value == "Facility" || value->starts_with("Place")))
    return true;
  const auto& ends = schema.lexicons.list("seat_noun_ends").forms();
  return std::any_of(ends.begin(), ends.end(), [&](const std::string& end) {
    return lemma.size() > end.size() + 2 && lemma.ends_with(end);
  });
}

/// The body, site or place of the longest mention with this head, but not `place`; kNoEntity if
/// there is none.
doc::LocalEntity SideBySide::headed(uint32_t head, core::TokenSpan sentence, const Mention& place,
                                    bool pronoun) const {
  const Mention* best = nullptr;
  const uint32_t from = head > sentence.begin + kSeatReach ? head - kSeatReach : sentence.begin;
  for (size_t i = first_from(from); i < document.mentions.size(); ++i) {
    const Mention& m = document.mentions[i];
    if (m.tokens.begin > head) break;
    if (m.tokens.end <= head || m.entity == place.entity || m.entity == doc::kNoEntity) continue;
    if (m.head != head && !(m.form == MentionForm::name && m.tokens.begin == head)) continue;
    if ((m.form == MentionForm::pronoun && !pronoun) || !body(m)) continue;
    if (!best || m.tokens.size() > best->tokens.size()) best = &m;
  }
  return best ? best->entity : doc::kNoEntity;
}

/// The entity that a noun of kind describes, or kNoEntity: what it is in apposition to or said of,
/// the name that follows it, or (`itself`) what it refers back to.
doc::LocalEntity SideBySide::described_by(uint32_t noun, core::TokenSpan sentence,
                                          const Mention& place, bool itself) const {
  bool copula = false;
  uint32_t subject = doc::kNoToken, named = doc::kNoToken;
  for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
    if (document.head[t] != noun || t == noun) continue;
    const Deprel r = document.deprel[t];
    if (r == Deprel::cop) copula = true;
    if (r == Deprel::nsubj) subject = t;
    if (r == Deprel::appos && t > noun && named == doc::kNoToken) named = t;
    const auto w = word(t);
    if (r == Deprel::aux && copula) return doc::kNoEntity;  // "would be the first plant in X"
    if (r == Deprel::aux && w != "has" && w != "have" && w != "had") return doc::kNoEntity;
    if (w == "not" || w == "n't" || w == "never" || w == "no") return doc::kNoEntity;
  }
  if (document.deprel[noun] == Deprel::appos && document.head[noun] < noun &&
      sentence.contains(document.head[noun]))
    return headed(document.head[noun], sentence, place, false);
  if (copula && subject != doc::kNoToken) return headed(subject, sentence, place, true);
  if (named != doc::kNoToken) return headed(named, sentence, place, false);
  // "the Rotterdam trader Waalhaven Chemicals"
  if (noun + 1 < sentence.end) {
    const Mention* next = starting_any(noun + 1);
    if (next && next->form == MentionForm::name && body(*next) && next->entity != place.entity)
      return next->entity;
  }
  return itself ? headed(noun, sentence, place, false) : doc::kNoEntity;
}

/// "Rivet & Rowe, the Sheffield toolmaker", "the Bergen group", "is the highest waterfall in
/// Guyana": where what a noun describes lies.
void SideBySide::described_seat(const Mention& place) {
  if (!is(place, core.place) || place.form != MentionForm::name || place.head == doc::kNoToken ||
      document.head.size() != document.token_count() ||
      document.upos.size() != document.head.size())
    return;
  const auto sentence = document.sentence(document.sentence_of(place.tokens.begin));
  constexpr uint32_t kLongSentence = 400;  // as for other facts
  if (!sentence.contains(place.head) || sentence.size() > kLongSentence) return;
  uint32_t noun = document.head[place.head];
  if (!sentence.contains(noun) || place.tokens.contains({noun, noun + 1})) return;
  const Deprel role = document.deprel[place.head];
  float confidence = 0.7F;
  const uint32_t behind = place.tokens.end;
  const bool based = behind + 1 < sentence.end && word(behind) == "-" &&
                     (word(behind + 1) == "based" || word(behind + 1) == "headquartered");
  if (based) {
    if (noun == behind + 1) noun = document.head[noun];
    if (!sentence.contains(noun) || noun <= behind + 1 || document.upos[noun] != Upos::NOUN) return;
    confidence = 0.85F;
  } else if (role == Deprel::compound || role == Deprel::nmod_poss) {
    // The place stands before its noun, with nothing but nouns and adjectives between.
    if (role != Deprel::compound || noun < place.tokens.end || noun - place.tokens.end > 4 ||
        !says_kind(noun))
      return;
    for (uint32_t t = place.tokens.end; t < noun; ++t)
      if (document.upos[t] != Upos::NOUN && document.upos[t] != Upos::ADJ && word(t) != "-") return;
    // "the Trapani yard" is one; "Brazil coffee makers" and "a Kenya fund manager" are none.
    if (noun + 1 < sentence.end && document.upos[noun + 1] == Upos::NOUN &&
        document.head[noun] == noun + 1)
      return;
  } else if (const uint32_t lies = lies_in_part(place.head, sentence); lies != noun) {
    // "on the edge of Huddersfield", "in the highlands of southern Peru"
    const auto name = headed(lies, sentence, place, false);
    if (document.upos[lies] == Upos::PROPN || !says_kind(made_up(lies, sentence))) {
      if (name != doc::kNoEntity) lies_within(name, place, confidence);
      return;
    }
    noun = made_up(lies, sentence);
  } else if (role == Deprel::nmod) {
    if (noun > place.tokens.begin || place.tokens.begin - noun > kSeatReach) return;
    std::string link;
    for (uint32_t t = noun + 1; t < place.tokens.begin; ++t)
      if (document.deprel[t] == Deprel::case_ && document.head[t] == place.head) link = word(t);
    if (!schema.lexicons.list("seat_links").has(link)) return;
    noun = made_up(noun, sentence);
    if (!says_kind(noun) && !schema.lexicons.list("seat_collectives").has(word(noun))) return;
  } else {
    return;
  }
  const auto entity = described_by(noun, sentence, place, role != Deprel::nmod);
  if (entity != doc::kNoEntity) lies_within(entity, place, confidence);
}

/// Adds that the entity lies in the place.
void SideBySide::lies_within(doc::LocalEntity entity, const Mention& place, float confidence) {
  if (entity == place.entity) return;
  const auto& described = document.entities[entity];
  // A larger place does not lie in a smaller one: "Spain, the home of ... in Seville".
  if (described.type == core.place &&
      rank_of(described.kind) > rank_of(document.entities[place.entity].kind))
    return;
  add(entity, "located_in", place.entity, place.tokens.begin, confidence,
      "neighbour.located_in.described");
}

/// "a body of 8,000 smallholders in Uganda", "a town of 9,000 people in Hungary": where those are
/// of whom something is made up, it is itself; else the noun.
uint32_t SideBySide::made_up(uint32_t noun, core::TokenSpan sentence) const {
  const uint32_t above = document.head[noun];
  if (document.deprel[noun] != Deprel::nmod || !sentence.contains(above) || above > noun)
    return noun;
  const bool peopled = schema.lexicons.list("seat_people").has(word(noun)) && says_kind(above);
  return peopled || (!says_kind(noun) && schema.lexicons.list("seat_collectives").has(word(above)))
             ? above
             : noun;
}

/// "a listed building on the edge of Huddersfield" (the building), "Dourbali sits on the plain of
/// Chad" (Dourbali): what lies in a part of the place whose head stands at `place`; the head of
/// `place` if none does.
uint32_t SideBySide::lies_in_part(uint32_t place, core::TokenSpan sentence) const {
  const uint32_t part = document.head[place];
  const auto link_of = [&](uint32_t t) {
    for (uint32_t k = t; k-- > sentence.begin && t - k <= kSeatReach;)
      if (document.deprel[k] == Deprel::case_ && document.head[k] == t) return word(k);
    return std::string();
  };
  if (document.deprel[place] != Deprel::nmod || part > place || link_of(place) != "of" ||
      !schema.lexicons.list("seat_parts").has(word(part)))
    return part;
  const uint32_t above = document.head[part];
  if (!sentence.contains(above) || above > part || part - above > kSeatReach ||
      !schema.lexicons.list("seat_links").has(link_of(part)))
    return part;
  if (document.deprel[part] == Deprel::nmod) return above;
  if (document.deprel[part] != Deprel::obl || !schema.lexicons.list("seat_verbs").has(word(above)))
    return part;
  for (uint32_t t = sentence.begin; t < above; ++t)
    if (document.head[t] == above && document.deprel[t] == Deprel::nsubj) return t;
  return part;
}

}  // namespace weft::extract
