// Lemmas by edit scripts: "take n bytes off the end, add these", chosen by the word itself or else
// by its longest known ending, both together with the Penn tag.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "doc/ud.h"
#include "nlp/model_file.h"

namespace weft::nlp {

/// How to get from a base form to its lemma.
struct LemmaScript {
  uint32_t cut = 0;  // bytes taken off the end
  std::string add;

  static LemmaScript between(std::string_view base, std::string_view lemma);
  /// False if the base is shorter than the cut or a character would be cut in two.
  bool apply(std::string_view base, std::string& out) const;
  std::string text() const { return std::to_string(cut) + " " + add; }
  static std::optional<LemmaScript> parse(std::string_view text);
};

inline constexpr size_t kLongestEnding = 7;

/// True for tags whose lemma keeps the capitals of the form (names and foreign words).
bool keeps_case(doc::Xpos xpos);
uint64_t whole_word_key(doc::Xpos xpos, std::string_view base);
uint64_t ending_key(doc::Xpos xpos, std::string_view ending);

/// Immutable; shared by all threads.
class LemmaRules {
 public:
  struct Slot {
    uint32_t print = 0;
    uint32_t script = 0;  // its number plus 1; 0 is an empty slot
  };

  explicit LemmaRules(const std::filesystem::path& file);
  /// The lemma of a form with plain quotes and dashes. `base` is a buffer; the answer lives in
  /// `out` afterwards.
  void lemma(std::string_view norm, doc::Xpos xpos, std::string& base, std::string& out) const;

 private:
  const LemmaScript* find(uint64_t key) const;

  ModelFile file_;
  std::span<const Slot> slots_;
  std::vector<LemmaScript> scripts_;
};

}  // namespace weft::nlp
