// Gazetteers: known names with what they name. Files are tab-separated (schema/gazetteers/*.tsv):
//   lines that begin with "# " are a header and must hold "# source:", "# licence:" and "# about:";
//   then  key <TAB> type <TAB> kind <TAB> name <TAB> aliases joined by | <TAB> parent key <TAB> flags joined by |
// A key is "<type>/<slug>" ("place/jiangxi"); entries of several files with one key are one entry. Flags: `common` (the
// name is also an ordinary word or another sort of name: needs support from the context or the name tagger),
// `lower` (matches whatever its case: themes, industries), `plural` (a plural -s on its last word matches too).
#pragma once

#include "schema/ontology.h"
#include "text/phrase_matcher.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weft::schema {

using GazetteerId = core::Id<struct GazetteerTag>;

struct GazetteerEntry {
  std::string key;
  TypeId type;
  std::string kind;
  std::string name;
  std::vector<std::string> aliases;
  GazetteerId parent;          // what it lies in or belongs to
  uint32_t population = 0;     // for choosing between places of one name; 0 if unknown
  bool common = false;
  bool any_case = false;
};

struct GazetteerMatch {
  core::TokenSpan tokens;
  GazetteerId entry;
};

/// Immutable after loading; shared by all threads.
class Gazetteer {
 public:
  /// Reads every *.tsv below `dir` in order of path. Throws SetupError with file and line on a fault.
  static Gazetteer load(const std::filesystem::path& dir, const Ontology& ontology);

  const GazetteerEntry& operator[](GazetteerId id) const { return entries_[id.value]; }
  size_t size() const { return entries_.size(); }
  /// All entries that bear this name or alias (compared by text::name_key).
  std::span<const GazetteerId> named(std::string_view name) const;
  GazetteerId by_key(std::string_view key) const;
  /// All matches in a sequence of token forms (normalised by text::plain_punctuation); overlapping ones too, ordered by
  /// (begin, longer first). Case counts, except for entries flagged `lower` and for text all in capitals.
  std::vector<GazetteerMatch> match(std::span<const std::string_view> forms) const;

 private:
  std::vector<GazetteerEntry> entries_;
  std::unordered_map<std::string, GazetteerId> by_key_;
  std::unordered_map<std::string, std::vector<GazetteerId>> by_name_;
  text::PhraseMatcher exact_;     // forms as written
  text::PhraseMatcher folded_;    // lower-cased forms, for entries that match in any case
};

}  // namespace weft::schema
