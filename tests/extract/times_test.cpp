// Dates in sentences, as news writes them, read on a given day.
#include "extract/times/times.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

using namespace weft;

namespace {

const schema::Schema& lists() {
  static const schema::Schema all = [] {
    schema::Schema s;
    s.lexicons = schema::Lexicons::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "lexicons");
    return s;
  }();
  return all;
}

/// Words separated by spaces; "built_VBD" gives a tag, numbers are NUM, capitalised words PROPN,
/// "the" DET.
doc::Document sentence(const std::string& words, const std::string& date) {
  doc::Document d;
  d.meta.date = date;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    std::string tag;
    if (const size_t at = word.find('_'); at != std::string::npos) {
      tag = word.substr(at + 1);
      word.resize(at);
    }
    if (!d.text.empty()) d.text += ' ';
    d.token_begin.push_back(static_cast<uint32_t>(d.text.size()));
    d.text += word;
    d.token_end.push_back(static_cast<uint32_t>(d.text.size()));
    d.norm.push_back(d.pool.intern(word));
    d.xpos.push_back(doc::xpos_from(tag));
    const bool number = word[0] >= '0' && word[0] <= '9',
               capital = word[0] >= 'A' && word[0] <= 'Z';
    d.upos.push_back(tag == "NN" || tag == "NNS" ? doc::Upos::NOUN
                     : !tag.empty()              ? doc::Upos::VERB
                     : word == "the"             ? doc::Upos::DET
                     : number                    ? doc::Upos::NUM
                     : capital                   ? doc::Upos::PROPN
                                                 : doc::Upos::X);
  }
  d.sentence_begin = {0, d.token_count()};
  d.sentence_block = {0};
  return d;
}

std::string times_of(const std::string& words, const std::string& date) {
  doc::Document d = sentence(words, date);
  const auto stage = extract::make_time_stage(lists());
  const auto scratch = stage->make_scratch();
  stage->run(d, *scratch);
  std::string out;
  for (const doc::TimeExpression& t : d.times) {
    CHECK(t.tokens.contains(t.head));
    out += (out.empty() ? "" : "; ") + std::string(d.text_of(t.tokens)) + "=" + t.value;
  }
  return out;
}

struct Row {
  const char *words, *times;
};

}  // namespace

