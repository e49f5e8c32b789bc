// Files, folders, patterns, lists and containers, as a user names them.
#include "read/reading.h"

using namespace reading;

namespace {
std::vector<std::string> ids(const Result& result) {
  std::vector<std::string> out;
  for (const auto& document : result.documents) out.push_back(document.meta.id);
  return out;
}
using Names = std::vector<std::string>;
}  // namespace

TEST_CASE("a folder is read in byte order, without hidden and unknown files") {
  const Folder folder;
  folder.put("b.txt", kProse);
  folder.put("B.txt", kProse);
  folder.put("a/z.TXT", kProse);
  folder.put("a.txt.gz", gzip(kProse));
  folder.put("c.md.zst", zstd(kProse));
  folder.put(".hidden.txt", kProse);
  folder.put(".git/x.txt", kProse);
  folder.put("picture.png", "\x89PNG");
  fs::create_directory_symlink(folder.path, folder.path / "loop");
  const Result result = read_inputs({folder.path.string()});
  CHECK(ids(result) == Names{"B.txt", "a.txt.gz", "a/z.TXT", "b.txt", "c.md.zst"});
  CHECK(result.says("", "1 file with an unknown ending skipped"));
  CHECK(result.documents[1].text == kProse);
  CHECK(result.documents[4].text == kProse);
}

TEST_CASE("patterns, lists and a file named twice") {
  const Folder folder;
  folder.put("1.txt", kProse);
  folder.put("2.txt", kProse);
  folder.put("3.log", kProse);
  const std::string dir = folder.path.string();
  CHECK(ids(read_inputs({dir + "/*.txt", dir + "/2.txt", dir + "/./1.txt"})) ==
        Names{"1.txt", "2.txt"});
  CHECK(ids(read_inputs({dir + "/3.log"})) == Names{"3.log"});

  const std::string list =
      folder.put("list", dir + "/2.txt\r\n\n" + dir + "/1.txt\n" + dir + "/none.txt");
  core::Diagnostics diagnostics;
  read::ItemStream stream({{}, list}, {});
  const auto first = stream.next(diagnostics), second = stream.next(diagnostics);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->id == "2.txt");
  CHECK(second->index == 1);
  CHECK_FALSE(stream.next(diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].source == dir + "/none.txt");
}

TEST_CASE("what doesn't exist is said, and the rest is read") {
  const Folder folder;
  const std::string good = folder.put("good.txt", kProse);
  const Result result = read_inputs({"/nowhere/x.txt", good, "/nowhere/*.txt"});
  CHECK(result.documents.size() == 1);
  CHECK(result.says("/nowhere/x.txt", "no such file"));
  CHECK(result.says("/nowhere/*.txt", "no such file"));
  CHECK_THROWS_WITH_AS(read::ItemStream({{"/nowhere/x.txt"}, {}}, {}),
                       doctest::Contains("/nowhere/x.txt"), core::SetupError);
  CHECK_THROWS_AS(read::ItemStream({{}, {}}, {}), core::SetupError);
  CHECK_THROWS_AS(read::ItemStream({{}, "/nowhere/list"}, {}), core::SetupError);
}

TEST_CASE("JSON Lines: fields, ids, and a line that is cut off") {
  const Folder folder;
  const std::string lines =
      "{\"id\": \"doc-7\", \"text\": \"" + kProse +
      "\", \"title\": \"Quay opens\", \"date\": \"2024-03-05T10:00:00Z\", \"url\": "
      "\"http://x.example/\", \"source\": \"Port News\", \"author\": [\"A\", \"B\"]}\n"
      "\n"
      "{\"text\": \"" +
      kProse +
      "\", \"date\": \"soon\"}\r\n"
      "{\"title\": \"no text\"}\n"
      "[1, 2]\n"
      "{\"html\": \"<h1>Quay</h1><p>" +
      kProse +
      "</p>\"}\n"
      "{\"id\": 9, \"text\": \"" +
      kProse.substr(0, 60);
  for (const std::string& name :
       {folder.put("d.jsonl", lines), folder.put("d.ndjson.gz", gzip(lines)),
        folder.put("d.json.zst", zstd(lines)), folder.put("noending", lines)}) {
    CAPTURE(name);
    const Result result = read_inputs({name});
    REQUIRE(result.documents.size() == 3);
    const doc::Metadata& meta = result.documents[0].meta;
    CHECK(meta.id == "doc-7");
    CHECK(meta.title == "Quay opens");
    CHECK(meta.date == "2024-03-05");
    CHECK(meta.url == "http://x.example/");
    CHECK(meta.source == "Port News");
    CHECK(meta.author == "A, B");
    CHECK(result.documents[1].meta.id == fs::path(name).filename().string() + ":3");
    CHECK(result.documents[2].meta.title == "Quay");
    CHECK(result.says(":3", "\"soon\" is no date"));
    CHECK(result.says(":4", "no member \"text\""));
    CHECK(result.says(":5", "not a JSON object"));
    CHECK(result.says(":7", "cut off"));
  }
}

