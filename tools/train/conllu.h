// CoNLL-U treebanks (universaldependencies.org/format) as vectors; words are UD words (the parts of
// "don't" apart).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "doc/ud.h"
#include "nlp/tag_label.h"

namespace weft::train {

struct TreeWord {
  std::string form;  // as written
  std::string norm;  // with plain quotes and dashes
  std::string lemma;
  nlp::TagLabel tag;
  int32_t head = -1;  // index in the sentence; the root's is the number of words
  doc::Deprel deprel = doc::Deprel::dep;
  bool space_after = true;
};

struct TreeSentence {
  std::vector<TreeWord> words;
  std::string text;
  bool begins_paragraph = false;
  bool begins_document = false;
};

std::vector<TreeSentence> read_conllu(const std::filesystem::path& file);

/// Makes a tree projective by lifting (Nivre and Nilsson 2005): the shortest crossing arc is hung
/// on its head's head until none crosses. Returns true if something was lifted.
bool make_projective(TreeSentence& sentence);

}  // namespace weft::train
