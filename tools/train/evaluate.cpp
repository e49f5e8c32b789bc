// The measure of Zeman et al. (2018): system and gold words are aligned by their characters (white
// space left out); a word counts where its span is equal and, for the columns, where the label,
// lemma or head's span is equal too. The gold tokens of a treebank spell its text, so the alignment
// needs no search. Blocks are the treebank's paragraphs.
#include "evaluate.h"

#include <cstdio>
#include <ctime>
#include <map>
#include <set>

#include "nlp/stages.h"
#include "schema/schema.h"

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

Analysis read_off(const doc::Document& document) {
  std::vector<uint32_t> dense(document.text.size() + 1);
  for (size_t i = 0; i < document.text.size(); ++i)
    dense[i + 1] = dense[i] + (document.text[i] != ' ' && document.text[i] != '\n');
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

struct Chain {
  std::vector<std::unique_ptr<stage::Stage>> stages;
  explicit Chain(const std::filesystem::path& schema_dir) {
    const auto lexicons = schema::Lexicons::load(schema_dir / "lexicons");
    const auto models = schema_dir / "models" / "en";
    stages.push_back(nlp::make_segmenter(lexicons));
    stages.push_back(nlp::make_tagger(models));
    stages.push_back(nlp::make_lemmatizer(models));
    stages.push_back(nlp::make_parser(models));
  }
};

}  // namespace

void evaluate(const std::vector<TreeSentence>& gold, const std::string& label,
              const std::filesystem::path& schema_dir) {
  Analysis expected;
  doc::Document document = raw_text(gold, expected);
  const Chain chain(schema_dir);
  std::vector<double> seconds;
  for (const auto& stage : chain.stages) {
    const auto scratch = stage->make_scratch();
    const std::clock_t start = std::clock();  // processor time: the machine may be busy
    stage->run(document, *scratch);
    seconds.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
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
  double total = 0;
  for (const double s : seconds) total += s;
  std::printf(
      "%-10s words %.2f sentences %.2f upos %.2f xpos %.2f lemmas %.2f uas %.2f las %.2f | %.0f "
      "words/s (",
      label.c_str(), f1(words, system, all),
      f1(sentences, found.sentences.size(), expected.sentences.size()), f1(upos, system, all),
      f1(xpos, system, all), f1(lemmas, system, all), f1(uas, system, all), f1(las, system, all),
      static_cast<double>(system) / total);
  for (size_t i = 0; i < seconds.size(); ++i)
    std::printf("%s%s %.0fk", i ? ", " : "", std::string(chain.stages[i]->name()).c_str(),
                static_cast<double>(system) / seconds[i] / 1000);
  std::printf(")\n");
}

void show(const std::string& text, const std::filesystem::path& schema_dir) {
  doc::Document document;
  document.text = text;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin)
      document.blocks.push_back(
          {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, doc::BlockRole::body});
    begin = end + 1;
  }
  const Chain chain(schema_dir);
  for (const auto& stage : chain.stages) stage->run(document, *stage->make_scratch());
  const schema::Schema schema = schema::Schema::load(schema_dir);
  const auto names = nlp::make_name_tagger(schema_dir / "models" / "en", schema);
  names->run(document, *names->make_scratch());
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const core::TokenSpan tokens = document.sentence(s);
    for (uint32_t t = tokens.begin; t < tokens.end; ++t)
      std::printf("%u\t%s\t%s\t%s\t%s\t%u\t%u\t%s\n", t - tokens.begin + 1,
                  std::string(document.form(t)).c_str(), std::string(document.lemma_of(t)).c_str(),
                  std::string(doc::name(document.upos[t])).c_str(),
                  std::string(doc::name(document.xpos[t])).c_str(), document.morph[t],
                  document.head[t] == doc::kNoToken ? 0 : document.head[t] - tokens.begin + 1,
                  std::string(doc::name(document.deprel[t])).c_str());
    std::printf("\n");
  }
  for (const doc::NameSpan& name : document.names)
    std::printf("# %s: %s (%.2f)\n", schema.ontology[name.type].name.c_str(),
                std::string(document.text_of(name.tokens)).c_str(),
                static_cast<double>(name.score));
}

}  // namespace weft::train
