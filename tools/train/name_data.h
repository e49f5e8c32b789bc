// Corpora of names, brought to the ontology's types. A source that does not annotate a type says
// nothing of it: each token carries the set of labels that it may have.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "doc/document.h"
#include "nlp/name_decoder.h"
#include "nlp/name_knowledge.h"
#include "nlp/net_input.h"
#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::train {

/// The types that names.bin knows, in the order of their numbers in the model.
const std::vector<std::string>& name_types();
int name_label_count();

struct NameSentence {
  std::vector<std::string> norms;
  std::vector<nlp::Gap> gaps;  // before each word; a likely one where the source doesn't say
  std::vector<uint32_t> gazetteer;
  std::vector<uint16_t> lists;
  std::vector<uint8_t> allowed;  // words * labels: 1 where the label may stand
  bool begins_document = false;
};

using NameCorpus = std::vector<NameSentence>;

/// What corpora are prepared with.
struct Tools {
  schema::Schema schema;
  nlp::NameKnowledge knowledge;
  std::unique_ptr<stage::Stage> segmenter;  // by rules
  explicit Tools(const std::filesystem::path& schema_dir);
};

/// One token a line: "form TAG" or "number form TAG …" in BIO; empty lines between sentences.
/// `kind` is uner, wikigold, crossner or gum: it says which types the source annotates and how it
/// calls them. Words of the Wikipedia corpora are cut as our segmenter cuts them.
NameCorpus read_bio(const std::filesystem::path& file, const std::string& kind, const Tools& tools);

/// Documents with the surface forms of their entities (gold/train): proper names are looked up in
/// the text, longest first. Every seventh document goes to `held_out`.
void read_gold(const std::filesystem::path& dir, const Tools& tools, NameCorpus& train,
               NameCorpus& held_out);

}  // namespace weft::train
