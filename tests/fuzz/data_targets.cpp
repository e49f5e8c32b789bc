// What weft itself writes or ships: records, models, and the folder schema/. A model's size and
// checksum are made right before it is loaded, so that what is behind them is tried too.
#include <cstdlib>
#include <cstring>
#include <vector>

#include "doc/record.h"
#include "extract/relations/patterns.h"
#include "fuzz/scratch.h"
#include "fuzz/targets.h"
#include "nlp/lemma_rules.h"
#include "nlp/net.h"
#include "nlp/relation_net.h"
#include "nlp/token_borders.h"
#include "nlp/word_vectors.h"
#include "schema/gazetteer.h"
#include "schema/lexicon.h"

namespace weft::fuzz {

void read_record(std::string_view bytes) {
  const doc::Record record = doc::record_from_json(bytes, ontology());
  const std::string json = doc::to_json(record, ontology());
  if (!(doc::record_from_json(json, ontology()) == record)) std::abort();
}

namespace {

/// Vectors of no words, for nets.
const nlp::WordVectors& no_vectors() {
  static const auto made = [] {
    const fs::path file =
        fs::temp_directory_path() / ("weft_fuzz_vectors_" + std::to_string(::getpid()));
    const std::vector<nlp::WordVectors::Slot> slots(2);
    const std::vector<float> scale(1);
    const std::vector<int8_t> rows(nlp::WordVectors::kWidth);
    nlp::ModelWriter writer("vectors");
    writer.add("slots", std::span(slots));
    writer.add("scale", std::span(scale));
    writer.add("rows", std::span(rows));
    writer.write(file);
    auto out = std::make_unique<const nlp::WordVectors>(file);
    fs::remove(file);
    return out;
  }();
  return *made;
}

/// With the size and checksum that it should have.
std::string sealed(std::string_view bytes) {
  constexpr size_t kHeader = 64, kSize = 32, kChecksum = 40;
  std::string out(bytes);
  if (out.size() < kHeader) return out;
  const uint64_t size = out.size();
  const uint64_t sum = nlp::model_checksum(bytes.substr(kHeader));
  std::memcpy(out.data() + kSize, &size, sizeof size);
  std::memcpy(out.data() + kChecksum, &sum, sizeof sum);
  return out;
}

void load_vectors(const fs::path& file) {
  const nlp::WordVectors vectors(file);
  for (const uint64_t word : {uint64_t{0}, ~uint64_t{0}, uint64_t{0x123456789}}) {
    const uint32_t row = vectors.row_of(word);
    if (row >= vectors.rows()) std::abort();
    (void)vectors.values(row).back();
  }
}

void load_lemmas(const fs::path& file) {
  const nlp::LemmaRules rules(file);
  std::string base, out;
  for (const char* word : {"running", "M\u00fcnchens", "'s", ""})
    rules.lemma(word, doc::Xpos::NNS, base, out);
}

void load_relations(const Scratch& scratch) {
  fs::rename(scratch.file(), scratch.folder() / "relations.bin");
  const auto net = nlp::load_relation_net(scratch.folder(), ontology());
  const doc::Document document;
  std::vector<schema::RelationId> allowed;
  for (uint16_t i = 0; i < ontology().relations().size(); ++i)
    allowed.push_back(schema::RelationId(i));
  std::vector<float> probabilities(allowed.size());
  const uint64_t features[] = {0, 1, 2, 3, 1000, ~uint64_t{0}};
  net->score({document, 0, 0, 1, allowed, features, {}}, probabilities);
}

}  // namespace

void read_model(std::string_view bytes) {
  const std::string file = sealed(bytes);
  const Scratch scratch("x.bin", file);
  const std::string kind = file.size() < 32 ? "" : std::string(file.substr(16, 16).c_str());
  if (kind == "vectors") return load_vectors(scratch.file());
  if (kind == "lemmatizer") return load_lemmas(scratch.file());
  if (kind == "relations") return load_relations(scratch);
  if (kind == "tokens") {
    const nlp::TokenBorders borders(scratch.file());
    (void)borders.splits({});
    return;
  }
  const nlp::Net net(scratch.file(), kind == "sentences" ? "sentences" : "fast", no_vectors(),
                     nlp::kernels());
}

/// The first line names the file: "ontology", "lexicon", "gazetteer" or "relation".
void read_schema(std::string_view bytes) {
  const size_t end = std::min(bytes.find('\n'), bytes.size());
  const std::string_view kind = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  if (kind == "lexicon") {
    const Scratch scratch("x.json", bytes);
    (void)schema::Lexicons::load(scratch.folder());
  } else if (kind == "gazetteer") {
    const Scratch scratch("x.tsv", bytes);
    const auto names = schema::Gazetteer::load(scratch.folder(), ontology());
    const std::string_view forms[] = {"the", "Torve", "River", "Torves"};
    for (const schema::GazetteerMatch& m : names.match(forms))
      if (m.tokens.end > std::size(forms) || m.entry.value >= names.size()) std::abort();
  } else if (kind == "relation") {
    const Scratch scratch("x.json", bytes);
    fs::create_directory(scratch.folder() / "relations");
    fs::rename(scratch.file(), scratch.folder() / "relations" / "visited.json");
    schema::Schema schema;
    schema.dir = scratch.folder();
    schema.ontology = ontology();
    (void)extract::Patterns::load(schema);
  } else {
    const Scratch scratch("ontology.json", bytes);
    (void)schema::Ontology::load(scratch.file());
  }
}

}  // namespace weft::fuzz
