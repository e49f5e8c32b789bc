// Gazetteer and lexicon membership. A model is trained with one state of the gazetteers and run
// with later ones: the features say only "a place begins here", so that new entries help at once.
// Cost: one pass of the gazetteer's matcher.
#include "nlp/name_knowledge.h"

#include <array>

#include "nlp/feature.h"
#include "nlp/word.h"

namespace weft::nlp {

namespace {

constexpr std::array kLists = {
    "given_names",      "surnames",         "personal_titles",  "organization_heads", "place_heads",
    "facility_heads",   "event_heads",      "initiative_heads", "work_heads",         "demonyms",
    "company_suffixes", "chinese_surnames", "office_heads"};
static_assert(kLists.size() <= 16);

}  // namespace

NameKnowledge::NameKnowledge(const schema::Schema& schema) : schema_(schema) {
  for (size_t i = 0; i < kLists.size(); ++i)
    for (const std::string& form : schema.lexicons.list(kLists[i]).forms())
      if (form.find(' ') == form.npos) words_[hash_bytes(form)] |= static_cast<uint16_t>(1u << i);
}

void NameKnowledge::look_up(std::span<const std::string_view> norms,
                            std::vector<uint32_t>& gazetteer, std::vector<uint16_t>& lists) const {
  gazetteer.assign(norms.size(), 0);
  lists.assign(norms.size(), 0);
  std::string lower;
  for (size_t i = 0; i < norms.size(); ++i) {
    lower_case(norms[i].substr(0, 64), lower);
    if (const auto found = words_.find(hash_bytes(lower)); found != words_.end())
      lists[i] = found->second;
  }
  core::TokenSpan longest;
  for (const schema::GazetteerMatch& match : schema_.gazetteer.match(norms)) {
    // Matches come in order of (begin, longer first): what lies inside a longer one says nothing
    // more.
    if (match.tokens.end <= longest.end && match.tokens != longest) continue;
    longest = match.tokens;
    const uint32_t type = schema_.gazetteer[match.entry].type.value;
    if (type >= 16) continue;
    for (uint32_t t = match.tokens.begin; t < match.tokens.end; ++t)
      gazetteer[t] |= 1u << (2 * type + (t == match.tokens.begin ? 0 : 1));
  }
}

}  // namespace weft::nlp
