// The measure of Zeman et al. (2018): system and gold words are aligned by their characters (white
// space left out); a word counts where its span is equal and, for the columns, where the label,
// lemma or head's span is equal too. The gold tokens of a treebank spell its text, so the alignment
// needs no search. Blocks are the treebank's paragraphs.
//
// Names count where span and type are right. A corpus calls its types as it likes: ours are brought
// to its words, and what neither side can know of is left out. Corpora that are not treebanks have
// no text of their own: it is written with a blank where English has one.
#include "evaluate.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/error.h"
#include "pipeline/stage_table.h"

namespace weft::train {

namespace {

using Span =
    std::pair<uint32_t, uint32_t>;  // in characters of the text without white space (bytes)

struct Row {
  doc::Upos upos;
  doc::Xpos xpos;
  std::string lemma;
  Span head;
  doc::Deprel deprel;
};

struct Analysis {
  std::map<Span, Row> words;
  std::set<Span> sentences;
};

constexpr Span kRoot{0xffffffff, 0xffffffff};

/// The text of a treebank, a block a paragraph, and its gold analysis.
doc::Document raw_text(const std::vector<TreeSentence>& gold, Analysis& analysis) {
  doc::Document document;
  uint32_t dense = 0, block_begin = 0;
  const auto close_block = [&] {
    while (!document.text.empty() && document.text.back() == ' ') document.text.pop_back();
    if (document.text.size() > block_begin)
      document.blocks.push_back(
          {{block_begin, static_cast<uint32_t>(document.text.size())}, doc::BlockRole::body});
    document.text += "\n\n";
    block_begin = static_cast<uint32_t>(document.text.size());
  };
  for (const TreeSentence& sentence : gold) {
    if (sentence.begins_paragraph || sentence.begins_document) close_block();
    std::vector<Span> spans;
    for (const TreeWord& word : sentence.words) {
      std::string form;
      for (const char c : word.form)
        if (c != ' ') form += c;
      spans.push_back({dense, dense + static_cast<uint32_t>(form.size())});
      dense = spans.back().second;
      document.text += word.form;
      if (word.space_after) document.text += ' ';
    }
    analysis.sentences.insert({spans.front().first, spans.back().second});
    for (size_t i = 0; i < spans.size(); ++i) {
      const TreeWord& word = sentence.words[i];
      const bool root = word.head == static_cast<int32_t>(spans.size());
      analysis.words[spans[i]] = {word.tag.upos, word.tag.xpos, word.lemma,
                                  root ? kRoot : spans[word.head], word.deprel};
    }
  }
  close_block();
  return document;
}

/// Bytes of a text without white space before each of its bytes.
std::vector<uint32_t> dense_offsets(const std::string& text) {
  std::vector<uint32_t> dense(text.size() + 1);
  for (size_t i = 0; i < text.size(); ++i)
    dense[i + 1] = dense[i] + (text[i] != ' ' && text[i] != '\n');
  return dense;
}

/// Puts the treebank's own tokens and sentences into the document.
void give_tokens(const std::vector<TreeSentence>& gold, doc::Document& document) {
  uint32_t at = 0, block = 0;
  for (const TreeSentence& sentence : gold) {
    document.sentence_begin.push_back(document.token_count());
    for (const TreeWord& word : sentence.words) {
      while (document.text[at] == ' ' || document.text[at] == '\n') ++at;
      document.token_begin.push_back(at);
      at += static_cast<uint32_t>(word.form.size());
      document.token_end.push_back(at);
      document.norm.push_back(document.pool.intern(word.norm));
    }
    while (document.blocks[block].span.end < at) ++block;
    document.sentence_block.push_back(block);
  }
  document.sentence_begin.push_back(document.token_count());
}

/// A sentence a block, as the corpora of names have it.
void join_sentences(doc::Document& document) {
  std::vector<uint32_t> begin, block;
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    if (!block.empty() && block.back() == document.sentence_block[s]) continue;
    begin.push_back(document.sentence_begin[s]);
    block.push_back(document.sentence_block[s]);
  }
  begin.push_back(document.token_count());
  document.sentence_begin = std::move(begin);
  document.sentence_block = std::move(block);
}

Analysis read_off(const doc::Document& document) {
  const std::vector<uint32_t> dense = dense_offsets(document.text);
  const auto span = [&](uint32_t t) {
    return Span{dense[document.token_begin[t]], dense[document.token_end[t]]};
  };
  Analysis out;
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const core::TokenSpan tokens = document.sentence(s);
    out.sentences.insert({span(tokens.begin).first, span(tokens.end - 1).second});
    for (uint32_t t = tokens.begin; t < tokens.end; ++t)
      out.words[span(t)] = {document.upos[t], document.xpos[t], std::string(document.lemma_of(t)),
                            document.head[t] == doc::kNoToken ? kRoot : span(document.head[t]),
                            document.deprel[t]};
  }
  return out;
}

