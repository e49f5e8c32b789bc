// The stage that finds dates: tries a time expression at each word of each sentence, from the left,
// and takes the longest reading there. Linear in the tokens.
#include "extract/times/times.h"

#include "extract/times/parser.h"

namespace weft::extract {

namespace {

class TimeStage final : public stage::Stage {
 public:
  explicit TimeStage(const schema::Schema& schema)
      : lists_(schema.lexicons), person_(schema.ontology.core().person) {}

  std::string_view name() const override { return "times"; }
  uint32_t needs() const override {
    return stage::kBlocks | stage::kTokens | stage::kTags | stage::kNames;
  }
  uint32_t gives() const override { return stage::kTimes; }

  void run(doc::Document& document, stage::Scratch&) const override {
    document.times.clear();
    TimeParser parser(lists_, person_, document);
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      if (!document.is_prose(s)) continue;
      parser.start_sentence(document.sentence(s));
      const std::vector<TimeWord>& words = parser.words();
      for (size_t i = 0; i < words.size();) {
        const auto found = parser.parse(i);
        if (!found) {
          ++i;
          continue;
        }
        const core::TokenSpan tokens{words[i].token, words[found->end - 1].token + 1};
        // Two expressions within one token ("2021-2025" read as two years) would overlap.
        if (document.times.empty() || document.times.back().tokens.end <= tokens.begin)
          document.times.push_back({tokens, words[found->head].token, found->value});
        i = found->end;
      }
    }
  }

 private:
  TimeLists lists_;
  schema::TypeId person_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_time_stage(const schema::Schema& schema) {
  return std::make_unique<TimeStage>(schema);
}

}  // namespace weft::extract
