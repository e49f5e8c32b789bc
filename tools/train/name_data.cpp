// Maps each corpus to the model's types. Where a source calls things by another or a wider word (LOC is a place or a
// facility, "misc" may be anything) every fitting label is allowed; the learner takes the best of them (a partially
// labelled perceptron). In gold/train the entities are listed apart from the text: their proper names are looked up in it.
#include "name_data.h"

#include "core/error.h"
#include "core/json_file.h"
#include "nlp/stages.h"
#include "nlp/tokenizer.h"
#include "text/fold.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace weft::train {

namespace {

using Types = std::vector<std::string>;

/// What a source's tag may mean; tags that are not listed may mean anything. `annotated`: the types whose absence it tells.
struct Source {
  std::map<std::string, Types> tags;
  Types annotated;
};

const std::map<std::string, Source> kSources = {
    {"uner",
     {{{"PER", {"Person"}}, {"LOC", {"Place", "Facility"}}, {"ORG", {"Organization"}}},
      {"Person", "Place", "Organization"}}},
    {"wikigold",
     {{{"PER", {"Person"}}, {"LOC", {"Place", "Facility"}}, {"ORG", {"Organization"}}},
      {"Person", "Place", "Organization"}}},
    {"crossner",
     {{{"politician", {"Person"}}, {"person", {"Person"}}, {"politicalparty", {"Organization"}},
       {"organisation", {"Organization"}}, {"country", {"Place"}}, {"location", {"Place", "Facility"}},
       {"election", {"Event"}}, {"event", {"Event"}}},
      {"Person", "Organization", "Place", "Event"}}},
    {"gum",
     {{{"PERSON", {"Person", "Group"}}, {"PLACE", {"Place", "Facility"}}, {"ORG", {"Organization"}}, {"EVENT", {"Event"}}},
      {"Person", "Place", "Organization"}}},
};

int type_number(const std::string& type) {
  const auto& types = name_types();
  const auto found = std::find(types.begin(), types.end(), type);
  return found == types.end() ? -1 : static_cast<int>(found - types.begin());
}

/// Runs the tagger over given words.
std::vector<uint8_t> tag_words(const std::vector<std::string>& norms, const Tools& tools) {
  doc::Document document;
  for (const std::string& norm : norms) {
    document.token_begin.push_back(static_cast<uint32_t>(document.text.size()));
    document.text += norm;
    document.token_end.push_back(static_cast<uint32_t>(document.text.size()));
    document.text += ' ';
    document.norm.push_back(document.pool.intern(norm));
  }
  document.sentence_begin = {0, document.token_count()};
  document.sentence_block = {0};
  tools.tagger->run(document, *tools.tagger->make_scratch());
  std::vector<uint8_t> tags;
  for (const doc::Xpos xpos : document.xpos) tags.push_back(static_cast<uint8_t>(xpos));
  return tags;
}

void allow(NameSentence& sentence, const std::string& tag, const Source& source) {
  const int labels = name_label_count();
  const size_t base = sentence.allowed.size();
  sentence.allowed.resize(base + static_cast<size_t>(labels), 0);
  uint8_t* row = &sentence.allowed[base];
  if (tag == "O") {
    std::fill(row, row + labels, 1);
    for (const std::string& type : source.annotated) row[nlp::begin_label(type_number(type))] = row[nlp::inside_label(type_number(type))] = 0;
    return;
  }
  const auto found = source.tags.find(tag.substr(2));
  if (found == source.tags.end()) {
    std::fill(row, row + labels, 1);
    return;
  }
  for (const std::string& type : found->second)
    row[tag[0] == 'B' ? nlp::begin_label(type_number(type)) : nlp::inside_label(type_number(type))] = 1;
}

/// A form as tokens with plain punctuation.
std::vector<std::string> tokens_of(const std::string& form, const Tools& tools) {
  doc::Document document;
  document.text = form;
  document.blocks = {{{0, static_cast<uint32_t>(form.size())}, doc::BlockRole::body}};
  tools.segmenter->run(document, *tools.segmenter->make_scratch());
  std::vector<std::string> out;
  for (uint32_t t = 0; t < document.token_count(); ++t) out.emplace_back(document.norm_of(t));
  return out;
}

bool has_capital(const std::string& s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Proper name tokens of a surface form: without an article; of a person's, only the words of the name itself.
std::vector<std::string> proper_form(const std::string& form, const std::string& type,
                                     const std::vector<std::string>& name, const Tools& tools) {
  if (!has_capital(form)) return {};
  std::vector<std::string> words = tokens_of(form, tools);
  if (!words.empty() && (words[0] == "the" || words[0] == "The" || words[0] == "a" || words[0] == "an")) {
    words.erase(words.begin());
    if (words.size() < 2) return {};
  }
  if (type == "Person") {
    size_t begin = words.size();
    while (begin > 0 && std::find(name.begin(), name.end(), words[begin - 1]) != name.end()) --begin;
    words.erase(words.begin(), words.begin() + static_cast<long>(begin));
  }
  if (words.empty()) return {};
  const bool capital = std::any_of(words.begin(), words.end(), has_capital);
  return capital && words.size() <= 16 ? words : std::vector<std::string>();
}

/// Blocks are lines; short lines without a stop behind the title are dates, sources and the like, which the gold leaves out.
doc::Document read_lines(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream all;
  all << in.rdbuf();
  doc::Document document;
  document.text = all.str();
  for (size_t begin = 0; begin < document.text.size();) {
    const size_t end = std::min(document.text.find('\n', begin), document.text.size());
    const std::string_view line = std::string_view(document.text).substr(begin, end - begin);
    const bool stop = !line.empty() && std::string_view(".!?\"").find(line.back()) != std::string_view::npos;
    if (!line.empty() && (begin == 0 || stop || line.size() > 150))
      document.blocks.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, doc::BlockRole::body});
    begin = end + 1;
  }
  return document;
}

