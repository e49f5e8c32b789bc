// Heads, feet, datelines, furniture, repeated and wrapped paragraphs: what readers of crawled news
// meet.
#include "read/layout.h"

#include "read/paragraphs.h"
#include "read/reading.h"

using namespace reading;
using doc::BlockRole;

namespace {
const std::string kMore =
    "Ships of the northern line will call there twice a week, and the ferry to the islands will "
    "follow in the spring of next year.";
}

TEST_CASE("datelines") {
  struct Row {
    const char *line, *rest, *source, *date;
  };
  const Row rows[] = {
      {"NANNING, Dec. 15 (Xinhua) -- The president said so.", "The president", "Xinhua", ""},
      {"CHONGQING (Xinhua/Internews): The president said so.", "The president", "Xinhua/Internews",
       ""},
      {"LONDON, 6 June 2025 - Britain said so.", "Britain", "", "2025-06-06"},
      {"BEIJING, Sept 3, 2024 \xe2\x80\x94 The Ministry said so.", "The Ministry", "",
       "2024-09-03"},
      {"HALLE, Germany, March 12, 2025 (MDN) -- Elbwerk said so.", "Elbwerk", "MDN", "2025-03-12"},
      {"BEIJING (Reuters), March 5 - China said so.", "China", "Reuters", ""},
      {"Hanoi / Osaka, 4 August 2025 \xe2\x80\x93 Tan Lap said so.", "Tan Lap", "", "2025-08-04"},
      {"\xc3\x89VORA - When Leonor was elected she said so.", "When", "", ""},
      {"WASHINGTON (Atlas News) The Department said so.", "The Department", "Atlas News", ""},
      {"(Reporter Ye Qin, correspondent Xu Bin) On April 2 Wen said so.", "On April", "", ""},
      {"(QNO) - On the morning of 15 April Phan said so.", "On the", "QNO", ""},
      {"St. Louis, Sept. 3, 2024 (Wire) - The mayor said so.", "The mayor", "Wire", "2024-09-03"},
      {"Manta, 22 September 2025. Since Monday the rule holds.", "Since", "", "2025-09-22"},
      {"VENICE, Italy, 12 February 2026: The board chose", "The board chose", "", "2026-02-12"},
      {"CUSCO (27 September 2023). The mine is", "The mine is", "", "2023-09-27"},
      {"JAKARTA (2025-03-11) - The ministry", "The ministry", "", "2025-03-11"},
      {"Thursday, August 6, 2015 The dam failed.", "The dam", "", "2015-08-06"},
      // No datelines.
      {"Thursday, August 6, 2015 was a hot day.", "", "", ""},
      {"Friday is the day on which The Hague votes.", "", "", ""},
      {"The Ministry of Industry (MIIT) said on Monday that it would.", "", "", ""},
      {"The company - a builder of ships - said so.", "", "", ""},
      {"Changchun, in Jilin province, was named.", "", "", ""},
      {"RIYADH the Tadawul All Share Index (TASI) fell again.", "", "", ""},
      {"Xi Jinping: it should be so.", "", "", ""},
      {"(1) Clarify a relationship between the two.", "", "", ""},
      {"In 2024 - as before - nothing changed.", "", "", ""},
  };
  const read::Layout layout(lexicons());
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const read::Dateline found = layout.read_dateline(row.line);
    const std::string rest = found.size ? std::string(row.line).substr(found.size) : "";
    CHECK(rest.substr(0, std::string(row.rest).size()) == row.rest);
    CHECK((found.size > 0) == (*row.rest != '\0'));
    CHECK(found.source == row.source);
    CHECK((found.date ? text::to_iso(*found.date) : "") == row.date);
  }
}

