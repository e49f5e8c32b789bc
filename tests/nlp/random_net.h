// Model files with random weights, for tests of everything that runs nets.
#pragma once

#include <bit>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "nlp/net_input.h"
#include "nlp/net_spec.h"
#include "nlp/net_tensors.h"
#include "nlp/relation_head.h"
#include "nlp/word.h"

namespace weft::test {

/// Writes arrays of the names and sizes that a net of this shape has.
class RandomNet {
 public:
  explicit RandomNet(uint32_t seed) : random_(seed) {}

  void write(const nlp::NetSpec& spec, const std::string& kind,
             const std::vector<std::string>& vocabulary, const std::filesystem::path& file) {
    const uint32_t width = spec.width(), d = spec.surface;
    const char* tables[] = {"lower", "prefix3", "suffix3", "suffix2", "shape"};
    for (size_t t = 0; t < 5; ++t)
      tensors_.add_rows(std::string("surface.") + tables[t], numbers(nlp::kTableRows[t + 1] * d),
                        d);
    tensors_.add_rows("surface.bits", numbers(64 * d), d);
    linear("surface.project", 100, d, 0.02f);
    norm("surface.norm", d);
    for (size_t k = 0; k < spec.blocks.size(); ++k) {
      const std::string name = "blocks." + std::to_string(k) + ".";
      norm(name + "norm", width);
      if (spec.blocks[k].kind == nlp::BlockSpec::Kind::conv) {
        linear(name + "in", 3 * width, spec.blocks[k].hidden);
        linear(name + "out", spec.blocks[k].hidden, width);
      } else {
        linear(name + "qkv", width, 3 * width);
        linear(name + "out", width, width);
        tensors_.add_floats(name + "position", numbers(33 * spec.blocks[k].heads));
      }
    }
    if (!spec.blocks.empty()) norm("encoder.norm", width);
    if (spec.bert) bert(*spec.bert, static_cast<uint32_t>(vocabulary.size()));
    heads(spec);
    nlp::ModelWriter writer(kind);
    spec.write(writer);
    tensors_.write(writer);
    if (spec.bert) writer.add_lines("vocab", vocabulary);
    writer.write(file);
  }

  /// A relation model without keys for one relation and one type, with a branch of such an encoder.
  void write_branch(const nlp::BranchSpec& spec, const nlp::BertSpec& encoder,
                    const std::filesystem::path& file) {
    for (uint32_t k = 0; k < spec.layers; ++k) layer("branch." + std::to_string(k) + ".", encoder);
    linear("branch.project", encoder.width, spec.width);
    linear("head.in", static_cast<uint32_t>(nlp::RelationHead::inputs(spec.width)), spec.hidden);
    linear("head.out", spec.hidden, 1);
    tensors_.add_rows("head.types", numbers(2 * nlp::RelationHead::kTypeWidth),
                      nlp::RelationHead::kTypeWidth);
    tensors_.add_rows("head.distances",
                      numbers(nlp::RelationHead::kDistances * nlp::RelationHead::kDistanceWidth),
                      nlp::RelationHead::kDistanceWidth);
    nlp::ModelWriter writer(nlp::kRelationModel);
    writer.add_lines("relations", {"visited"});
    writer.add_lines("types", {"Person"});
    writer.add<uint64_t>("keys", {});
    writer.add<int8_t>("rows", {});
    for (const char* empty : {"scales", "hidden.bias", "out"}) writer.add<float>(empty, {});
    for (const char* one : {"bias", "unfired"}) writer.add<float>(one, numbers(1));
    writer.add<float>("limits", std::vector<float>{1, 0.2f, 0.35f});
    spec.write(writer);
    tensors_.write(writer);
    writer.write(file);
  }

