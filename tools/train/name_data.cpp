// Maps each corpus to the model's types. Where a source calls things by another or a wider word
// (LOC is a place or a facility, "misc" may be anything) every fitting label is allowed; the
// learner takes the best of them (partial labels). In gold/train the entities are
// listed apart from the text: their proper names are looked up in it.
#include "name_data.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/error.h"
#include "core/json_file.h"
#include "nlp/stages.h"
#include "nlp/tokenizer.h"
#include "text/fold.h"

namespace weft::train {

namespace {

using Types = std::vector<std::string>;

/// What a source's tag may mean; a tag that is not listed marks some other name, or none.
/// `annotates_all`: a word without a tag is no name of any type; else a capitalised one may be a
/// name of the types that no tag stands for.
struct Source {
  std::map<std::string, Types> tags;
  bool annotates_all = true;
};

const Types kOtherTypes = {"Initiative", "Event", "Work", "Product", "Group"};

const std::map<std::string, Source> kSources = {
    {"uner", {{{"PER", {"Person"}}, {"LOC", {"Place"}}, {"ORG", {"Organization"}}}, false}},
    {"wikigold", {{{"PER", {"Person"}}, {"LOC", {"Place"}}, {"ORG", {"Organization"}}}}},
    {"crossner",
     {{{"politician", {"Person"}},
       {"person", {"Person"}},
       {"politicalparty", {"Organization"}},
       {"organisation", {"Organization"}},
       {"country", {"Place"}},
       {"location", {"Place"}},
       {"election", {"Event"}},
       {"event", {"Event"}}}}},
    {"gum",
     {{{"PERSON", {"Person"}},
       {"PLACE", {"Place"}},
       {"ORG", {"Organization"}},
       {"EVENT", {"Event"}},
       {"TIME", {}}}}},
};

/// Words that end the name of a built site: sources that know only locations call these so too.
const std::set<std::string> kSiteWords = {
    "Airport", "Arena",   "Bridge",   "Building", "Camp",    "Castle",  "Cathedral",  "Center",
    "Centre",  "Church",  "Dam",      "Factory",  "Farm",    "Hall",    "Hospital",   "Hotel",
    "House",   "Library", "Mall",     "Market",   "Mine",    "Mosque",  "Museum",     "Palace",
    "Park",    "Plant",   "Plaza",    "Port",     "Prison",  "Railway", "Restaurant", "Stadium",
    "Station", "Temple",  "Terminal", "Theater",  "Theatre", "Tower",   "Tunnel",     "Zoo"};

int type_number(const std::string& type) {
  const auto& types = name_types();
  const auto found = std::find(types.begin(), types.end(), type);
  return found == types.end() ? -1 : static_cast<int>(found - types.begin());
}

void allow(NameSentence& sentence, const std::string& tag, const Source& source) {
  const size_t base = sentence.allowed.size();
  sentence.allowed.resize(base + static_cast<size_t>(name_label_count()), 0);
  uint8_t* row = &sentence.allowed[base];
  const auto permit = [&](const Types& types, bool begin, bool inside) {
    for (const std::string& type : types) {
      if (begin) row[nlp::begin_label(type_number(type))] = 1;
      if (inside) row[nlp::inside_label(type_number(type))] = 1;
    }
  };
  const char first = sentence.norms.back()[0];
  if (tag == "O") {
    row[nlp::kOutside] = 1;
    if (!source.annotates_all && first >= 'A' && first <= 'Z') permit(kOtherTypes, true, true);
    return;
  }
  const auto found = source.tags.find(tag.substr(2));
  if (found == source.tags.end()) {
    row[nlp::kOutside] = 1;
    permit(kOtherTypes, tag[0] == 'B', tag[0] == 'I');
    return;
  }
  permit(found->second, tag[0] == 'B', tag[0] == 'I');
  if (found->second.empty()) row[nlp::kOutside] = 1;
}

/// What usually stands between words: nothing before commas and clitics, behind brackets.
nlp::Gap likely_gap(const std::string& before, const std::string& word) {
  static const std::set<std::string> kTouchLeft = {",", ".", ";", ":",   "!", "?",   ")",
                                                   "]", "%", "'", "n't", "/", "...", "-"};
  static const std::set<std::string> kTouchRight = {"(", "[", "$", "#", "/", "-"};
  if (before.empty()) return nlp::Gap::space;
  const bool clitic = word.size() > 1 && word.size() < 4 && word[0] == '\'';
  return kTouchLeft.count(word) != 0 || clitic || kTouchRight.count(before) != 0 ? nlp::Gap::none
                                                                                 : nlp::Gap::space;
}

void look_up(NameSentence& sentence, const Tools& tools) {
  const std::vector<std::string_view> norms(sentence.norms.begin(), sentence.norms.end());
  for (size_t i = sentence.gaps.size(); i < norms.size(); ++i)
    sentence.gaps.push_back(likely_gap(i == 0 ? "" : sentence.norms[i - 1], sentence.norms[i]));
  tools.knowledge.look_up(norms, sentence.gazetteer, sentence.lists);
}

/// Turns the places of a sentence whose last word is a site's into facilities.
void find_sites(NameSentence& sentence) {
  const auto labels = static_cast<size_t>(name_label_count());
  const int place = type_number("Place"), facility = type_number("Facility");
  const auto is = [&](size_t i, int label) {
    return sentence.allowed[i * labels + static_cast<size_t>(label)] != 0;
  };
  for (size_t begin = 0; begin < sentence.norms.size();) {
    size_t end = begin + 1;
    if (is(begin, nlp::begin_label(place))) {
      while (end < sentence.norms.size() && is(end, nlp::inside_label(place))) ++end;
      if (kSiteWords.count(sentence.norms[end - 1]) != 0)
        for (size_t i = begin; i < end; ++i) {
          std::fill_n(&sentence.allowed[i * labels], labels, uint8_t{0});
          sentence
              .allowed[i * labels + static_cast<size_t>(i == begin ? nlp::begin_label(facility)
                                                                   : nlp::inside_label(facility))] =
              1;
        }
    }
    begin = end;
  }
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

/// False for descriptions that contain a name ("Serbian town of Kikinda", "Novi Sad bus operator
/// JGSP"): a name's words have capitals, but for the small words inside and up to two at its end
/// ("Toza Marković tile works").
bool is_name(const std::vector<std::string>& words) {
  static const std::set<std::string> kSmall = {
      "of",  "the", "and", "for", "in", "on", "to", "de", "la", "du",   "von", "van",
      "bin", "al",  "'s",  "'",   "-",  "&",  ",",  ".",  "a",  "with", "at",  "by"};
  size_t capitals = 0, last_capital = 0, lower = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "(" || words[i] == "\"") return false;
    if (kSmall.count(words[i]) != 0) continue;
    const char c = words[i][0];
    const bool small = c >= 'a' && c <= 'z';
    if (small) {
      if (i == 0) return false;
      ++lower;
    } else {
      if (lower > 0) return false;
      ++capitals;
      last_capital = i;
    }
  }
  return capitals > 0 && lower <= 2 && (lower == 0 || capitals >= 2) &&
         words.size() - last_capital <= 3;
}

/// Proper name tokens of a surface form: without an article; of a person's, only the words of the
/// name itself.
std::vector<std::string> proper_form(const std::string& form, const std::string& type,
                                     const std::vector<std::string>& name, const Tools& tools) {
  if (!has_capital(form)) return {};
  std::vector<std::string> words = tokens_of(form, tools);
  if (!words.empty() &&
      (words[0] == "the" || words[0] == "The" || words[0] == "a" || words[0] == "an")) {
    words.erase(words.begin());
    if (words.size() < 2) return {};
  }
  if (type == "Person") {
    size_t begin = words.size();
    while (begin > 0 && std::find(name.begin(), name.end(), words[begin - 1]) != name.end())
      --begin;
    words.erase(words.begin(), words.begin() + static_cast<long>(begin));
  }
  if (words.empty()) return {};
  const bool capital = std::any_of(words.begin(), words.end(), has_capital);
  if (!capital || words.size() > 16) return {};
  // The second session of a congress begins with a small letter and is its name nonetheless.
  return type == "Event" || is_name(words) ? words : std::vector<std::string>();
}

/// Blocks are lines; short lines without a stop behind the title are dates, sources and the like,
/// which the gold leaves out.
doc::Document read_lines(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream all;
  all << in.rdbuf();
  doc::Document document;
  document.text = all.str();
  for (size_t begin = 0; begin < document.text.size();) {
    const size_t end = std::min(document.text.find('\n', begin), document.text.size());
    const std::string_view line = std::string_view(document.text).substr(begin, end - begin);
    const bool stop =
        !line.empty() && std::string_view(".!?\"").find(line.back()) != std::string_view::npos;
    if (!line.empty() && (begin == 0 || stop || line.size() > 150))
      document.blocks.push_back(
          {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, doc::BlockRole::body});
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
      if (auto words = proper_form(form, type, name, tools); !words.empty())
        phrases.emplace_back(words, number);
  }
  std::stable_sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) {
    return a.first.size() > b.first.size();
  });
  return phrases;
}