TEST_CASE("lines of head and foot") {
  struct Row {
    const char* line;
    bool metadata;
    const char *date, *source, *author;
  };
  const Row rows[] = {
      {"2024-10-12 17:53", true, "2024-10-12", "", ""},
      {"Date: July 14, 2022", true, "2022-07-14", "", ""},
      {"Yunnan Daily, July 26, 2024", true, "2024-07-26", "Yunnan Daily", ""},
      {"Source: Gansu Daily   Release time: 2025-05-22   Font size: [Large]", true, "2025-05-22",
       "Gansu Daily", ""},
      {"Source: Lishui Daily Date: 2025-05-09 Font size: Large Views: 1,204", true, "2025-05-09",
       "Lishui Daily", ""},
      {"Published: 21 November 2024, 09:42 EAT | By Wanjiru Otieno", true, "2024-11-21", "",
       "Wanjiru Otieno"},
      {"By Naomi Felder for Harbin Weekly, 16 June 2024", true, "2024-06-16", "Harbin Weekly",
       "Naomi Felder"},
      {"Saturday 15 November 2025 | Compiled from our live blog", true, "2025-11-15", "", ""},
      {"(Adopted on December 29, 2025)", true, "2025-12-29", "", ""},
      {"Posted at 11:02 on 25 August 2015", true, "2015-08-25", "", ""},
      {"Riga, 21 May 2024  \xc2\xb7  posted by Admin on 27 May 2024", true, "2024-05-27", "", ""},
      {"Baltic Business Wire, Riga, 29 April 2024.", true, "2024-04-29", "", ""},
      {"24 April 2026. Reporting by Ann Bell; editing by Tom Moor.", true, "2026-04-24", "", ""},
      {"By Jane Doe", true, "", "", "Jane Doe"},
      {"Author: undefined", true, "", "", ""},
      {"The plant opened on 5 March 2024", false, "", "", ""},
      {"1. approved the results for the quarter ended 30 June 2025;", false, "", "", ""},
      {"Ann Bell (born March 3, 1935), mayor of Halmstad, died on Tuesday.", false, "", "", ""},
      {"Issued by far the largest port on the coast of Halland since 5 March 2024", false, "", "",
       ""},
      {"By far the largest port", false, "", "", ""},
      {"Three cities must dance one dance", false, "", "", ""},
  };
  const read::Layout layout(lexicons());
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const read::LineFacts facts = layout.read_line(row.line, "");
    CHECK(facts.metadata == row.metadata);
    CHECK((facts.date ? text::to_iso(*facts.date) : "") == row.date);
    CHECK(facts.source == row.source);
    CHECK(facts.author == row.author);
  }
}

TEST_CASE("furniture, and what only looks like it") {
  const read::Layout layout(lexicons());
  for (const char* line :
       {"0 comment", "12 Comments", "Related News", "undefined",
        "Share this article: Facebook \xc2\xb7 X \xc2\xb7 WhatsApp",
        "Home > News > Ports & Logistics", "This site uses cookies. Accept | Reject",
        "\xc2\xa9 2024 Coast Trade Monitor. All rights reserved.",
        "[Share to WeChat] [Share to Weibo]", "Home | Nation | Regions | Business",
        "Read more: Ten tips for your freezer", "Media contact: Ann Bell, ann@port.example",
        "* * *", "Advertisement"})
    CHECK_MESSAGE(layout.is_furniture(line), line);
  for (const char* line :
       {"Shares of Elbwerk rose.",
        "Related industries grew by 5 percent last year, the report said.",
        "Xi Jinping visited Jiangxi", "Share prices fell", "Advertising spending rose by a tenth",
        "KOSPI 3,182.44 | KOSDAQ 801.15 | USD/KRW 1,391.5 | KTB 2.47%", "Home prices rose in May.",
        "(1) Clarify a relationship"})
    CHECK_MESSAGE(!layout.is_furniture(line), line);
}

TEST_CASE("a whole crawled page") {
  const Result result = read_bytes(
      " date 2023-07-14 Title: Port city plans a new quay\n\nDate: July 14, 2022\nSource:\nCoast "
      "Times\n0 comment\n\nHALMSTAD, July 13 (Wire) -- " +
      kProse + "\n\n" + kProse + "\n\n" + kMore + "\nRelated News\nundefined\nAuthor: Ann Bell\n");
  REQUIRE(result.documents.size() == 1);
  const doc::Document& d = result.documents[0];
  CHECK(d.meta.date == "2023-07-14");
  CHECK(d.meta.title == "Port city plans a new quay");
  CHECK(d.meta.source == "Coast Times");
  CHECK(d.meta.author == "Ann Bell");
  CHECK(blocks(d, BlockRole::title) == "Port city plans a new quay\n");
  CHECK(blocks(d, BlockRole::body) == kProse + "\n" + kMore + "\n");
  CHECK(blocks(d, BlockRole::repeated) == kProse + "\n");
  CHECK(blocks(d, BlockRole::furniture) == "0 comment\nRelated News\nundefined\n");
  CHECK(blocks(d, BlockRole::metadata) ==
        "date 2023-07-14 Title:\nDate: July 14, 2022\nSource:\nCoast Times\nHALMSTAD, July 13 "
        "(Wire) --\nAuthor: Ann Bell\n");
}

