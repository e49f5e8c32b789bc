// What net.json tells of a net decides which arrays it has, and of which sizes.
#include "pack.h"

#include <fstream>

#include "arrays.h"
#include "core/error.h"
#include "core/json_file.h"
#include "nlp/net_input.h"
#include "nlp/net_spec.h"
#include "nlp/net_tensors.h"

namespace weft::train {

namespace {

using nlp::NetSpec;

/// Packs the arrays of a whole net; each size is checked against net.json.
class NetPacker : private ArrayPacker {
 public:
  using ArrayPacker::ArrayPacker;

  const nlp::TensorWriter& run(const NetSpec& spec) {
    surface(spec.surface);
    for (size_t k = 0; k < spec.blocks.size(); ++k) block(k, spec);
    if (!spec.blocks.empty()) norm("encoder.norm", spec.width());
    if (spec.bert) bert(*spec.bert);
    heads(spec);
    return tensors();
  }

 private:
  void surface(uint32_t width) {
    const char* names[] = {"", "lower", "prefix3", "suffix3", "suffix2", "shape"};
    for (size_t t = nlp::kLower; t < nlp::kSurfaceTables; ++t)
      rows(std::string("surface.") + names[t], nlp::kTableRows[t], width);
    rows("surface.bits", 64, width);
    linear("surface.project", nlp::WordVectors::kWidth, width);
    norm("surface.norm", width);
  }

  void block(size_t number, const NetSpec& spec) {
    const std::string name = "blocks." + std::to_string(number) + ".";
    const nlp::BlockSpec& block = spec.blocks[number];
    const uint32_t width = spec.width();
    norm(name + "norm", width);
    if (block.kind == nlp::BlockSpec::Kind::conv) {
      linear(name + "in", 3 * width, block.hidden);
      linear(name + "out", block.hidden, width);
    } else {
      linear(name + "qkv", width, size_t{3} * width);
      linear(name + "out", width, width);
      floats(name + "position", size_t{33} * block.heads);
    }
  }

  void bert(const nlp::BertSpec& bert) {
    rows("bert.words", 0, bert.width);
    floats("bert.positions", size_t{bert.window} * bert.width);
    norm("bert.norm", bert.width);
    for (uint32_t k = 0; k < bert.layers; ++k)
      bert_layer("bert." + std::to_string(k), bert.width, bert.hidden);
  }

  void heads(const NetSpec& spec) {
    const uint32_t width = spec.width();
    const auto two = [&](const std::string& name, uint32_t hidden, size_t count) {
      if (hidden == 0) return;
      linear(name + ".in", width, hidden);
      linear(name + ".out", hidden, count);
    };
    two("heads.tags", spec.tags_hidden, spec.tags.size());
    two("heads.names", spec.names_hidden, 1 + 2 * spec.types.size());
    if (spec.arcs != 0) {
      linear("heads.arcs.dependent", width, spec.arcs);
      linear("heads.arcs.head", width, spec.arcs);
      linear("heads.arcs.matrix", spec.arcs, spec.arcs + 1);
      floats("heads.arcs.root", spec.arcs + 1);
      linear("heads.labels.dependent", width, spec.labels);
      linear("heads.labels.head", width, spec.labels);
      floats("heads.labels.bias", spec.labels);
      linear("heads.labels.out", spec.labels, spec.deprels.size());
    }
    if (spec.tags_hidden == 0 && spec.names_hidden == 0 && spec.arcs == 0)
      linear("heads.sentence", width, 1);
  }
};

uint32_t number(const rapidjson::Value& object, const char* name, uint32_t otherwise = 0) {
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() && found->value.IsUint() ? found->value.GetUint() : otherwise;
}

std::vector<std::string> texts(const rapidjson::Value& object, const char* name) {
  std::vector<std::string> out;
  if (const auto found = object.FindMember(name);
      found != object.MemberEnd() && found->value.IsArray())
    for (const auto& item : found->value.GetArray()) out.emplace_back(item.GetString());
  return out;
}

NetSpec read_spec(const rapidjson::Value& json) {
  NetSpec spec;
  spec.surface = number(json, "surface");
  if (const auto blocks = json.FindMember("blocks"); blocks != json.MemberEnd())
    for (const auto& item : blocks->value.GetArray()) {
      nlp::BlockSpec block;
      if (core::required_string(item, "kind", "net.json") == "attention")
        block.kind = nlp::BlockSpec::Kind::attention;
      block.dilation = number(item, "dilation", 1);
      block.hidden = number(item, "hidden");
      block.heads = number(item, "heads");
      spec.blocks.push_back(block);
    }
  if (const auto bert = json.FindMember("bert");
      bert != json.MemberEnd() && bert->value.IsObject()) {
    const auto& b = bert->value;
    spec.bert = nlp::BertSpec{number(b, "layers"), number(b, "width"),  number(b, "heads"),
                              number(b, "hidden"), number(b, "window"), number(b, "overlap")};
  }
  if (const auto widths = json.FindMember("heads"); widths != json.MemberEnd()) {
    spec.tags_hidden = number(widths->value, "tags");
    spec.arcs = number(widths->value, "arcs");
    spec.labels = number(widths->value, "labels");
    spec.names_hidden = number(widths->value, "names");
  }
  if (const auto threshold = json.FindMember("threshold");
      threshold != json.MemberEnd() && threshold->value.IsNumber())
    spec.threshold = static_cast<float>(threshold->value.GetDouble());
  for (const std::string& text : texts(json, "tags")) {
    const auto tag = nlp::TagLabel::parse(text);
    if (!tag) throw core::SetupError("net.json has the tag \"" + text + "\", which is none.");
    spec.tags.push_back(*tag);
  }
  for (const std::string& text : texts(json, "deprels"))
    spec.deprels.push_back(doc::deprel_from(text));
  spec.types = texts(json, "types");
  spec.gazetteer = texts(json, "gazetteer_types");
  // A sentence net may carry along the labels of its corpora.
  if (spec.tags_hidden == 0) spec.tags.clear();
  if (spec.labels == 0) spec.deprels.clear();
  if (spec.names_hidden == 0) spec.types.clear();
  return spec;
}

}  // namespace

void pack(const std::filesystem::path& dir, const std::filesystem::path& out) {
  const rapidjson::Document json = core::read_json_file(dir / "net.json");
  const std::string kind(core::required_string(json, "tier", "net.json"));
  const NetSpec spec = read_spec(json);
  if (const std::string fault = spec.fault(); !fault.empty())
    throw core::SetupError("The net of " + dir.string() + " can't be packed: " + fault + ".");
  nlp::ModelWriter writer(kind);
  spec.write(writer);
  NetPacker(dir).run(spec).write(writer);
  if (spec.bert) {
    std::ifstream in(dir / "vocab.txt");
    if (!in) throw core::SetupError("There is no " + (dir / "vocab.txt").string() + ".");
    std::vector<std::string> vocabulary;
    for (std::string line; std::getline(in, line);) vocabulary.push_back(line);
    writer.add_lines("vocab", vocabulary);
  }
  writer.write(out);
}

}  // namespace weft::train
