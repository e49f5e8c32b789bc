// Reads CoNLL-U line by line; empty nodes (8.1) and enhanced dependencies are left out. Two habits
// of the treebanks are made one here: GUM tags "United" in "United Kingdom" by its origin (VERB,
// ADJ) with the Penn tag NNP, EWT likewise in places; a word of a name is PROPN to us, whatever its
// origin.
#include "conllu.h"

#include <charconv>
#include <cstdlib>
#include <fstream>

#include "core/error.h"
#include "text/fold.h"

namespace weft::train {

namespace {

std::vector<std::string_view> split(std::string_view line, char by) {
  std::vector<std::string_view> out;
  for (size_t begin = 0;;) {
    const size_t end = line.find(by, begin);
    out.push_back(line.substr(begin, end == line.npos ? line.npos : end - begin));
    if (end == line.npos) return out;
    begin = end + 1;
  }
}

uint16_t morph_from(std::string_view features, doc::Upos upos) {
  uint16_t morph = 0;
  for (const std::string_view f : split(features, '|')) {
    if (f == "Number=Plur" && upos != doc::Upos::VERB && upos != doc::Upos::AUX)
      morph |= doc::kPlural;
    if (f == "Tense=Past") morph |= doc::kPast;
    if (f == "Tense=Pres") morph |= doc::kPresent;
    if (f == "Voice=Pass") morph |= doc::kPassive;
    if (f == "Mood=Imp") morph |= doc::kImperative;
    if (f == "VerbForm=Fin") morph |= doc::kFinite;
    if (f == "VerbForm=Inf") morph |= doc::kInfinitive;
    if (f == "VerbForm=Ger") morph |= doc::kGerund;
    if (f == "VerbForm=Part") morph |= doc::kParticiple;
  }
  return morph;
}

TreeWord read_word(const std::vector<std::string_view>& columns) {
  TreeWord word;
  word.form = columns[1];
  word.norm = text::plain_punctuation(columns[1]);
  word.lemma = text::plain_punctuation(columns[2]);
  word.tag.upos = doc::upos_from(columns[3]);
  word.tag.xpos = doc::xpos_from(columns[4]);
  if (word.tag.xpos == doc::Xpos::NNP || word.tag.xpos == doc::Xpos::NNPS)
    word.tag.upos = doc::Upos::PROPN;
  word.tag.morph = word.tag.upos == doc::Upos::PROPN
                       ? (word.tag.xpos == doc::Xpos::NNPS ? doc::kPlural : 0)
                       : morph_from(columns[5], word.tag.upos);
  word.head = std::atoi(std::string(columns[6]).c_str()) - 1;
  word.deprel = doc::deprel_from(columns[7]);
  word.space_after = columns[9].find("SpaceAfter=No") == std::string_view::npos;
  return word;
}

void finish(TreeSentence& sentence, std::vector<TreeSentence>& out) {
  if (sentence.words.empty()) return;
  for (TreeWord& word : sentence.words)
    if (word.head < 0) word.head = static_cast<int32_t>(sentence.words.size());
  out.push_back(std::move(sentence));
  sentence = {};
}

}  // namespace

std::vector<TreeSentence> read_conllu(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw core::SetupError("The treebank " + file.string() + " can't be opened.");
  std::vector<TreeSentence> out;
  TreeSentence sentence;
  std::string line;
  int joined_until = 0;
  bool joined_space = true;
  while (std::getline(in, line)) {
    if (line.empty()) {
      finish(sentence, out);
      joined_until = 0;
    } else if (line[0] == '#') {
      if (line.starts_with("# newdoc")) sentence.begins_document = true;
      if (line.starts_with("# newpar") && !line.starts_with("# newpar_block"))
        sentence.begins_paragraph = true;
      if (line.starts_with("# text = ")) sentence.text = line.substr(9);
    } else {
      const auto columns = split(line, '\t');
      if (columns.size() < 10 || columns[0].find('.') != std::string_view::npos) continue;
      if (const size_t dash = columns[0].find('-'); dash != std::string_view::npos) {
        joined_until = std::atoi(std::string(columns[0].substr(dash + 1)).c_str());
        joined_space = columns[9].find("SpaceAfter=No") == std::string_view::npos;
        continue;
      }
      sentence.words.push_back(read_word(columns));
      const int number = static_cast<int>(sentence.words.size());
      if (number < joined_until) sentence.words.back().space_after = false;
      if (number == joined_until) sentence.words.back().space_after = joined_space;
    }
  }
  finish(sentence, out);
  return out;
}

bool make_projective(TreeSentence& sentence) {
  auto& words = sentence.words;
  const auto n = static_cast<int32_t>(words.size());
  const auto crosses = [&](int32_t i) {
    const int32_t head = words[i].head;
    const int32_t low = std::min(i, head), high = std::max(i, head);
    for (int32_t j = low + 1; j < high; ++j)
      if (words[j].head < low || words[j].head > high) return true;
    return false;
  };
  bool lifted = false;
  for (int rounds = 0; rounds < n * n; ++rounds) {
    int32_t worst = -1, length = n + 2;
    for (int32_t i = 0; i < n; ++i)
      if (words[i].head != n && std::abs(i - words[i].head) < length && crosses(i)) {
        worst = i;
        length = std::abs(i - words[i].head);
      }
    if (worst < 0) return lifted;
    words[worst].head = words[words[worst].head].head;
    lifted = true;
  }
  return lifted;
}

}  // namespace weft::train