TEST_CASE("times, resolved against Wednesday 13 March 2024") {
  const Row rows[] = {
      // As written.
      {"He came_VBD on March 5 , 2023 .", "March 5 , 2023=2023-03-05"},
      {"He came_VBD on 5 March 2023 .", "5 March 2023=2023-03-05"},
      {"On 2023-03-05 it opened_VBD", "2023-03-05=2023-03-05"},
      {"It opened_VBD in July 2023 and in 2022 .", "July 2023=2023-07; 2022=2022"},
      {"Wednesday , March 13 , 2024", "Wednesday , March 13 , 2024=2024-03-13"},
      {"the plan for 2021-2025", "2021-2025=2021/2025"},
      {"from 2010 to 2026", "2010 to 2026=2010/2026"},
      {"in the 1990s", "1990s=1990/1999"},
      {"the 2020 campaign_NN ended_VBD", "2020=2020"},
      // The year is left out.
      {"On March 5 he said_VBD so", "March 5=2024-03-05"},
      {"On Dec. 15 he said_VBD so", "Dec. 15=2023-12-15"},
      {"It will open on November 3", "November 3=2024-11-03"},
      {"It opened_VBD in July", "July=2023-07"},
      {"from Oct. 10 to 13 he toured_VBD it", "Oct. 10 to 13=2023-10-10/2023-10-13"},
      {"He toured_VBD it from February 28 to March 2",
       "February 28 to March 2=2024-02-28/2024-03-02"},
      {"He went_VBD there on March 10-12", "March 10-12=2024-03-10/2024-03-12"},
      {"exports rose_VBD in January to February 2024", "January to February 2024=2024-01/2024-02"},
      {"in March last year he took_VBD part", "March last year=2023-03"},
      {"on May 9 this year", "May 9 this year=2024-05-09"},
      {"on the 11th of March", "the 11th of March=2024-03-11"},
      {"on the 11th he said_VBD", "the 11th=2024-03-11"},
      {"on the 20th he said_VBD", "the 20th="},
      // Relative.
      {"He met_VBD them on Wednesday morning", "Wednesday morning=2024-03-13"},
      {"He met_VBD them on Monday", "Monday=2024-03-11"},
      {"He met_VBD them on Thursday", "Thursday=2024-03-07"},
      {"He will meet them on Thursday", "Thursday=2024-03-14"},
      {"He will go next Monday", "next Monday=2024-03-18"},
      {"last Wednesday he went_VBD", "last Wednesday=2024-03-06"},
      {"yesterday , today and tomorrow",
       "yesterday=2024-03-12; today=2024-03-13; tomorrow=2024-03-14"},
      {"last week and next month", "last week=2024-03-04/2024-03-10; next month=2024-04"},
      {"last month , last year and this year",
       "last month=2024-02; last year=2023; this year=2024"},
      {"at the end of last year", "end of last year=2023-12"},
      {"at the end of January", "end of January=2024-01"},
      {"earlier this year", "earlier this year=2024"},
      {"earlier this week he came_VBD", "earlier this week=2024-03-11/2024-03-13"},
      {"later this week he comes_VBZ", "later this week=2024-03-13/2024-03-17"},
      {"earlier in the week he came_VBD", "earlier in the week=2024-03-11/2024-03-13"},
      {"he came_VBD from Friday to Sunday", "Friday to Sunday=2024-03-08/2024-03-10"},
      {"he came_VBD on Monday and Tuesday", "Monday and Tuesday=2024-03-11/2024-03-12"},
      {"he came_VBD on Monday and Friday", "Monday=2024-03-11; Friday=2024-03-08"},
      {"he will come from Sunday until Tuesday", "Sunday until Tuesday=2024-03-17/2024-03-19"},
      {"he came_VBD at the weekend", "the weekend=2024-03-09/2024-03-10"},
      {"he will come over the weekend", "the weekend=2024-03-16/2024-03-17"},
      {"the weekend was_VBD long", ""},
      {"the end of the weekend_NN of games_NNS", ""},
      {"since early 2022", "early 2022=2022"},
      {"by mid-2025", "mid-2025=2025"},
      {"in the first half of the year", "first half of the year=2024-01/2024-06"},
      {"in the second quarter of 2023", "second quarter of 2023=2023-04/2023-06"},
      {"in the past five years", "past five years=2019-03/2024-03"},
      {"six years ago and 3 days ago", "six years ago=2018; 3 days ago=2024-03-10"},
      // From the date spoken of last.
      {"In 2019 it opened_VBD and two years later it closed_VBD",
       "2019=2019; two years later=2021"},
      {"On March 5 , 2023 he came_VBD and left_VBD three days later",
       "March 5 , 2023=2023-03-05; three days later=2023-03-08"},
      {"It opened_VBD in 2019 . the following year it closed_VBD",
       "2019=2019; following year=2020"},
      {"On May 9 , 2023 he came_VBD and the next day he left_VBD",
       "May 9 , 2023=2023-05-09; next day=2023-05-10"},
      {"In 2019 , three days later , it closed_VBD", "2019=2019; three days later="},
      {"two years later it closed_VBD", "two years later="},
      {"On Monday he came_VBD and the next day he left_VBD . Later that day she came_VBD",
       "Monday=2024-03-11; next day=2024-03-12; Later that day=2024-03-12"},
      {"He came_VBD on Monday and left_VBD that evening",
       "Monday=2024-03-11; that evening=2024-03-11"},
      {"He came_VBD yesterday and left_VBD later in the day",
       "yesterday=2024-03-12; later in the day=2024-03-12"},
      {"On Monday he came_VBD ; she had_VBD come the day before .",
       "Monday=2024-03-11; day before=2024-03-10"},
      {"On Monday he came_VBD the day before the vote_NN", "Monday=2024-03-11"},
      {"On Monday he came_VBD . In 2019 , three days later , it closed_VBD",
       "Monday=2024-03-11; 2019=2019; three days later="},
      {"He left_VBD the day before yesterday and comes_VBZ the day after tomorrow",
       "day before yesterday=2024-03-11; day after tomorrow=2024-03-15"},
      {"He left_VBD the week before last and the year before last",
       "week before last=2024-02-26/2024-03-03; year before last=2022"},
      {"He came_VBD on Monday of last week and on Tuesday of this week",
       "Monday of last week=2024-03-04; Tuesday of this week=2024-03-12"},
      {"He came_VBD a fortnight ago", "a fortnight ago=2024-02-26/2024-03-03"},
      // Ranges and parts.
      {"on 5-6 September 2023", "5-6 September 2023=2023-09-05/2023-09-06"},
      {"on 16 and 17 February he came_VBD", "16 and 17 February=2024-02-16/2024-02-17"},
      {"in 2023-24 and 1892 - 94", "2023-24=2023/2024; 1892 - 94=1892/1894"},
      {"in 2023 / 24", "2023 / 24=2023/2024"},
      {"sales rose_VBD in Q2 2023 and H1 2024", "Q2 2023=2023-04/2023-06; H1 2024=2024-01/2024-06"},
      {"sales rose_VBD in the fourth quarter", "fourth quarter=2023-10/2023-12"},
      {"sales will rise in the fourth quarter", "fourth quarter=2024-10/2024-12"},
      {"sales rose_VBD in the first nine months_NNS .", "first nine months=2023-01/2023-09"},
      {"in the first two months_NNS of this year", "first two months of this year=2024-01/2024-02"},
      {"first-quarter sales_NNS rose_VBD", "first-quarter=2024-01/2024-03"},
      {"fourth - quarter net_JJ profit_NN rose_VBD", "fourth - quarter=2023-10/2023-12"},
      {"a fourth-quarter goal_NN", ""},
      {"in the three months_NNS to June 2023", "three months to June 2023=2023-04/2023-06"},
      {"in the 12 months_NNS ended_VBD June 30 , 2023",
       "12 months ended June 30 , 2023=2022-07/2023-06"},
      {"in the year to February", "year to February=2023-03/2024-02"},
      {"in mid-October 2023", "mid-October 2023=2023-10"},
      {"late Tuesday he came_VBD", "late Tuesday=2024-03-12"},
      {"in the early 1990s", "early 1990s=1990/1999"},
      {"in the past decade", "past decade=2014/2024"},
      {"in fiscal 2023", "2023=2023"},
      // Years that name a source, a work or an event.
      {"( Porte , 2012 )", "2012=2012"},
      {"Watchmen ( 2009 ) , Stoker ( 2013 )", "2009=2009; 2013=2013"},
      {"the 2020 elections_NNS", "2020=2020"},
      {"the 2020 workers_NNS", ""},
      // Days that have a name.
      {"On Christmas Eve 2022 he came_VBD ; on New Year 's Day he left_VBD",
       "Christmas Eve 2022=2022-12-24; New Year 's Day=2024-01-01"},
      {"Christmas Island is_VBZ small", ""},
      {"It will last_VB seven years_NNS", ""},
      {"a Christmas tree_NN", ""},
      {"in the coming fortnight", "coming fortnight=2024-03-13/2024-03-27"},
      {"in the 15th Five-Year Plan_NN", ""},
      // Eras.
      {"around 347 AD , AD 394 and 508 BC", "347 AD=0347; AD 394=0394; 508 BC="},
      {"in the 7th century_NN BC", "7th century BC="},
      // No times.
      {"the last five months_NNS of her life_NN", ""},
      {"in the first half_NN of the match_NN", ""},
      {"It may_MD cost 2024 yuan_NN", ""},
      {"March on_VBD", "March=2024-03"},
      {"She lives_VBZ in Mar del Plata , Jan Hus in Sat", ""},
      {"for 25 years_NNS", ""},
      {"14 people_NNS", ""},
      {"the last day_NN", ""},
      {"Article 5 of the law", ""},
      {"February 30", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(times_of(row.words, "2024-03-13") == row.times);
  }
}

TEST_CASE("without a date of the document, only what the text itself dates has a value") {
  const Row rows[] = {
      {"On December 3 and in July", "December 3=; July="},
      {"Yesterday he came_VBD and last year she left_VBD", "Yesterday=; last year="},
      // What happened on the last day that is written in full happened about when the text was
      // written.
      {"On March 5 , 2023 , yesterday , last year , in April and on Monday he came_VBD",
       "March 5 , 2023=2023-03-05; yesterday=; last year=2022; April=2023-04; Monday="},
      {"On March 5 , 2023 he came_VBD , and on Sunday she left_VBD",
       "March 5 , 2023=2023-03-05; Sunday=2023-03-05"},
      {"On March 5 , 2023 he came_VBD . She will come next month and leave_VB in April",
       "March 5 , 2023=2023-03-05; next month=2023-04; April=2023-04"},
      {"He came_VBD last week , on the 4th and three days_NNS ago , on March 5 , 2023",
       "last week=; the 4th=; three days ago=; March 5 , 2023=2023-03-05"},
      // A life, a plan, a story of another year.
      {"He was_VBD born_VBN on March 5 , 1960 , and died_VBD on May 3 , 2010 ; last year she "
       "came_VBD",
       "March 5 , 1960=1960-03-05; May 3 , 2010=2010-05-03; last year="},
      {"He was_VBD born_VBN on March 5 , 1960 and came_VBD in 1980 and in May",
       "March 5 , 1960=1960-03-05; 1980=1980; May="},
      {"It will open on March 5 , 2031 . He came_VBD last year",
       "March 5 , 2031=2031-03-05; last year="},
      {"On March 5 , 2023 he came_VBD . In 1998 he left_VBD and in June she came_VBD",
       "March 5 , 2023=2023-03-05; 1998=1998; June="},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(times_of(row.words, "") == row.times);
  }
}

TEST_CASE("no sequence of words breaks the stage") {
  const char* words[] = {"the",       "March", "5",      "last",     "year",      "2024",
                         "to",        "-",     "first",  "half",     "of",        "Monday",
                         "early",     "in",    "20th",   "century",  "ago",       "three",
                         "next",      ",",     "31",     "mid-2025", "9999",      "between",
                         "and",       "May",   "that",   "same",     ".",         "day",
                         "before",    "later", "months", "ended",    "Christmas", "first-quarter",
                         "fortnight", "the"};
  uint64_t state = 5;
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (int i = 0; i < 8; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      text += std::string(words[(state >> 33) % std::size(words)]) + " ";
    }
    for (const char* date : {"2024-01-31", "", "0001-01-01", "9999-12-31"}) {
      doc::Document d = sentence(text, date);
      const auto stage = extract::make_time_stage(lists());
      const auto scratch = stage->make_scratch();
      stage->run(d, *scratch);
      for (size_t i = 1; i < d.times.size(); ++i)
        CHECK(d.times[i - 1].tokens.end <= d.times[i].tokens.begin);
    }
  }
}
