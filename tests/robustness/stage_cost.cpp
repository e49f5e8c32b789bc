// Runs every stage on hostile texts of one and of two lengths, for check_linear_cost, which counts
// the machine instructions between the calls of weft_stage_cost_measured. A line of output for each
// call: the text, its copies, the stage.
//
// usage: weft_stage_cost SCHEMA [TEXT]
#include <cstdio>
#include <functional>
#include <string>

#include "pipeline/stage_table.h"
#include "text/utf8.h"

using namespace weft;

// What valgrind is told to count: nothing else is in it, and it is never inlined.
extern "C" __attribute__((noinline)) void weft_stage_cost_measured(const stage::Stage& stage,
                                                                   doc::Document& document,
                                                                   stage::Scratch& scratch) {
  stage.run(document, scratch);
}

namespace {

/// A text of `copies` parts; `part(i)` is the i-th.
struct HostileText {
  const char* name;
  size_t copies;
  std::function<std::string(size_t)> part;
};

/// A word that no other number has: "Baba", "Baca", …
std::string word(size_t i) {
  static const char* const kSyllables[] = {"ba", "co", "di", "fu", "ge", "la", "mo", "ri"};
  std::string out;
  for (int k = 0; k < 4; ++k, i /= 8) out += kSyllables[i % 8];
  out[0] = static_cast<char>(out[0] - 32);
  return out;
}

const HostileText kTexts[] = {
    {"one token", 110000, [](size_t) { return "abcd"; }},
    {"one sentence", 100,
     [](size_t) { return "the towns and the mayor of London with old ships "; }},
    {"a sentence of names", 200, [](size_t i) { return word(i) + " " + word(i * 3) + " and "; }},
    {"people", 120,
     [](size_t i) {
       return "Mr. " + word(i) + " " + word(i + 7) + " met her. He said it was his. ";
     }},
    {"offices", 180,
     [](size_t i) { return "The Minister of Finance of " + word(i) + ", the mayor, left it. "; }},
    {"bodies", 100,
     [](size_t i) {
       return "The " + word(i) + " " + word(i * 5) + " Company (" + word(i) + ") won. ";
     }},
    {"members", 100,
     [](size_t i) {
       return "Labour MPs Ann " + word(i) + ", Bob " + word(i + 3) + " (Greens) and Carl " +
              word(i + 5) + " of Chelsea; ";
     }},
    {"amounts and dates", 60,
     [](size_t) {
       return "From 5 to 6 May 2020 - 7 May it paid $5 to $6 million or 7% to 8 km. ";
     }},
    {"quotes", 100, [](size_t) { return "\"Yes,\" said \"he\" (\"no\"). "; }},
    {"signs", 600, [](size_t i) { return i % 3 ? "((" : "-/'"; }},
    {"emoji", 300, [](size_t) { return "\xf0\x9f\x98\x80\xe2\x80\x8d\xf0\x9f\x9a\x80 "; }},
    {"right to left", 300,
     [](size_t) { return "\xd9\x85\xd8\xb1\xd8\xad \xe2\x80\xae\xd7\xa9\xd7\x9c "; }},
    {"zero width", 300,
     [](size_t) {
       return "a\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf"
              "b\xcc\x81\xcc\x81 ";
     }},
    {"broken", 400, [](size_t) { return "\xef\xbf\xbd\xef\xbf\xbe x\xef\xbf\xbd "; }},
};

doc::Document document_of(const HostileText& text, size_t copies) {
  doc::Document document;
  document.meta.date = "2024-05-06";
  for (size_t i = 0; i < copies; ++i) document.text += text.part(i);
  document.blocks = {{{0, static_cast<uint32_t>(document.text.size())}, doc::BlockRole::body}};
  return document;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) return 2;  // SCHEMA [TEXT]: that text alone
  const auto schema = schema::Schema::load(argv[1]);
  std::vector<std::unique_ptr<stage::Stage>> stages;
  for (const pipeline::StageRow& row : pipeline::stage_table())
    stages.push_back(row.make(schema, nlp::Tier::fast));
  for (const HostileText& text : kTexts) {
    if (argc == 3 && std::string_view(argv[2]) != text.name) continue;
    const size_t n = text.copies;
    for (const size_t copies : {n / 10, n, 2 * n}) {  // the first fills what is filled once
      doc::Document document = document_of(text, copies);
      for (const auto& stage : stages) {
        const auto scratch = stage->make_scratch();
        weft_stage_cost_measured(*stage, document, *scratch);
        std::printf("%s\t%zu\t%s\n", text.name, copies, std::string(stage->name()).c_str());
      }
    }
  }
  return 0;
}
