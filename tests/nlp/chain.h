// The whole chain of language stages on a text whose blocks are its lines, for tests.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "nlp/stages.h"
#include "schema/schema.h"

namespace weft::test {

inline std::filesystem::path schema_dir() { return WEFT_SCHEMA_DIR; }
inline std::filesystem::path models_dir() { return schema_dir() / "models" / "en"; }

inline doc::Document document_of(std::string text) {
  doc::Document document;
  document.text = std::move(text);
  for (size_t begin = 0; begin < document.text.size();) {
    const size_t end = std::min(document.text.find('\n', begin), document.text.size());
    if (end > begin)
      document.blocks.push_back(
          {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, doc::BlockRole::body});
    begin = end + 1;
  }
  return document;
}

inline const schema::Schema& schema() {
  static const schema::Schema loaded = schema::Schema::load(schema_dir());
  return loaded;
}

inline const stage::Stage& segmenter() {
  static const auto stage = nlp::make_segmenter(schema().lexicons, models_dir());
  return *stage;
}

inline void run(const stage::Stage& stage, doc::Document& document) {
  stage.run(document, *stage.make_scratch());
}

/// Segments, annotates and lemmatises.
inline doc::Document analyse(std::string text) {
  static const auto annotator =
      nlp::make_annotator(models_dir(), schema(), nlp::best_tier(models_dir()));
  static const auto lemmatizer = nlp::make_lemmatizer(models_dir());
  doc::Document document = document_of(std::move(text));
  run(segmenter(), document);
  run(*annotator, document);
  run(*lemmatizer, document);
  return document;
}

/// Tokens separated by spaces, sentences by " | ".
inline std::string segmented(std::string text) {
  doc::Document document = document_of(std::move(text));
  run(segmenter(), document);
  std::string out;
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    if (s > 0) out += " |";
    for (uint32_t t = document.sentence(s).begin; t < document.sentence(s).end; ++t)
      out += (out.empty() ? "" : " ") + std::string(document.form(t));
  }
  return out;
}

}  // namespace weft::test
