// Long texts are judged by pieces of them where those are plainly of one other language: what is
// much in English must be kept wherever in the text that stands.
#include "read/language.h"

#include <doctest/doctest.h>

#include <string>

using weft::read::detect_language;

namespace {

constexpr const char* kGerman[] = {
    "Die Gemeinde hat gestern nach langer Beratung beschlossen, die alte Brücke zu erneuern. ",
    "Viele Leute gingen am Abend noch einmal durch die engen Straßen der Stadt nach Hause. ",
    "Im Herbst wird die neue Schule neben dem Bahnhof für alle Kinder geöffnet. ",
    "Der Müller mahlte das Korn, während seine Frau im Garten die Äpfel sammelte. ",
    "Niemand wusste genau, warum der Zug an diesem Morgen so spät gekommen war. "};
constexpr const char* kEnglish[] = {
    "The town council decided yesterday after long talks that the old bridge should be rebuilt. ",
    "Many people walked home once more through the narrow streets of the city in the evening. ",
    "In autumn the new school next to the railway station will be opened for all children. ",
    "The miller ground the corn while his wife was gathering apples in the garden. ",
    "Nobody knew exactly why the train had been so late on that morning. "};

std::string prose(const char* const (&sentences)[5], size_t bytes) {
  std::string out;
  for (size_t i = 0; out.size() < bytes; ++i) out += sentences[i * 7 % 5];
  return out;
}

}  // namespace

TEST_CASE("long texts in another language are told from English ones") {
  for (const size_t bytes : {200, 3000, 3200, 20000, 300000}) {
    CAPTURE(bytes);
    const auto german = detect_language(prose(kGerman, bytes));
    CHECK_FALSE(german.english);
    CHECK(german.code == "de");
    CHECK(german.name == "German");
    CHECK(detect_language(prose(kEnglish, bytes)).english);
  }
  // Characters of several bytes at every border between pieces.
  std::string russian;
  for (int i = 0; i < 3000; ++i) russian += i % 7 == 6 ? " " : i % 3 ? "\u0434" : "\u043e";
  CHECK(detect_language(russian).code != "en");
}

TEST_CASE("a long text that is half English is kept, wherever the English stands") {
  const std::string english = prose(kEnglish, 9000), german = prose(kGerman, 9000);
  for (size_t at = 0; at <= 9000; at += 500) {
    CAPTURE(at);
    size_t border = at;
    while (border < german.size() && german[border] != ' ') ++border;
    CHECK(
        detect_language(german.substr(0, border) + " " + english + german.substr(border)).english);
  }
  std::string turns;
  for (size_t i = 0; i < 60; ++i) turns += std::string(kEnglish[i % 5]) + kGerman[i * 3 % 5];
  CHECK(detect_language(turns).english);
}

TEST_CASE("a long text with little English is not taken for an English one") {
  const std::string german = prose(kGerman, 20000);
  CHECK_FALSE(detect_language(german + prose(kEnglish, 2000)).english);
  CHECK_FALSE(detect_language(prose(kEnglish, 2000) + german).english);
}
