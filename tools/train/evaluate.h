// Scores of the language models from raw text, as in the CoNLL 2018 shared task, of names, and
// words a second.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "conllu.h"
#include "nlp/stages.h"
#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::train {

/// Prints a line a figure on standard output. Runs on the calling thread.
class Evaluator {
 public:
  /// Prints what loading takes.
  Evaluator(const std::filesystem::path& schema_dir, nlp::Tier tier);

  /// F1 of words, sentences, UPOS, XPOS, lemmas, UAS and LAS. With `gold_tokens` the segmenter is
  /// left out.
  void trees(const std::filesystem::path& conllu, const std::string& label, bool gold_tokens);
  /// F1 of names on the corpora below `data`, each with its own types; `gold_tokens` is for those
  /// that are treebanks.
  void names(const std::filesystem::path& data, bool gold_tokens);
  /// Words a second of processor time, of the chain and of each stage. `text` has a paragraph a
  /// line.
  void speed(const std::filesystem::path& text);

 private:
  void run(doc::Document& document, bool has_tokens);

  schema::Schema schema_;
  std::vector<std::unique_ptr<stage::Stage>> stages_;
  std::vector<std::unique_ptr<stage::Scratch>> scratch_;
};

}  // namespace weft::train