  /// Vectors for a few words.
  static void write_vectors(const std::vector<std::string>& words,
                            const std::filesystem::path& file) {
    std::mt19937 random(5);
    std::vector<nlp::WordVectors::Slot> slots(std::bit_ceil(words.size() * 2 + 2));
    std::vector<float> scale{0.0f};
    std::vector<int8_t> rows(nlp::WordVectors::kWidth, 0);
    std::string buffer;
    for (const std::string& word : words) {
      const uint64_t hash = nlp::describe(word, buffer).lower;
      size_t place = hash & (slots.size() - 1);
      while (slots[place].row != 0) place = (place + 1) & (slots.size() - 1);
      slots[place] = {static_cast<uint32_t>(hash >> 32), static_cast<uint32_t>(scale.size())};
      scale.push_back(0.01f);
      for (size_t i = 0; i < nlp::WordVectors::kWidth; ++i)
        rows.push_back(static_cast<int8_t>(static_cast<int>(random() % 255) - 127));
    }
    nlp::ModelWriter writer("vectors");
    writer.add("slots", std::span<const nlp::WordVectors::Slot>(slots));
    writer.add("scale", std::span<const float>(scale));
    writer.add("rows", std::span<const int8_t>(rows));
    writer.write(file);
  }

 private:
  std::vector<float> numbers(size_t count, float size = 1) {
    std::normal_distribution<float> normal;
    std::vector<float> out(count);
    for (float& x : out) x = normal(random_) * size;
    return out;
  }
  void linear(const std::string& name, uint32_t in, uint32_t out, float size = 0) {
    if (size == 0) size = 1 / std::sqrt(static_cast<float>(in));
    tensors_.add_linear(name, numbers(static_cast<size_t>(in) * out, size), in, numbers(out, 0.1f));
  }
  void norm(const std::string& name, uint32_t width) {
    std::vector<float> weight = numbers(width, 0.1f);
    for (float& w : weight) w += 1;
    tensors_.add_floats(name + ".weight", weight);
    tensors_.add_floats(name + ".bias", numbers(width, 0.1f));
  }
  void bert(const nlp::BertSpec& bert, uint32_t words) {
    tensors_.add_rows("bert.words", numbers(words * bert.width), bert.width);
    tensors_.add_floats("bert.positions", numbers(bert.window * bert.width, 0.1f));
    norm("bert.norm", bert.width);
    for (uint32_t k = 0; k < bert.layers; ++k) layer("bert." + std::to_string(k) + ".", bert);
  }
  void layer(const std::string& name, const nlp::BertSpec& bert) {
    linear(name + "qkv", bert.width, 3 * bert.width);
    linear(name + "attended", bert.width, bert.width);
    linear(name + "in", bert.width, bert.hidden);
    linear(name + "out", bert.hidden, bert.width);
    norm(name + "norm1", bert.width);
    norm(name + "norm2", bert.width);
  }
  void heads(const nlp::NetSpec& spec) {
    const uint32_t width = spec.width();
    const auto two = [&](const std::string& name, uint32_t hidden, size_t count) {
      linear(name + ".in", width, hidden);
      linear(name + ".out", hidden, static_cast<uint32_t>(count));
    };
    if (spec.tags_hidden != 0) two("heads.tags", spec.tags_hidden, spec.tags.size());
    if (spec.names_hidden != 0) two("heads.names", spec.names_hidden, 1 + 2 * spec.types.size());
    if (spec.arcs == 0) {
      linear("heads.sentence", width, 1);
      return;
    }
    linear("heads.arcs.dependent", width, spec.arcs);
    linear("heads.arcs.head", width, spec.arcs);
    linear("heads.arcs.matrix", spec.arcs, spec.arcs + 1);
    tensors_.add_floats("heads.arcs.root", numbers(spec.arcs + 1));
    linear("heads.labels.dependent", width, spec.labels);
    linear("heads.labels.head", width, spec.labels);
    tensors_.add_floats("heads.labels.bias", numbers(spec.labels, 0.1f));
    linear("heads.labels.out", spec.labels, static_cast<uint32_t>(spec.deprels.size()));
  }

  std::mt19937 random_;
  nlp::TensorWriter tensors_;
};

}  // namespace weft::test
