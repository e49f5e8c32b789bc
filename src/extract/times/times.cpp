// The stage that finds dates: tries a time expression at each word of each sentence, from the left,
// and takes the longest reading there. A document without a date is read twice: what happened on
// the last day that it writes in full happened shortly before it was written, unless its days lie
// far apart, as in a life. Linear in the tokens.
#include "extract/times/times.h"

#include <algorithm>

#include "extract/times/parser.h"

namespace weft::extract {

namespace {

class TimeStage final : public stage::Stage {
 public:
  explicit TimeStage(const schema::Schema& schema)
      : lists_(schema.lexicons), person_(schema.ontology.core().person) {}

  std::string_view name() const override { return "times"; }
  uint32_t needs() const override {
    return stage::kBlocks | stage::kTokens | stage::kTags | stage::kNames | stage::kTrees;
  }
  uint32_t gives() const override { return stage::kTimes; }

  void run(doc::Document& document, stage::Scratch&) const override {
    document.times.clear();
    TimeParser parser(lists_, person_, document);
    if (!parser.dated())
      if (const auto day = last_day(document)) parser.tell_about(*day);
    for_each(document, parser, [&](const FoundTime& found, size_t begin) {
      const std::vector<TimeWord>& words = parser.words();
      const core::TokenSpan tokens{words[begin].token, words[found.end - 1].token + 1};
      // Two expressions within one token ("2021-2025" read as two years) would overlap.
      if (document.times.empty() || document.times.back().tokens.end <= tokens.begin)
        document.times.push_back({tokens, words[found.head].token, found.value});
    });
  }

 private:
  template <class Use>
  static void for_each(const doc::Document& document, TimeParser& parser, Use use) {
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      if (!document.is_prose(s)) continue;
      parser.start_sentence(document.sentence(s));
      for (size_t i = 0; i < parser.words().size();) {
        const auto found = parser.parse(i);
        if (found) use(*found, i);
        i = found ? found->end : i + 1;
      }
    }
  }

  /// The latest day written in full of what has happened, if no day lies more than a year before it
  /// and no year behind it.
  std::optional<text::Date> last_day(const doc::Document& document) const {
    constexpr int kFar = 366;
    TimeParser parser(lists_, person_, document);
    std::optional<text::Date> first, last;
    int year = 0;
    for_each(document, parser, [&](const FoundTime& found, size_t begin) {
      const auto date = text::from_iso(found.value);
      if (!date || parser.future_near(begin, found.end)) return;
      year = std::max(year, date->year);
      if (!date->full()) return;
      if (!first || *date < *first) first = date;
      if (!last || *last < *date) last = date;
    });
    if (!last || last->year < year ||
        text::days_from_civil(*last) - text::days_from_civil(*first) > kFar)
      return std::nullopt;
    return last;
  }

  TimeLists lists_;
  schema::TypeId person_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_time_stage(const schema::Schema& schema) {
  return std::make_unique<TimeStage>(schema);
}

}  // namespace weft::extract