double f1(size_t right, size_t system, size_t gold) {
  return right == 0 ? 0 : 200.0 * static_cast<double>(right) / static_cast<double>(system + gold);
}

/// A stage's processor time: the machine may be busy.
double seconds_of(const stage::Stage& stage, doc::Document& document, stage::Scratch& scratch) {
  const std::clock_t start = std::clock();
  stage.run(document, scratch);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

using NamePlace = std::pair<Span, std::string>;

/// A corpus of names: its text, and the names by their places in it without white space.
struct NameGold {
  doc::Document document;
  std::set<NamePlace> names;
};

/// Gathers the BIO labels of one token after the other into names.
class NameGatherer {
 public:
  explicit NameGatherer(std::set<NamePlace>& names) : names_(names) {}
  void add(const std::string& tag, Span span) {
    if (tag[0] == 'I' && !type_.empty() && tag.substr(2) == type_) {
      place_.second = span.second;
      return;
    }
    finish();
    if (tag == "O") return;
    type_ = tag.substr(2);
    place_ = span;
  }
  void finish() {
    if (!type_.empty()) names_.insert({place_, type_});
    type_.clear();
  }

 private:
  std::set<NamePlace>& names_;
  std::string type_;
  Span place_;
};

/// Token and tag of each line of a corpus in BIO; empty ones between sentences.
std::vector<std::pair<std::string, std::string>> read_bio_lines(const std::filesystem::path& file,
                                                                bool numbered) {
  std::ifstream in(file);
  if (!in) throw core::SetupError("The corpus " + file.string() + " can't be opened.");
  std::vector<std::pair<std::string, std::string>> out;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) continue;
    std::istringstream columns(line);
    std::string number, form, tag;
    if (numbered) columns >> number;
    columns >> form >> tag;
    if (!tag.empty() || (!out.empty() && !out.back().first.empty())) out.emplace_back(form, tag);
  }
  return out;
}

/// Names of a treebank, whose text it is; the corpus of names may have another order of sentences.
NameGold treebank_names(const std::filesystem::path& trees, const std::filesystem::path& names,
                        bool gold_tokens) {
  using Lengths = std::vector<std::pair<uint32_t, std::string>>;  // of words, with their tags
  std::map<std::string, Lengths> tags_of;                         // of a sentence, by its letters
  std::string letters;
  Lengths tags;
  auto lines = read_bio_lines(names, names.extension() == ".iob2");
  lines.emplace_back();
  for (const auto& [form, tag] : lines) {
    if (form.empty()) {
      tags_of[letters] = tags;
      letters.clear();
      tags.clear();
    } else {
      letters += form;
      tags.emplace_back(static_cast<uint32_t>(form.size()), tag);
    }
  }
  const std::vector<TreeSentence> sentences = read_conllu(trees);
  NameGold gold;
  Analysis ignored;
  gold.document = raw_text(sentences, ignored);
  if (gold_tokens) give_tokens(sentences, gold.document);
  NameGatherer gatherer(gold.names);
  uint32_t at = 0, missing = 0;
  for (const TreeSentence& sentence : sentences) {
    letters.clear();
    for (const TreeWord& word : sentence.words)
      for (const char c : word.form)
        if (c != ' ') letters += c;
    const auto found = tags_of.find(letters);
    missing += found == tags_of.end();
    uint32_t from = at;
    if (found != tags_of.end())
      for (const auto& [size, tag] : found->second) {
        gatherer.add(tag, {from, from + size});
        from += size;
      }
    gatherer.finish();
    at += static_cast<uint32_t>(letters.size());
  }
  if (missing > 0)
    std::printf("%s: %u sentences of %s are missing\n", names.c_str(), missing, trees.c_str());
  return gold;
}

