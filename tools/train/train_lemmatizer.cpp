// Counts the edit script of every (Penn tag, word) and of every ending; keeps an ending where its
// most frequent script differs from that of the next shorter one (seen with at least two different
// words), and a whole word where the endings would go wrong. Words count once in endings, however
// frequent: irregular words are frequent.
#include "train_lemmatizer.h"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

#include "nlp/lemma_rules.h"
#include "nlp/word.h"

namespace weft::train {

namespace {

using Key = std::pair<doc::Xpos, std::string>;
using Counts = std::map<std::string, int>;  // script as text

const std::string& most_frequent(const Counts& counts) {
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) {
                            return std::tie(a.second, b.first) < std::tie(b.second, a.first);
                          })
      ->first;
}

int total(const Counts& counts) {
  int sum = 0;
  for (const auto& [script, count] : counts) sum += count;
  return sum;
}

}  // namespace

void train_lemmatizer(const std::vector<TreeSentence>& sentences,
                      const std::filesystem::path& out) {
  std::map<Key, Counts> words, endings;
  std::string base;
  for (const TreeSentence& sentence : sentences)
    for (const TreeWord& word : sentence.words) {
      if (word.lemma.empty() || (word.lemma == "_" && word.norm != "_")) continue;
      if (nlp::keeps_case(word.tag.xpos)) {
        base = word.norm;
      } else {
        nlp::lower_case(word.norm, base);
      }
      ++words[{word.tag.xpos, base}][nlp::LemmaScript::between(base, word.lemma).text()];
    }
  for (const auto& [key, counts] : words)
    for (size_t length = 0; length <= std::min(nlp::kLongestEnding, key.second.size()); ++length)
      ++endings[{key.first, key.second.substr(key.second.size() - length)}][most_frequent(counts)];

  std::map<Key, std::string> kept;
  const auto decide = [&](doc::Xpos xpos, std::string_view of, size_t longest) {
    for (size_t length = std::min(longest, of.size()) + 1; length-- > 0;)
      if (const auto found = kept.find({xpos, std::string(of.substr(of.size() - length))});
          found != kept.end())
        return found->second;
    return std::string("0 ");
  };
  std::vector<const Key*> by_length;
  for (const auto& [key, counts] : endings) by_length.push_back(&key);
  std::stable_sort(by_length.begin(), by_length.end(),
                   [](const Key* a, const Key* b) { return a->second.size() < b->second.size(); });
  for (const Key* key : by_length) {
    const Counts& counts = endings[*key];
    if (total(counts) < 2) continue;
    const std::string& script = most_frequent(counts);
    const size_t shorter = key->second.empty() ? 0 : key->second.size() - 1;
    if (script != decide(key->first, key->second, shorter)) kept[*key] = script;
  }

  std::map<std::string, uint32_t> scripts;
  std::vector<std::pair<uint64_t, std::string>> rows;
  for (const auto& [key, script] : kept)
    rows.emplace_back(nlp::ending_key(key.first, key.second), script);
  size_t exceptions = 0;
  for (const auto& [key, counts] : words)
    if (most_frequent(counts) != decide(key.first, key.second, nlp::kLongestEnding)) {
      rows.emplace_back(nlp::whole_word_key(key.first, key.second), most_frequent(counts));
      ++exceptions;
    }
  for (const auto& row : rows) scripts.emplace(row.second, 0);
  std::vector<std::string> lines;
  for (auto& [script, number] : scripts) {
    number = static_cast<uint32_t>(lines.size());
    lines.push_back(script);
  }
  std::sort(rows.begin(), rows.end());
  std::vector<nlp::LemmaRules::Slot> slots(std::bit_ceil(rows.size() * 4 / 3 + 2));
  for (const auto& [key, script] : rows) {
    size_t place = key & (slots.size() - 1);
    while (slots[place].script != 0) place = (place + 1) & (slots.size() - 1);
    slots[place] = {static_cast<uint32_t>(key >> 32), scripts[script] + 1};
  }
  std::fprintf(stderr, "%zu endings, %zu words, %zu scripts\n", kept.size(), exceptions,
               lines.size());
  nlp::ModelWriter writer("lemmatizer");
  writer.add_lines("scripts", lines);
  writer.add<nlp::LemmaRules::Slot>("slots", slots);
  writer.write(out);
}

}  // namespace weft::train
