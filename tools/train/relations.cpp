// The pairs come from the fact stage itself, which asks a scorer that takes notes instead of a
// model: training sees what running will. Cost: that of building the texts.
#include "relations.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <utility>

#include "arrays.h"
#include "core/error.h"
#include "core/mapped_file.h"
#include "extract/descriptions/described_facts.h"
#include "extract/facts/facts.h"
#include "extract/figures/values.h"
#include "extraction.h"
#include "json_lines.h"
#include "nlp/model_file.h"
#include "nlp/relation_head.h"
#include "nlp/word_pieces.h"

namespace weft::train {

namespace {

template <class T>
void write_array(const std::filesystem::path& file, const std::vector<T>& items) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(items.data()),
            static_cast<std::streamsize>(items.size() * sizeof(T)));
  if (!out) throw core::SetupError("Can't write " + file.string() + ".");
}

struct Notes {
  uint32_t document = 0;
  std::vector<uint32_t> pairs;
  std::vector<uint64_t> keys, allowed;
  std::vector<float> fired;
  std::vector<uint32_t> ends;
};

/// Writes down what it is asked. For one thread. Drops nothing, adds nothing.
class NoteTaker final : public stage::PairScorer {
 public:
  explicit NoteTaker(Notes& notes) : notes_(notes) {}
  void score(const stage::EntityPair& pair, std::span<float>) const override {
    for (const stage::FiredPattern& f : pair.fired)
      notes_.fired.insert(notes_.fired.end(), {static_cast<float>(notes_.allowed.size()),
                                               static_cast<float>(f.relation.value), f.confidence});
    notes_.pairs.insert(notes_.pairs.end(),
                        {notes_.document, pair.sentence, pair.subject, pair.object,
                         static_cast<uint32_t>(pair.features.size())});
    notes_.keys.insert(notes_.keys.end(), pair.features.begin(), pair.features.end());
    uint64_t bits = 0;
    for (const schema::RelationId r : pair.allowed) bits |= uint64_t{1} << r.value;
    notes_.allowed.push_back(bits);
    for (const core::TokenSpan mention : {pair.subject_mention, pair.object_mention})
      notes_.ends.insert(notes_.ends.end(), {mention.begin, mention.end});
    notes_.ends.push_back(pair.link);
  }
  float keep_from() const override { return 0; }
  float propose_from() const override { return 2; }

 private:
  Notes& notes_;
};

/// Writes each figure of the document at hand as JSON: its candidates with value and features.
class FigureWriter final : public extract::FigureNotes {
 public:
  void note(const doc::Document&, std::span<const extract::OwnerCandidate> candidates,
            std::span<const std::string> values) override {
    lines_ += "[";
    for (size_t i = 0; i < candidates.size(); ++i) {
      rapidjson::StringBuffer buffer;
      JsonWriter writer(buffer);
      writer.StartArray();
      writer.Uint(candidates[i].entity);
      text(writer, values[i]);
      texts(writer, candidates[i].features);
      writer.EndArray();
      lines_ += (i > 0 ? "," : "") + std::string(buffer.GetString(), buffer.GetSize());
    }
    lines_ += "]\n";
  }
  std::string take() { return std::exchange(lines_, {}); }

 private:
  std::string lines_;
};

/// Writes each description of the document at hand as JSON: [entity, value, features], one a line.
class DescriptionWriter final : public extract::DescriptionNotes {
 public:
  void note(const doc::Document&, std::span<const extract::Description> candidates) override {
    for (const extract::Description& d : candidates) {
      rapidjson::StringBuffer buffer;
      JsonWriter writer(buffer);
      writer.StartArray();
      writer.Uint(d.entity);
      text(writer, d.value);
      texts(writer, d.features);
      writer.EndArray();
      lines_ += std::string(buffer.GetString(), buffer.GetSize()) + "\n";
    }
  }
  std::string take() { return std::exchange(lines_, {}); }