bool is_one_of(const std::string& form, std::initializer_list<const char*> forms) {
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

/// Names of a corpus of words: a sentence a block.
NameGold corpus_names(const std::filesystem::path& file) {
  NameGold gold;
  NameGatherer gatherer(gold.names);
  uint32_t at = 0, begin = 0;
  std::string before;
  bool in_quotes = false;
  auto lines = read_bio_lines(file, false);
  lines.emplace_back();
  for (const auto& [form, tag] : lines) {
    doc::Document& d = gold.document;
    if (form.empty()) {
      gatherer.finish();
      if (d.text.size() > begin)
        d.blocks.push_back({{begin, static_cast<uint32_t>(d.text.size())}, doc::BlockRole::body});
      d.text += "\n\n";
      begin = static_cast<uint32_t>(d.text.size());
      before.clear();
      in_quotes = false;
      continue;
    }
    const bool quote = form == "\"", closes = quote && in_quotes;
    const bool tight = before.empty() || closes || (before == "\"" && in_quotes) ||
                       is_one_of(form, {".", ",", ";", ":", "?", "!", ")", "]", "%", "'s", "n't",
                                        "'", "'re", "'ve", "'ll", "'d", "'m"}) ||
                       is_one_of(before, {"(", "[", "$"});
    if (!tight) d.text += ' ';
    if (quote) in_quotes = !in_quotes;
    d.text += form;
    before = form;
    gatherer.add(tag, {at, at + static_cast<uint32_t>(form.size())});
    at += static_cast<uint32_t>(form.size());
  }
  return gold;
}

/// A corpus's words for our types; its other types, and ours without a word, are left out.
struct NameCorpusRow {
  const char* label;
  const char* trees;  // or null
  const char* names;
  std::map<std::string, std::string> ours;    // our type -> the corpus's
  std::map<std::string, std::string> theirs;  // joins finer types of the corpus
};

const std::map<std::string, std::string> kPersonLocOrg = {
    {"Person", "PER"}, {"Place", "LOC"}, {"Facility", "LOC"}, {"Organization", "ORG"}};
const std::map<std::string, std::string> kGumTypes = {{"Person", "PERSON"},
                                                      {"Place", "PLACE"},
                                                      {"Facility", "PLACE"},
                                                      {"Organization", "ORG"},
                                                      {"Event", "EVENT"}};

const std::vector<NameCorpusRow> kNameCorpora = {
    {"uner-dev", "ud-ewt/dev.conllu", "uner-ewt/dev.iob2", kPersonLocOrg, {}},
    {"uner-test", "ud-ewt/test.conllu", "uner-ewt/test.iob2", kPersonLocOrg, {}},
    {"gum-dev", "gum-open/dev.conllu", "gum-open/dev.named-derived.bio", kGumTypes, {}},
    {"gum-test", "gum-open/test.conllu", "gum-open/test.named-derived.bio", kGumTypes, {}},
    {"crossner-dev",
     nullptr,
     "crossner-politics/dev.bio",
     {{"Person", "person"},
      {"Organization", "organisation"},
      {"Place", "location"},
      {"Facility", "location"},
      {"Event", "event"}},
     {{"politician", "person"},
      {"politicalparty", "organisation"},
      {"country", "location"},
      {"election", "event"}}},
    {"wikigold", nullptr, "wikigold/all.bio", kPersonLocOrg, {}},
};

}  // namespace

Evaluator::Evaluator(const std::filesystem::path& schema_dir, nlp::Tier tier) {
  const std::clock_t start = std::clock();
  schema_ = schema::Schema::load(schema_dir);
  const std::clock_t loaded = std::clock();
  stages_ = pipeline::language_stages(schema_, tier);
  for (const auto& stage : stages_) scratch_.push_back(stage->make_scratch());
  std::printf("load: schema %.0f ms, models %.0f ms\n", 1000.0 * (loaded - start) / CLOCKS_PER_SEC,
              1000.0 * (std::clock() - loaded) / CLOCKS_PER_SEC);
}

void Evaluator::run(doc::Document& document, bool has_tokens) {
  for (size_t i = has_tokens ? 1 : 0; i < stages_.size(); ++i)
    stages_[i]->run(document, *scratch_[i]);
}

