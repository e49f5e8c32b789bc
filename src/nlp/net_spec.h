// What a neural model is made of: the widths and kinds of its layers and the labels of its heads.
// Stands as lines of text in the model file, so that one program runs nets of other sizes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doc/ud.h"
#include "nlp/model_file.h"
#include "nlp/tag_label.h"

namespace weft::nlp {

struct BlockSpec {
  enum class Kind : uint8_t { conv, attention };
  Kind kind = Kind::conv;
  uint32_t dilation = 1;  // conv: looks at i - dilation, i, i + dilation
  uint32_t hidden = 0;    // conv
  uint32_t heads = 0;     // attention
};

/// A BERT encoder over word pieces.
struct BertSpec {
  uint32_t layers = 0, width = 0, heads = 0, hidden = 0;
  uint32_t window = 0;   // most pieces seen at once, with the two marks around them
  uint32_t overlap = 0;  // pieces that neighbouring windows share
};

struct NetSpec {
  uint32_t surface = 0;  // width of the embedding of a word's surface
  std::vector<BlockSpec> blocks;
  std::optional<BertSpec> bert;
  uint32_t tags_hidden = 0, arcs = 0, labels = 0, names_hidden = 0;  // 0: the net has no such head
  float threshold = 0;  // sentence nets: a logit above it begins a sentence
  std::vector<TagLabel> tags;
  std::vector<doc::Deprel> deprels;
  std::vector<std::string> types;      // of names, as the ontology calls them
  std::vector<std::string> gazetteer;  // types in the order of the gazetteer's bits; at most 16

  /// Width of what the heads look at.
  uint32_t width() const { return surface + (bert ? bert->width : 0); }

  /// Reads the sections "spec", "tags", "deprels", "types", "gazetteer" and refuses the file if
  /// anything is missing, unknown or of an impossible size.
  static NetSpec read(const ModelFile& file);
  void write(ModelWriter& writer) const;
  /// Why a net of this shape can't be run; empty if it can.
  std::string fault() const;
};

}  // namespace weft::nlp
