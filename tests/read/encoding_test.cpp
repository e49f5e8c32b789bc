// Encodings: declared, wrongly declared, detected, damaged.
#include "read/encoding.h"

#include "read/reading.h"
#include "text/utf8.h"

using namespace reading;

namespace {
std::string utf16le(std::string_view ascii, bool mark) {
  std::string out = mark ? "\xff\xfe" : "";
  for (const char c : ascii) {
    out += c;
    out += '\0';
  }
  return out;
}
}  // namespace

TEST_CASE("bytes to UTF-8") {
  const std::string latin =
      "The mayor of S\xe3o Paulo met the mayor of Malm\xf6 in a caf\xe9 and spoke of the harbour.";
  const std::string utf8 =
      "The mayor of São Paulo met the mayor of Malmö in a café and spoke of the harbour.";
  struct Row {
    const char* what;
    std::string bytes, declared, text, encoding;
    const char* warning;  // "" = none
  };
  const Row rows[] = {
      {"plain", utf8, "", utf8, "UTF-8", ""},
      {"byte order mark", "\xef\xbb\xbf" + utf8, "", "\xef\xbb\xbf" + utf8, "UTF-8", ""},
      {"declared", latin, "ISO-8859-1", utf8, "windows-1252", ""},
      {"detected", latin, "", utf8, "windows-1252", ""},
      {"UTF-8 declared as Latin-1", utf8, "iso-8859-1", utf8, "UTF-8",
       "declared as iso-8859-1 but is valid UTF-8"},
      {"Latin-1 declared as UTF-8", latin, "utf-8", utf8, "windows-1252", "declared as UTF-8"},
      {"declared as Shift-JIS", latin, "Shift_JIS", utf8, "windows-1252", "declared as Shift_JIS"},
      {"an unknown name", latin, "klingon", utf8, "windows-1252", "ICU doesn't know"},
      {"UTF-16 with a mark", utf16le("The harbour", true), "", "The harbour", "UTF-16LE", ""},
      {"UTF-16 without a mark", utf16le("The harbour is open", false), "", "The harbour is open",
       "UTF-16LE", ""},
      {"one broken byte", utf8 + utf8 + utf8 + utf8 + "\xff", "",
       utf8 + utf8 + utf8 + utf8 + "\xef\xbf\xbd", "UTF-8", "1 places are malformed"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const read::Decoded decoded = read::to_utf8(row.bytes, row.declared);
    CHECK(decoded.text == row.text);
    CHECK(decoded.encoding == row.encoding);
    if (*row.warning) {
      CHECK_MESSAGE(decoded.warning.find(row.warning) != std::string::npos, decoded.warning);
    } else {
      CHECK(decoded.warning == "");
    }
  }
}

TEST_CASE("no bytes break the decoder, and what it gives is UTF-8") {
  uint64_t state = 7;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    for (int i = 0; i < round % 60; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      bytes += static_cast<char>(state >> 56);
    }
    for (const char* declared : {"", "utf-8", "utf-16", "gb18030", "iso-2022-jp"})
      CHECK(text::first_invalid_utf8(read::to_utf8(bytes, declared).text) == text::kValid);
  }
}

TEST_CASE("a file's encoding reaches the document, and the user hears of a wrong one") {
  read::ReadOptions options;
  options.encoding = "utf-8";
  const Result result =
      read_bytes(kProse + " In S\xe3o Paulo and Malm\xf6 there was rain.", "a.txt", options);
  REQUIRE(result.documents.size() == 1);
  CHECK(result.documents[0].text.find("São Paulo and Malmö") != std::string::npos);
  CHECK(result.says("a.txt", "declared as UTF-8"));
  const Result marked = read_bytes("\xef\xbb\xbf" + kProse);
  CHECK(marked.documents.at(0).text == "\xef\xbb\xbf" + kProse);
  CHECK(marked.documents.at(0).blocks.at(0).span.begin == 3);
}

TEST_CASE("HTML declares its encoding") {
  CHECK(read::html_charset("<html><meta charset=\"Windows-1251\">") == "windows-1251");
  CHECK(read::html_charset("<META http-equiv=Content-Type content='text/html; charset=gb2312'>") ==
        "gb2312");
  CHECK(read::html_charset("<?xml version='1.0' encoding='ISO-8859-2'?><html>") == "iso-8859-2");
  CHECK(read::html_charset("<html><p>charset=utf-8") == "");
  const Result result =
      read_bytes("<html><meta charset=iso-8859-1><p>" + kProse + " S\xe3o Paulo.</p>", "a.html");
  CHECK(result.documents.at(0).text.find("São Paulo") != std::string::npos);
}
