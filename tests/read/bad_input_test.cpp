// What an adversary or an accident puts into a file: a sentence says what is wrong, and nothing
// breaks.
#include <unistd.h>

#include "read/reading.h"

using namespace reading;

TEST_CASE("files that are no documents") {
  struct Row {
    const char* name;
    std::string bytes;
    const char* says;
  };
  std::string controls;
  for (int i = 0; i < 400; ++i) controls += static_cast<char>(1 + i % 8);
  const Row rows[] = {
      {"empty.txt", "", "empty"},
      {"white.txt", " \r\n\t \n", "white space"},
      {"mark.txt", "\xef\xbb\xbf", "white space"},
      {"elf.txt",
       std::string("\x7f"
                   "ELF\0\0\1\2prose prose",
                   20),
       "binary"},
      {"nul.txt", kProse + std::string(1, '\0') + kProse, "binary"},
      {"controls.txt", controls, "binary"},
      {"paper.txt", "%PDF-1.4\n1 0 obj", "pdftotext"},
      {"french.txt",
       "Le conseil du port a annoncé lundi que le nouveau quai serait ouvert avant l'hiver, et que "
       "la ville paierait les ouvriers. "
       "Les habitants attendent cette ouverture depuis longtemps.",
       "French, not English"},
      {"chinese.txt",
       "习近平总书记在江西考察时强调，要聚焦走在前、勇争先、善作为的目标要求，努力构建体现江西特色"
       "和优势的现代化产业体系。",
       "not English"},
      {"tags.html", "<html><script>var a;</script><nav>Home</nav></html>", "no visible text"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Result result = read_bytes(row.bytes, row.name);
    CHECK(result.documents.empty());
    REQUIRE(result.diagnostics.size() == 1);
    CHECK_MESSAGE(result.says(row.name, row.says), result.all());
  }
}

TEST_CASE("languages are kept on demand, and when nobody can tell") {
  read::ReadOptions any;
  any.any_language = true;
  const std::string french =
      "Le conseil du port a annoncé lundi que le nouveau quai serait ouvert avant l'hiver, et que "
      "la ville paierait les ouvriers.";
  CHECK(read_bytes(french, "a.txt", any).documents.at(0).meta.language == "fr");
  CHECK(read_bytes(kProse).documents.at(0).meta.language == "en");
  CHECK(read_bytes("Oslo, Ghent, Lima").documents.size() == 1);
}

TEST_CASE("a file that may not be read, and things that are no files") {
  const Folder folder;
  const std::string locked = folder.put("locked.txt", kProse),
                    good = folder.put("good.txt", kProse);
  fs::permissions(locked, fs::perms::none);
  if (::geteuid() != 0) {  // root reads everything
    const Result result = read_inputs({locked, good});
    CHECK(result.documents.size() == 1);
    CHECK(result.says("locked.txt", "Permission denied"));
  }
  const Result result = read_inputs({"/dev/null", good});
  CHECK(result.documents.size() == 1);
  CHECK(result.says("/dev/null", "not a regular file"));
}

TEST_CASE("a document over the limit, whole and as a JSON line") {
  read::ReadOptions small;
  small.max_document_bytes = 1000;
  CHECK(read_bytes(std::string(1001, 'a'), "a.txt", small).says("a.txt", "longer than 1000 bytes"));
  CHECK(read_bytes(gzip(std::string(100000, 'a')), "a.txt.gz", small)
            .says("a.txt.gz", "longer than 1000 bytes"));
  const std::string line = "{\"text\": \"" + kProse + "\"}\n";
  const Result result = read_bytes(
      line + "{\"text\": \"" + std::string(5000000, 'a') + "\"}\n" + line, "a.jsonl", small);
  CHECK(result.documents.size() == 2);
  CHECK(result.says("a.jsonl:2", "longer than 1000 bytes"));
  CHECK(result.documents[1].meta.id == "a.jsonl:3");
}

TEST_CASE("one line of 50 MB") {
  std::string line;
  while (line.size() < 50'000'000) line += kProse + " ";
  CHECK(read_bytes(line, "a.txt").says("a.txt", "the limit of one document"));
  read::ReadOptions roomy;
  roomy.max_document_bytes = 64u << 20;
  const Result result = read_bytes(line, "a.txt", roomy);
  REQUIRE(result.documents.size() == 1);
  CHECK(result.documents[0].text == line);
  CHECK(result.documents[0].blocks.size() == 1);
}

TEST_CASE("a hundred thousand nested, unclosed and misplaced tags") {
  std::string deep, ends, mixed;
  for (int i = 0; i < 100000; ++i) {
    deep += "<div>";
    ends += "</div>";
    mixed += "<b></i>";
  }
  for (const std::string& page :
       {deep + "<p>" + kProse + "</p>" + ends, deep + kProse,
        "<p>" + kProse + "</p>" + mixed + kProse, mixed + deep + ends + kProse}) {
    const Result result = read_bytes(page, "deep.html");
    const bool spoken = result.documents.size() == 1 &&
                        result.documents[0].text.find("harbour council") != std::string::npos;
    CHECK_MESSAGE((spoken || result.says("deep.html", "misplaced tags")), result.all());
  }
}

TEST_CASE("entities that multiply, and JSON that nests") {
  const std::string bomb =
      "<!DOCTYPE html [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c "
      "\"&b;&b;&b;&b;\">]><html><body><p>&c; " +
      kProse + " &amp; &eacute; &lt;b&gt;</p></body></html>";
  const Result result = read_bytes(bomb, "a.html");
  REQUIRE(result.documents.size() == 1);
  CHECK(result.documents[0].text.find("aaaaaaaaaa") == std::string::npos);
  CHECK(result.documents[0].text.find("& é <b>") != std::string::npos);

  const std::string nested =
      "{\"text\": " + std::string(500000, '[') + std::string(500000, ']') + "}\n";
  CHECK(read_bytes(nested, "a.jsonl").says("a.jsonl:1", "nothing to read"));
}

TEST_CASE("control characters and markup in plain text stay as they are") {
  const std::string text = "A \x01quay\x02 & <b>harbour</b>\n\n" + kProse + "\x07";
  const Result result = read_bytes(text);
  REQUIRE(result.documents.size() == 1);
  CHECK(result.documents[0].text == text);
}