void Evaluator::trees(const std::filesystem::path& conllu, const std::string& label,
                      bool gold_tokens) {
  Analysis expected;
  const std::vector<TreeSentence> gold = read_conllu(conllu);
  doc::Document document = raw_text(gold, expected);
  if (gold_tokens) give_tokens(gold, document);
  run(document, gold_tokens);
  const Analysis found = read_off(document);
  size_t words = 0, sentences = 0, upos = 0, xpos = 0, lemmas = 0, uas = 0, las = 0;
  for (const Span& span : found.sentences) sentences += expected.sentences.count(span);
  for (const auto& [span, row] : found.words) {
    const auto place = expected.words.find(span);
    if (place == expected.words.end()) continue;
    const Row& want = place->second;
    ++words;
    upos += row.upos == want.upos;
    xpos += row.xpos == want.xpos;
    lemmas += row.lemma == want.lemma;
    uas += row.head == want.head;
    las += row.head == want.head && row.deprel == want.deprel;
  }
  const size_t system = found.words.size(), all = expected.words.size();
  std::printf(
      "trees %-8s words %.2f sentences %.2f upos %.2f xpos %.2f lemmas %.2f uas %.2f las %.2f\n",
      label.c_str(), f1(words, system, all),
      f1(sentences, found.sentences.size(), expected.sentences.size()), f1(upos, system, all),
      f1(xpos, system, all), f1(lemmas, system, all), f1(uas, system, all), f1(las, system, all));
}

void Evaluator::names(const std::filesystem::path& data, bool gold_tokens) {
  for (const NameCorpusRow& row : kNameCorpora) {
    const bool is_treebank = row.trees != nullptr;
    NameGold gold = is_treebank ? treebank_names(data / row.trees, data / row.names, gold_tokens)
                                : corpus_names(data / row.names);
    if (gold_tokens && !is_treebank) {
      stages_[0]->run(gold.document, *scratch_[0]);
      join_sentences(gold.document);
    }
    run(gold.document, gold_tokens);
    std::set<std::string> known;
    for (const auto& [ours, theirs] : row.ours) known.insert(theirs);
    std::set<NamePlace> expected, found;
    for (const auto& [span, type] : gold.names) {
      const auto joined = row.theirs.find(type);
      const std::string name = joined == row.theirs.end() ? type : joined->second;
      if (known.count(name) != 0) expected.insert({span, name});
    }
    const std::vector<uint32_t> dense = dense_offsets(gold.document.text);
    double wrong = 0, right_scores = 0, wrong_scores = 0;
    size_t right = 0;
    for (const doc::NameSpan& name : gold.document.names) {
      const auto type = row.ours.find(schema_.ontology[name.type].name);
      if (type == row.ours.end()) continue;
      const core::ByteSpan bytes = gold.document.byte_span(name.tokens);
      const NamePlace place{{dense[bytes.begin], dense[bytes.end]}, type->second};
      found.insert(place);
      const bool is_right = expected.count(place) != 0;
      right += is_right;
      wrong += !is_right;
      (is_right ? right_scores : wrong_scores) += static_cast<double>(name.score);
    }
    std::printf(
        "names %-12s P %.2f R %.2f F1 %.2f (%zu names; mean score %.2f right, %.2f wrong)\n",
        row.label, 100.0 * static_cast<double>(right) / static_cast<double>(found.size()),
        100.0 * static_cast<double>(right) / static_cast<double>(expected.size()),
        f1(right, found.size(), expected.size()), expected.size(),
        right_scores / static_cast<double>(std::max<size_t>(right, 1)),
        wrong_scores / std::max(wrong, 1.0));
  }
}

void Evaluator::speed(const std::filesystem::path& text) {
  std::ifstream in(text);
  if (!in) throw core::SetupError("The text " + text.string() + " can't be opened.");
  std::vector<double> seconds(stages_.size(), 0.0);
  size_t words = 0;
  // Documents of some pages, as a reader would give them: a paragraph a block.
  doc::Document document;
  const auto finish = [&] {
    for (size_t i = 0; i < stages_.size(); ++i)
      seconds[i] += seconds_of(*stages_[i], document, *scratch_[i]);
    words += document.token_count();
    document = doc::Document();
  };
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const auto begin = static_cast<uint32_t>(document.text.size());
    document.text += line + "\n\n";
    document.blocks.push_back(
        {{begin, begin + static_cast<uint32_t>(line.size())}, doc::BlockRole::body});
    if (document.text.size() > 20000) finish();
  }
  finish();
  double total = 0;
  for (const double s : seconds) total += s;
  std::string memory = "?";
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) memory = line.substr(line.find_first_of("0123456789"));
  std::printf("memory: %s at most\n", memory.c_str());
  std::printf("speed: %zu words, %.0f words/s (", words, static_cast<double>(words) / total);
  for (size_t i = 0; i < stages_.size(); ++i)
    std::printf("%s%s %.0f", i ? ", " : "", std::string(stages_[i]->name()).c_str(),
                static_cast<double>(words) / seconds[i]);
  std::printf(")\n");
}

}  // namespace weft::train