 private:
  std::string lines_;
};

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::vector<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// The branch of the encoder and the head over its states, if the folder has them.
void pack_branch(const std::filesystem::path& dir, nlp::ModelWriter& writer) {
  std::ifstream in(dir / "branch.txt");
  if (!in) return;
  nlp::BranchSpec spec;
  uint32_t encoder = 0, inner = 0;  // widths of the encoder
  in >> spec.from >> spec.layers >> spec.width >> spec.hidden >> encoder >> inner;
  if (in.fail()) throw core::SetupError("The file branch.txt of " + dir.string() + " is broken.");
  ArrayPacker arrays(dir);
  for (uint32_t k = 0; k < spec.layers; ++k)
    arrays.bert_layer("branch." + std::to_string(k), encoder, inner);
  arrays.linear("branch.project", encoder, spec.width);
  arrays.linear("head.in", static_cast<uint32_t>(nlp::RelationHead::inputs(spec.width)),
                spec.hidden);
  arrays.linear("head.out", spec.hidden, lines_of(dir / "relations.txt").size());
  arrays.rows("head.types", 0, nlp::RelationHead::kTypeWidth);
  arrays.rows("head.distances", nlp::RelationHead::kDistances, nlp::RelationHead::kDistanceWidth);
  spec.write(writer);
  writer.add_lines("types", lines_of(dir / "types.txt"));
  arrays.tensors().write(writer);
}

}  // namespace

void dump_relation_pairs(const std::filesystem::path& texts, const std::filesystem::path& dir,
                         std::optional<nlp::Tier> tier, const std::filesystem::path& out) {
  const auto schema = schema::Schema::load(dir);
  if (schema.ontology.relations().size() > 64)
    throw core::SetupError("The ontology has more than 64 relations: widen allowed.u64.");
  std::filesystem::create_directories(out);
  Notes notes;
  FigureWriter figures;
  DescriptionWriter descriptions;
  auto facts = extract::make_fact_stage(schema, std::make_unique<NoteTaker>(notes),
                                        {.figures = &figures, .descriptions = &descriptions});
  const nlp::WordPieces pieces(
      nlp::ModelFile(schema.dir / "models" / "en" / "accurate.bin", "accurate").lines("vocab"));
  std::ofstream documents(out / "documents.jsonl", std::ios::binary);
  std::ofstream figure_lines(out / "figures.jsonl", std::ios::binary);
  std::ofstream description_lines(out / "descriptions.jsonl", std::ios::binary);
  extract_texts(texts, schema, tier, std::move(facts), [&](const doc::Document& document) {
    documents << line_of(document, schema.ontology, &pieces);
    figure_lines << figures.take() << "\n";
    description_lines << descriptions.take() << "\n";
    ++notes.document;
  });
  write_array(out / "pairs.u32", notes.pairs);
  write_array(out / "keys.u64", notes.keys);
  write_array(out / "allowed.u64", notes.allowed);
  write_array(out / "fired.f32", notes.fired);
  write_array(out / "ends.u32", notes.ends);
  std::ofstream relations(out / "relations.txt");
  for (const schema::RelationType& r : schema.ontology.relations()) relations << r.name << "\n";
}

void pack_relations(const std::filesystem::path& dir, const std::filesystem::path& out) {
  const std::vector<std::string> names = lines_of(dir / "relations.txt");
  const core::MappedFile keys_file(dir / "keys.u64");
  std::vector<uint64_t> keys(keys_file.size() / sizeof(uint64_t));
  std::memcpy(keys.data(), keys_file.text().data(), keys.size() * sizeof(uint64_t));
  const ArrayPacker arrays(dir);
  const std::vector<float> rows = arrays.read("rows", 0);
  const size_t width = keys.empty() ? 0 : rows.size() / keys.size();
  if (width == 0 || rows.size() != keys.size() * width)
    throw core::SetupError("The rows of " + dir.string() + " don't fit its keys; train it again.");
  std::vector<float> scales;
  std::vector<int8_t> bytes;
  for (size_t v = 0; v < keys.size(); ++v) {
    const auto row = std::span(rows).subspan(v * width, width);
    float most = 0;
    for (const float x : row) most = std::max(most, std::abs(x));
    scales.push_back(most / 127);
    for (const float x : row)
      bytes.push_back(most == 0 ? int8_t{0} : static_cast<int8_t>(std::lround(x / most * 127)));
  }
  nlp::ModelWriter writer(nlp::kRelationModel);
  writer.add_lines("relations", names);
  writer.add<uint64_t>("keys", keys);
  writer.add<float>("scales", scales);
  writer.add<int8_t>("rows", bytes);
  for (const char* name : {"hidden.bias", "out", "bias", "unfired", "limits"})
    writer.add<float>(name, arrays.read(name, 0));
  pack_branch(dir, writer);
  writer.write(out);
}

}  // namespace weft::train
