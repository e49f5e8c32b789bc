// Problem: "Efforts should be made to build ports" is said to somebody: whom the text is about.
// Method: of the places named in title, dateline or lead, the one named most often, if it comes
// back. Cost: linear in the mentions.
#include "extract/facts/topic.h"

#include <vector>

namespace weft::extract {

namespace {

constexpr uint32_t kLeadBlocks = 4;   // title, dateline and lead
constexpr uint32_t kMinMentions = 3;  // a topic comes back

}  // namespace

doc::LocalEntity find_topic(const doc::Document& document, const schema::Ontology& ontology) {
  std::vector<uint32_t> count(document.entities.size(), 0);
  std::vector<bool> leads(document.entities.size(), false);
  for (const doc::Mention& m : document.mentions) {
    if (m.entity == doc::kNoEntity || m.tokens.empty()) continue;
    const doc::Entity& e = document.entities[m.entity];
    if (e.type != ontology.core().place || e.kind == "country") continue;
    ++count[m.entity];
    const uint32_t sentence = document.sentence_of(m.tokens.begin);
    if (document.sentence_block.empty() || document.sentence_block[sentence] < kLeadBlocks)
      leads[m.entity] = true;
  }
  doc::LocalEntity best = doc::kNoEntity;
  for (doc::LocalEntity e = 0; e < count.size(); ++e)
    if (leads[e] && count[e] >= kMinMentions && (best == doc::kNoEntity || count[e] > count[best]))
      best = e;
  return best;
}

}  // namespace weft::extract
