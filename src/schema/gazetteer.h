// Gazetteers: known names with what they name. Files are tab-separated (schema/gazetteers/*.tsv):
//   lines that begin with "# " are a header and must hold "# source:", "# licence:" and "# about:";
//   then  key <TAB> type <TAB> kind <TAB> name <TAB> aliases joined by | <TAB> parent key <TAB>
//   flags joined by |
// A key is "<type>/<slug>" ("place/jiangxi"); entries of several files with one key are one entry.
// Flags: `common` (the name is also an ordinary word or another sort of name: needs support from
// the context or the name tagger), `lower` (matches whatever its case: themes, industries),
// `plural` (a plural -s on its last word matches too), and of places `capital` (of a country),
// `population=N`, `geonames=N` (GeoNames) and `iso=CC-XX` (ISO 3166-1 or 3166-2).
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/ontology.h"
#include "text/phrase_matcher.h"

namespace weft::schema {

using GazetteerId = core::Id<struct GazetteerTag>;

struct GazetteerEntry {
  std::string key;
  TypeId type;
  std::string kind;
  std::string name;
  std::vector<std::string> aliases;
  GazetteerId parent;       // what it lies in or belongs to
  uint32_t population = 0;  // for choosing between places of one name; 0 if unknown
  uint32_t geonames = 0;    // number of GeoNames; 0 if unknown
  std::string iso;          // ISO 3166-1 alpha-2 or ISO 3166-2; empty if unknown
  bool common = false;
  bool any_case = false;
  bool plural = false;
  bool capital = false;  // of a country
};

struct GazetteerMatch {
  core::TokenSpan tokens;
  GazetteerId entry;
  friend auto operator<=>(const GazetteerMatch&, const GazetteerMatch&) = default;
};

/// Views into `name`, cut where the tokens of a sentence are: at spaces and around hyphens,
/// slashes, brackets, quotes and commas, before "'s" and before a colon or comma, but not at points
/// ("Co., Ltd." gives "Co." "," "Ltd.").
std::vector<std::string_view> name_words(std::string_view name);

/// Immutable after loading; shared by all threads.
class Gazetteer {
 public:
  /// Reads every *.tsv below `dir` in order of path. Throws SetupError with file and line on a
  /// fault.
  static Gazetteer load(const std::filesystem::path& dir, const Ontology& ontology);

  const GazetteerEntry& operator[](GazetteerId id) const { return entries_[id.value]; }
  size_t size() const { return entries_.size(); }
  /// All entries that bear this name or alias (compared by text::name_key), in order of id.
  std::span<const GazetteerId> named(std::string_view name) const;
  GazetteerId by_key(std::string_view key) const;
  /// The country that a place lies in, or that it is; an invalid id if none is known.
  GazetteerId country_of(GazetteerId place) const;
  /// All matches in a sequence of token forms (normalised by text::plain_punctuation); overlapping
  /// ones too, ordered by (begin, longer first, entry). Accents don't count. Case counts, except
  ///  - for entries flagged `lower`,
  ///  - for function words ("Bank Of China") and acronyms of four letters and more ("Nato"),
  ///  - for names in capitals: any in a sequence all in capitals, else those of four letters and
  ///  more that are not `common`.
  std::vector<GazetteerMatch> match(std::span<const std::string_view> forms) const;

 private:
  friend class GazetteerReader;
  struct Pattern {  // what a phrase of matcher_ stands for
    GazetteerId entry;
    uint32_t spelling;  // 0: the name; n: alias n - 1
  };
  struct Bearers {
    uint32_t begin = 0, size = 0;  // range of bearers_
  };
  std::string_view spelling(const Pattern&) const;

  std::vector<GazetteerEntry> entries_;
  std::unordered_map<std::string_view, GazetteerId> by_key_;  // views into entries_
  std::unordered_map<std::string, Bearers> by_name_;
  std::vector<GazetteerId> bearers_;
  std::vector<Pattern> patterns_;
  text::PhraseMatcher matcher_;  // over folded words; match() then compares the case
};

}  // namespace weft::schema
