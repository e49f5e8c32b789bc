// Reads one time expression from the words of a sentence. Internal to extract/: the stage is in
// times/times.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "doc/document.h"
#include "schema/lexicon.h"
#include "text/date.h"

namespace weft::extract {

/// The lists of schema/lexicons/time.json.
struct TimeLists {
  explicit TimeLists(const schema::Lexicons& lexicons);
  const schema::WordList &units, &directions, &points, &day_parts, &seasons, &numbers, &year_parts,
      &vague_parts, &future_cues, &scheduled_verbs, &deadlines, &later, &next_to_last,
      &dated_events, &eras, &year_leads, &weekend_leads, &quarter_figures, &holidays, &past_nouns;
};

/// A token, or a part of one ("2021-2025" is three words of one token).
struct TimeWord {
  std::string text;  // lower case, plain punctuation
  doc::TokenIndex token;
  bool capital;
};

struct FoundTime {
  size_t end = 0;  // word behind the expression
  size_t head = 0;
  std::string value;
};

/// For one document, from its date, if it has one. `person` is the type of people's names,
/// whose words are no months. Remembers the last date read, for "that
/// year" and "the 20th", and the last day told, for "the next day".
class TimeParser {
 public:
  TimeParser(const TimeLists& lists, schema::TypeId person, const doc::Document& document);
  bool dated() const { return now_.year != 0; }
  /// For a document without a date, a day that is near it: tells the year of "in May" and "last
  /// year", but no "yesterday".
  void tell_about(const text::Date& day);
  void start_sentence(core::TokenSpan sentence);
  const std::vector<TimeWord>& words() const { return words_; }
  /// The expression that begins at word `i`, if any.
  std::optional<FoundTime> parse(size_t i);
  /// True if what is told of the words from `begin` on is still to come.
  bool future_near(size_t begin, size_t end) const;

 private:
  /// A calendar date as written; year 0 where it was left out.
  struct Calendar {
    text::Date date;
    size_t end = 0, head = 0;
    int last_day = 0;  // of "5-6 September"
  };
  const std::string& word(size_t i) const;
  std::string phrase(size_t i, size_t n) const;
  bool ends_at(size_t i) const;
  bool is_noun(size_t i) const;
  bool is_named(size_t i) const;
  int number(size_t i) const;
  int day(size_t i, bool ordinal_only = false) const;
  int year(size_t i) const;
  int month(size_t i) const;
  int direction(size_t i, int none) const;
  std::optional<bool> told_ahead(size_t begin, size_t end) const;
  std::optional<bool> verb_ahead(doc::TokenIndex verb, bool direct) const;
  bool scheduled(size_t i) const;
  int relative_year(size_t i, size_t& end) const;
  std::optional<Calendar> calendar(size_t i) const;
  std::optional<Calendar> days_before_month(size_t i) const;
  std::optional<Calendar> holiday(size_t i) const;
  std::optional<Calendar> bare_year(size_t i, bool sure) const;
  std::optional<Calendar> short_year(size_t i, const text::Date& first) const;
  bool cited(size_t i) const;
  text::Date complete(const Calendar& c, size_t begin) const;
  std::optional<FoundTime> range_or_date(size_t i);
  std::optional<FoundTime> weekday(size_t i) const;
  int weekdays_on(size_t i, int from) const;
  std::optional<FoundTime> point(size_t i) const;
  std::optional<FoundTime> unit(size_t i) const;
  std::optional<FoundTime> beside_point(size_t i) const;
  std::optional<FoundTime> counted(size_t i) const;
  std::optional<FoundTime> months_to(size_t i);
  std::optional<FoundTime> counted_from_last(size_t i);
  std::optional<FoundTime> beside_last(size_t i);
  text::Date from_last(std::string_view unit, int steps) const;
  void tell_day(const text::Date& day);
  text::Date day_told() const;
  std::string beside_day_told(int days) const;
  std::string months_of_year(size_t i, size_t& n) const;
  bool bounds_figures(size_t i, size_t n) const;
  std::optional<FoundTime> part(size_t i);
  std::optional<FoundTime> century(size_t i) const;
  std::optional<FoundTime> year_of_era(size_t i) const;
  std::string season(int first, int steps) const;
  std::string shifted(std::string_view unit, int steps) const;
  std::string part_of_this(std::string_view unit, const std::string& part) const;

  const TimeLists& lists_;
  schema::TypeId person_;
  const doc::Document& doc_;
  text::Date now_;          // the document's; without a day: about when it was written
  text::Date about_;        // the day told in the text that says so
  text::Date last_;         // the last date read
  text::Date day_;          // the last day told, "on Tuesday" too
  unsigned since_day_ = 0;  // sentences
  std::vector<TimeWord> words_;
  std::string none_;
};

}  // namespace weft::extract