TEST_CASE("a note may stand above the line with the date, but not a whole article") {
  const std::string note =
      "The findings in this release are preliminary and needn't be those of the board of the fund.";
  const auto date_of = [](const std::string& text) {
    return read_bytes(text).documents.at(0).meta.date;
  };
  const std::string title = "Fund ends visit to the port city\n\n";
  CHECK(date_of(title + note + "\n\nHalmstad - March 27, 2026\n\n" + kProse) == "2026-03-27");
  CHECK(date_of(title + kProse + "\n\n" + kMore + "\n\n" + kProse + kMore + "\n\n" + kMore + kMore +
                "\n\nThe quay opened on March 27, 2026\n\n" + kMore + kProse) == "");
}

TEST_CASE("a line of a date alone is the document's rather than a date in a title") {
  const auto read = [](const std::string& text) { return read_bytes(text).documents.at(0).meta; };
  const auto meta = read(
      "The December 7, 2016 vote in Halmstad explained\n\nFriday, December 9, 2016\n\n" + kProse);
  CHECK(meta.date == "2016-12-09");
  CHECK(read("The town of Halmstad votes\n\nPolls opened early.\n\n" + kProse).title ==
        "The town of Halmstad votes");
}

TEST_CASE("the day of another article above the text isn't the document's") {
  for (const char* other : {"\xe2\x80\xa2 March 12, 2012: Dam opened", "* 12 March 2012 Dam opened",
                            "March 12, 2012: Dam opened in Norland"}) {
    CAPTURE(other);
    const std::string text = "Dam fails in Norland\n\nRelated news\n" + std::string(other) +
                             "\n\nThursday, August 6, 2015\n\n" + kProse + "\n\n" + kProse;
    const Result result = read_bytes(text);
    REQUIRE(result.documents.size() == 1);
    CHECK(result.documents[0].meta.date == "2015-08-06");
  }
}

TEST_CASE("a document of prose alone has no title, and one without a date has none") {
  const Result result = read_bytes(kProse + "\n" + kMore);
  CHECK(blocks(result.documents.at(0), BlockRole::title) == "");
  CHECK(result.documents.at(0).meta.date == "");
  CHECK(result.documents.at(0).blocks.size() == 2);
}

TEST_CASE("nearly the same paragraph is repeated, another is not") {
  std::string moved = kProse;
  moved.replace(moved.find("on Monday "), 10, "");
  const std::string head =
      "Quay to open before the winter comes\n\n" + kProse + " " + kMore + "\n\n";
  CHECK(blocks(read_bytes(head + "  " + kProse + "  " + kMore + "\n").documents.at(0),
               BlockRole::repeated) != "");
  CHECK(blocks(read_bytes(head + moved + " " + kMore +
                          " Nothing else was said by the council of the small port.\n")
                   .documents.at(0),
               BlockRole::repeated) == "");
}

TEST_CASE("wrapped text is joined, lists and headings are not") {
  const std::string wrapped =
      "The harbour council said on Monday that it would open the\n"
      "new quay before the winter, and that it would pay the\n"
      "builders from the town's own money. Ships of the northern\n"
      "line will call there twice a week.\n"
      "\n"
      "What follows\n"
      "\n"
      "- the ferry to the islands, which has been waiting for the\n"
      "quay since the spring of last year;\n"
      "- the fish market.\n";
  const auto spans = read::split_paragraphs(wrapped, false);
  REQUIRE(spans.size() == 4);
  CHECK(wrapped.substr(spans[1].begin, spans[1].size()) == "What follows");
  CHECK(wrapped.substr(spans[3].begin, spans[3].size()) == "- the fish market.");
  CHECK(read::split_paragraphs("One line\r\nAnother line\r\r\n\rA third\f", false).size() == 3);
  CHECK(read::split_paragraphs("A heading without a full stop that is long enough\nBy Jane Doe",
                               false)
            .size() == 2);
  CHECK(read::split_paragraphs("", false).empty());
}
