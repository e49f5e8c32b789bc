// What the JSON formats share: the members of nodes, edges and evidence, in fixed order. The
// formats differ in what they wrap around them.
#pragma once

#include <string>
#include <string_view>

#include "exporters/byte_writer.h"
#include "exporters/doubts.h"
#include "exporters/table.h"

namespace weft::exporters {

/// What a dialect of JSON needs otherwise than the default.
struct JsonStyle {
  std::string_view type_member = "type";  // of a node; sigma has another use for "type"
  /// Aliases as one text joined by '|'. Gephi Lite's parser takes a list of three texts of a
  /// certain form for a function and runs it, so a list of names from documents must not reach it.
  bool joined_aliases = false;
  bool looks_always = false;    // size, color and degree also without Options::looks
  bool y_down = false;          // y as screens have it
  bool doubts_at_nodes = true;  // `maybe_same` of each node that has one
};

/// Writes into one file. Members are written without braces, beginning with `first` (", " or "{").
class JsonMembers {
 public:
  JsonMembers(const graph::Graph& graph, const schema::Ontology& ontology, const Options& options,
              core::OutputFile& file, JsonStyle style = {});

  ByteWriter& out() { return out_; }
  uint64_t replaced() const { return replaced_; }
  /// Flushes, and what is to be told of the file.
  Summary finish();

  void text(std::string_view s) { out_.raw(json_text_of(s)); }
  void member(std::string_view begin, std::string_view value);           // begin: ", \"id\": "
  void optional_member(std::string_view begin, std::string_view value);  // null if empty

  /// One item a line: "[" ... "\n]".
  template <class Items, class Write>
  void lines(const Items& items, Write&& write) {
    out_.raw("[");
    bool first = true;
    for (const auto& item : items) {
      out_.raw(first ? "\n" : ",\n");
      first = false;
      write(item);
    }
    out_.raw("]");
  }
  template <class Items, class Write>
  void list(const Items& items, Write&& write) {
    out_.raw("[");
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_.raw(", ");
      first = false;
      write(item);
    }
    out_.raw("]");
  }

  /// {"id": ..., "path": ...}
  void document(const doc::Metadata& document);
  /// "label" to "attributes", then the looks.
  void node_members(std::string_view first, const graph::Node& node);
  /// x and y, if there are looks: "x": 1, "y": 2
  bool place(std::string_view first, const graph::Node& node);
  /// "relation" to "evidence".
  void edge_members(std::string_view first, const graph::Edge& edge);
  /// , "modality": ... "speaker": ..., of graph::Qualifiers or graph::EvidenceItem
  template <class Q>
  void qualifiers(const Q& q) {
    member(", \"modality\": ", doc::name(q.modality));
    member(", \"polarity\": ", doc::name(q.polarity));
    optional_member(", \"time\": ", q.time);
    optional_member(", \"speaker\": ", q.speaker);
  }
  /// , "evidence": [...]
  void evidence(const std::vector<graph::EvidenceItem>& items);

 private:
  std::string json_text_of(std::string_view s);
  void doubts(const graph::Node& node);
  void looks(const graph::Node& node);

  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  const graph::Looks* looks_;
  const JsonStyle style_;
  std::vector<uint32_t> degree_;
  Doubts doubts_;
  ByteWriter out_;
  uint64_t replaced_ = 0;
};

}  // namespace weft::exporters