TEST_CASE("a JSON file that is one object or an array") {
  const std::string object = "{\n  \"text\": \"" + kProse + "\",\n  \"id\": \"x\"\n}";
  CHECK(ids(read_bytes(object, "a.json")) == Names{"x"});
  CHECK(ids(read_bytes("[" + object + ",\n{\"text\": \"" + kProse + "\"}, 5]\n", "a.json")) ==
        Names{"x", "a.json:2"});
  const Result broken = read_bytes("{\n \"text\": \"abc\",\n", "a.json");
  CHECK(broken.documents.empty());
  CHECK(broken.says("a.json", "cut off"));
  CHECK(read_bytes("{\n \"text\" \"abc\"}\n", "a.json").says("a.json", "broken at line 2"));
  CHECK(read_bytes("", "a.json").documents.empty());
}

TEST_CASE("JSON whose text was cut in the middle of a character") {
  const std::string whole =
      R"({"text": "A pair: \ud83d\ude00, and \\ud83d is none. )" + kProse + "\"}";
  const std::string low = R"({"text": "\ude00 )" + kProse + "\"}";
  const std::string high = R"({"text": ")" + kProse + R"( \uD83D"})";
  const Result paired = read_bytes(whole, "a.jsonl");
  CHECK(paired.diagnostics.empty());
  REQUIRE(paired.documents.size() == 1);
  CHECK(paired.documents[0].text.substr(0, 13) == "A pair: \xf0\x9f\x98\x80,");
  for (const std::string& bytes : {high + "\n" + low + "\n", "[" + high + ",\n" + low + "]\n"}) {
    const Result result = read_bytes(bytes, "a.json");
    CHECK(result.says("", "replaced by U+FFFD"));
    REQUIRE(result.documents.size() == 2);
    CHECK(result.documents[0].text == kProse + " \xef\xbf\xbd");
    CHECK(result.documents[1].text == "\xef\xbf\xbd " + kProse);
  }
}

TEST_CASE("JSON Lines in an encoding that is not UTF-8, from the first line on") {
  const std::string line = "{\"text\": \"The caf\xe9 opens at noon. " + kProse + "\"}\n";
  const Result result = read_bytes(line + line, "a.json");
  REQUIRE(result.documents.size() == 2);
  CHECK(result.documents[0].text.find("caf\xc3\xa9") != std::string::npos);
}

TEST_CASE("compressed input that is damaged, cut off, or a bomb") {
  std::string prose;
  for (int i = 0; i < 3000; ++i) prose += kProse + " Number " + std::to_string(i * 7919) + ".\n";
  for (const bool zst : {false, true}) {
    const std::string packed = zst ? zstd(prose) : gzip(prose),
                      name = zst ? "a.txt.zst" : "a.txt.gz";
    CAPTURE(name);
    CHECK(read_bytes(packed, name).documents.size() == 1);
    CHECK(read_bytes(packed + packed, name).documents[0].text.size() == 2 * prose.size());
    CHECK(read_bytes(packed.substr(0, packed.size() / 2), name).says(name, "cut off"));
    std::string damaged = packed;
    for (size_t i = damaged.size() / 2; i < damaged.size() / 2 + 40; ++i) damaged[i] = '\x55';
    const Result result = read_bytes(damaged, name);
    CHECK_MESSAGE(result.documents.empty(), result.all());
    CHECK(result.diagnostics.size() == 1);
    const std::string bomb(20u << 20, 'a');
    read::ReadOptions roomy;
    roomy.max_ratio = 200;
    roomy.max_document_bytes = 1u << 30;
    CHECK(read_bytes(zst ? zstd(bomb) : gzip(bomb), name, roomy).says(name, "bomb"));
  }
}

TEST_CASE("a compressed JSON Lines file that is cut off keeps what came before") {
  std::string lines;
  for (int i = 0; i < 4000; ++i)
    lines += "{\"id\": \"" + std::to_string(i * 7919) + "\", \"text\": \"" + kProse + "\"}\n";
  const std::string packed = gzip(lines);
  const Result result = read_bytes(packed.substr(0, packed.size() / 2), "a.jsonl.gz");
  CHECK(result.documents.size() > 100);
  CHECK(result.says("a.jsonl.gz", "cut off"));
}
