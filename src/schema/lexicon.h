// Lexicons: named lists of words and phrases with an optional value (schema/lexicons/*.json):
//   {"about": "...", "source": "...", "licence": "...",
//    "lists": {"speech_verbs": {"about": "...", "entries": ["say", "stress", {"form": "according
//    to", "value": "asserted"}]}}}
// Every list of every file shares one name space. Entries are lower-case lemmas or forms, words
// separated by one space.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weft::schema {

/// One list. Immutable after loading.
class WordList {
 public:
  bool has(std::string_view form) const { return value(form) != nullptr; }
  /// The value of `form` (empty if the entry has none), or nullptr if it is not in the list.
  const std::string* value(std::string_view form) const;
  const std::vector<std::string>& forms() const { return forms_; }  // in file order
  /// Tokens of the longest entry; "by-election" is three.
  unsigned longest() const { return longest_; }

 private:
  friend class Lexicons;
  std::vector<std::string> forms_;
  std::unordered_map<std::string, std::string> values_;
  unsigned longest_ = 1;
};

/// Immutable after loading; shared by all threads.
class Lexicons {
 public:
  /// Throws SetupError with file and line on a fault.
  static Lexicons load(const std::filesystem::path& dir);
  /// Throws SetupError naming the list if there is none (a stage asks for its lists when it is
  /// made).
  const WordList& list(std::string_view name) const;

 private:
  std::map<std::string, WordList, std::less<>> lists_;
};

}  // namespace weft::schema
