// Scores of the whole chain from raw text, as in the CoNLL 2018 shared task.
#pragma once

#include <filesystem>
#include <string>

#include "conllu.h"

namespace weft::train {

/// Prints F1 of tokens, sentences, UPOS, XPOS, lemmas, UAS and LAS, and words a second on this one
/// thread.
void evaluate(const std::vector<TreeSentence>& gold, const std::string& label,
              const std::filesystem::path& schema_dir);

/// Prints a text as the chain sees it, one token a line (CoNLL-U's columns).
void show(const std::string& text, const std::filesystem::path& schema_dir);

}  // namespace weft::train