using Phrase = std::pair<std::vector<std::string>, int>;

std::vector<Phrase> phrases_of(const rapidjson::Value& gold, const Tools& tools) {
  std::vector<Phrase> phrases;
  for (const auto& entity : gold["entities"].GetArray()) {
    const std::string type = entity["type"].GetString();
    const int number = type_number(type);
    if (number < 0) continue;
    const std::vector<std::string> name = tokens_of(entity["name"].GetString(), tools);
    std::vector<std::string> forms = {entity["name"].GetString()};
    for (const auto& alias : entity["aliases"].GetArray()) forms.emplace_back(alias.GetString());
    for (const std::string& form : forms)
      if (auto words = proper_form(form, type, name, tools); !words.empty()) phrases.emplace_back(words, number);
  }
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const Phrase& a, const Phrase& b) { return a.first.size() > b.first.size(); });
  return phrases;
}

NameSentence label_sentence(const doc::Document& document, core::TokenSpan span, const std::vector<Phrase>& phrases) {
  NameSentence sentence;
  for (uint32_t t = span.begin; t < span.end; ++t) {
    sentence.norms.emplace_back(document.norm_of(t));
    sentence.tags.push_back(static_cast<uint8_t>(document.xpos[t]));
  }
  const size_t n = sentence.norms.size();
  std::vector<int> labels(n, nlp::kOutside);
  for (size_t i = 0; i < n;) {
    const auto found = std::find_if(phrases.begin(), phrases.end(), [&](const Phrase& phrase) {
      return i + phrase.first.size() <= n && std::equal(phrase.first.begin(), phrase.first.end(), sentence.norms.begin() + static_cast<long>(i));
    });
    if (found == phrases.end()) {
      ++i;
      continue;
    }
    for (size_t k = 0; k < found->first.size(); ++k)
      labels[i + k] = k == 0 ? nlp::begin_label(found->second) : nlp::inside_label(found->second);
    i += found->first.size();
  }
  sentence.allowed.assign(n * static_cast<size_t>(name_label_count()), 0);
  for (size_t i = 0; i < n; ++i) sentence.allowed[i * static_cast<size_t>(name_label_count()) + static_cast<size_t>(labels[i])] = 1;
  return sentence;
}

}  // namespace

const std::vector<std::string>& name_types() {
  static const std::vector<std::string> kTypes = {"Person", "Organization", "Place", "Facility", "Initiative",
                                                  "Event",  "Work",         "Product", "Group"};
  return kTypes;
}

int name_label_count() { return 1 + 2 * static_cast<int>(name_types().size()); }

Tools::Tools(const std::filesystem::path& schema_dir)
    : segmenter(nlp::make_segmenter(schema::Lexicons::load(schema_dir / "lexicons"))),
      tagger(nlp::make_tagger(schema_dir / "models" / "en")) {}

NameCorpus read_bio(const std::filesystem::path& file, const std::string& kind, const Tools& tools) {
  std::ifstream in(file);
  if (!in) throw core::SetupError("The corpus " + file.string() + " can't be opened.");
  const Source& source = kSources.at(kind);
  NameCorpus corpus;
  NameSentence sentence;
  const auto finish = [&] {
    if (!sentence.norms.empty()) {
      sentence.tags = tag_words(sentence.norms, tools);
      corpus.push_back(std::move(sentence));
    }
    sentence = {};
  };
  // Wikigold and CrossNER don't say where documents begin: each sentence stands alone there.
  const bool has_documents = kind == "uner" || kind == "gum";
  sentence.begins_document = true;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) {
      finish();
      sentence.begins_document = !has_documents;
      continue;
    }
    if (line.starts_with("# ")) {
      if (line.starts_with("# newdoc")) sentence.begins_document = true;
      continue;
    }
    std::vector<std::string> columns;
    std::stringstream split(line);
    for (std::string column; split >> column;) columns.push_back(column);
    const size_t form = kind == "uner" ? 1 : 0;
    if (columns.size() < form + 2) continue;
    sentence.norms.push_back(text::plain_punctuation(columns[form]));
    allow(sentence, columns[form + 1], source);
  }
  finish();
  return corpus;
}

void read_gold(const std::filesystem::path& dir, const Tools& tools, NameCorpus& train, NameCorpus& held_out) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "gold")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (size_t f = 0; f < files.size(); ++f) {
    const rapidjson::Document gold = core::read_json_file(files[f]);
    doc::Document document = read_lines(dir / "docs" / gold["doc"].GetString());
    tools.segmenter->run(document, *tools.segmenter->make_scratch());
    tools.tagger->run(document, *tools.tagger->make_scratch());
    const auto phrases = phrases_of(gold, tools);
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      NameSentence sentence = label_sentence(document, document.sentence(s), phrases);
      sentence.begins_document = s == 0;
      (f % 7 == 3 ? held_out : train).push_back(std::move(sentence));
    }
  }
}

}  // namespace weft::train