nlp::Gap gap_before(const doc::Document& document, uint32_t t) {
  if (t == 0) return nlp::Gap::blank;
  return nlp::gap_of(document.bytes({document.token_end[t - 1], document.token_begin[t]}));
}

NameSentence label_sentence(const doc::Document& document, core::TokenSpan span,
                            const std::vector<Phrase>& phrases) {
  NameSentence sentence;
  for (uint32_t t = span.begin; t < span.end; ++t) {
    sentence.norms.emplace_back(document.norm_of(t));
    sentence.gaps.push_back(gap_before(document, t));
  }
  const size_t n = sentence.norms.size();
  std::vector<int> labels(n, nlp::kOutside);
  for (size_t i = 0; i < n;) {
    const auto found = std::find_if(phrases.begin(), phrases.end(), [&](const Phrase& phrase) {
      return i + phrase.first.size() <= n &&
             std::equal(phrase.first.begin(), phrase.first.end(),
                        sentence.norms.begin() + static_cast<long>(i));
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
  for (size_t i = 0; i < n; ++i)
    sentence.allowed[i * static_cast<size_t>(name_label_count()) + static_cast<size_t>(labels[i])] =
        1;
  return sentence;
}

}  // namespace

const std::vector<std::string>& name_types() {
  static const std::vector<std::string> kTypes = {"Person",   "Organization", "Place",
                                                  "Facility", "Initiative",   "Event",
                                                  "Work",     "Product",      "Group"};
  return kTypes;
}

int name_label_count() { return 1 + 2 * static_cast<int>(name_types().size()); }

Tools::Tools(const std::filesystem::path& schema_dir)
    : schema(schema::Schema::load(schema_dir)),
      knowledge(schema),
      segmenter(nlp::make_segmenter(schema.lexicons, {})) {}

NameCorpus read_bio(const std::filesystem::path& file, const std::string& kind,
                    const Tools& tools) {
  std::ifstream in(file);
  if (!in) throw core::SetupError("The corpus " + file.string() + " can't be opened.");
  const Source& source = kSources.at(kind);
  NameCorpus corpus;
  NameSentence sentence;
  const auto finish = [&] {
    if (!sentence.norms.empty()) {
      find_sites(sentence);
      look_up(sentence, tools);
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
    std::string tag = columns[form + 1];
    const auto words = has_documents ? std::vector{text::plain_punctuation(columns[form])}
                                     : tokens_of(columns[form], tools);
    for (size_t i = 0; i < words.size(); ++i) {
      sentence.norms.push_back(words[i]);
      if (i > 0) sentence.gaps.push_back(nlp::Gap::none);
      if (i == 0)
        sentence.gaps.push_back(
            likely_gap(sentence.norms.size() < 2 ? "" : sentence.norms.end()[-2], words[0]));
      if (i == 1 && tag[0] == 'B') tag[0] = 'I';
      allow(sentence, tag, source);
    }
  }
  finish();
  return corpus;
}

void read_gold(const std::filesystem::path& dir, const Tools& tools, NameCorpus& train,
               NameCorpus& held_out) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "gold"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (size_t f = 0; f < files.size(); ++f) {
    const rapidjson::Document gold = core::read_json_file(files[f]);
    doc::Document document = read_lines(dir / "docs" / gold["doc"].GetString());
    tools.segmenter->run(document, *tools.segmenter->make_scratch());
    const auto phrases = phrases_of(gold, tools);
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      NameSentence sentence = label_sentence(document, document.sentence(s), phrases);
      sentence.begins_document = s == 0;
      look_up(sentence, tools);
      (f % 7 == 3 ? held_out : train).push_back(std::move(sentence));
    }
  }
}

}  // namespace weft::train
