// Looks up relations, types and modalities by name. The lists are a few dozen words, so every
// look-up is a scan; a word that is not there is answered with the nearest by edit distance or a
// word that begins like it.
#include "query/vocabulary.h"

#include <algorithm>

#include "core/error.h"
#include "text/fold.h"

namespace weft::query {

std::string plain_word(std::string_view word) {
  std::string out = text::fold(word);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& among) {
  const std::string plain = plain_word(word);
  if (plain.empty()) return {};
  const unsigned limit = plain.size() < 4 ? 1 : plain.size() < 8 ? 2 : 3;
  std::string best;
  unsigned best_distance = limit + 1;
  for (const std::string& candidate : among) {
    const unsigned distance = text::edit_distance(plain, plain_word(candidate), limit);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  if (!best.empty() || plain.size() < 3) return best;
  for (const std::string& candidate : among)
    if (plain_word(candidate).starts_with(plain)) return candidate;
  return {};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& among) {
  const std::string best = nearest(word, among);
  return best.empty() ? best : " Did you mean \"" + best + "\"?";
}

schema::RelationId relation_of(const schema::Ontology& ontology, std::string_view word) {
  const std::string plain = plain_word(word);
  std::vector<std::string> known;
  for (size_t i = 0; i < ontology.relations().size(); ++i) {
    const schema::RelationType& r = ontology.relations()[i];
    if (plain == plain_word(r.name) || plain == plain_word(r.inverse))
      return schema::RelationId(static_cast<uint16_t>(i));
    known.push_back(r.name);
  }
  throw core::SetupError("There is no relation \"" + std::string(word) + "\"." +
                         did_you_mean(word, known) + " `weft schema relations` lists them all.");
}

schema::TypeId type_of(const schema::Ontology& ontology, std::string_view word) {
  const std::string plain = plain_word(word);
  std::vector<std::string> known;
  for (size_t i = 0; i < ontology.types().size(); ++i) {
    known.push_back(ontology.types()[i].name);
    if (plain == plain_word(known.back())) return schema::TypeId(static_cast<uint16_t>(i));
  }
  throw core::SetupError("There is no entity type \"" + std::string(word) + "\"." +
                         did_you_mean(word, known) + " `weft schema types` lists them all.");
}

doc::Modality modality_of(std::string_view word) {
  const std::string plain = plain_word(word);
  std::vector<std::string> known;
  for (const doc::Modality m : {doc::Modality::asserted, doc::Modality::directive,
                                doc::Modality::planned, doc::Modality::possible}) {
    known.emplace_back(doc::name(m));
    if (plain == known.back()) return m;
  }
  throw core::SetupError("There is no modality \"" + std::string(word) + "\"." +
                         did_you_mean(word, known) +
                         " There are asserted, directive, planned and possible.");
}

}  // namespace weft::query
