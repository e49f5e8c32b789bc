// What refers back: definite descriptions ("the province", "the minister") and pronouns.
//
// Method: one walk over the text. Each description or pronoun looks at the entities mentioned
// before it, in the last few sentences (discourse.h), and takes the one with the best score of
// agreement (type, kind, head word, class of body, gender), grammatical role, nearness and number
// of mentions; without a good one it stays unresolved. Names resolve nothing here. Linear in tokens
// times the entities mentioned in the window. In the spirit of Lappin and Leass 1994.
#include <algorithm>

#include "extract/reference/definite.h"
#include "extract/reference/discourse.h"
#include "extract/reference/plurals.h"
#include "extract/reference/pronouns.h"

namespace weft::extract {

namespace {

using doc::Mention;
using doc::MentionForm;

/// In text order, the longer of two that begin together first.
void sort(std::vector<Mention>& mentions) {
  std::stable_sort(mentions.begin(), mentions.end(), [](const auto& a, const auto& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                            : a.tokens.end > b.tokens.end;
  });
}

void walk(const Sketch& s, Discourse& talk) {
  const std::vector<Mention>& mentions = s.document.mentions;
  DefiniteResolver definite(s, talk);
  PluralResolver plurals(s, talk);
  PronounResolver pronouns(s, talk);
  size_t next = 0;
  uint32_t sentence = kNone;
  for (uint32_t t = 0; t < s.size(); ++t) {
    while (next < mentions.size() && mentions[next].tokens.begin <= t) talk.note(mentions[next++]);
    talk.forget(t);
    if (s.sentence[t] != sentence) plurals.enter(sentence = s.sentence[t]);
    if (talk.covered[t] || !s.usable[t]) continue;
    if (definite.resolve(t) || plurals.resolve(t) || pronouns.resolve(t))
      t = talk.found.back().tokens.end - 1;
  }
}

/// Tells the entities where they are mentioned and why.
void note_mentions(doc::Document& d) {
  for (const auto& m : d.mentions) {
    auto& entity = d.entities[m.entity];
    const auto span = d.byte_span(m.tokens);
    // "Premier Li Qiang" and "Li Qiang" inside it are one place in the text.
    if (!entity.mentions.empty() && span.begin < entity.mentions.back().end) continue;
    if (m.rule != doc::JoinRule::name) entity.joined.push_back({span, m.rule});
    if (m.form != MentionForm::pronoun) entity.mentions.push_back(span);
  }
  for (auto& e : d.entities) {
    std::stable_sort(e.aliases.begin(), e.aliases.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
  }
}

}  // namespace

void resolve_references(Sketch& sketch) {
  doc::Document& d = sketch.document;
  sort(d.mentions);
  Discourse talk(sketch);
  walk(sketch, talk);
  d.mentions.insert(d.mentions.end(), talk.found.begin(), talk.found.end());
  sort(d.mentions);
  note_mentions(d);
}

}  // namespace weft::extract
