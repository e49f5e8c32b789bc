// Everything a training program needs of a corpus, as arrays of numbers. Names annotated on the
// words of a treebank (UNER on EWT, GUM's entities) are put onto its sentences, found by their
// words; a sentence without annotation may bear any name. Sentence ends are prepared on what the
// program will see: our own tokens of the raw text, a paragraph a block.
#include "prepare.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

#include "conllu.h"
#include "core/error.h"
#include "core/output_file.h"
#include "name_data.h"
#include "nlp/net_input.h"
#include "nlp/stages.h"
#include "nlp/tokenizer.h"
#include "nlp/word.h"
#include "nlp/word_pieces.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::train {

namespace {

namespace fs = std::filesystem;
using Norms = std::vector<std::string>;

constexpr std::array kSources = {"ewt", "gum", "wikigold", "crossner", "gold", "raw"};
enum SourceNumber : uint8_t { kEwt, kGum, kWikigold, kCrossner, kGold, kRaw };

struct Column {
  std::string bytes;
  template <class T>
  void put(T value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
};

/// Numbers of labels in order of first use.
struct Labels {
  std::map<std::string, int16_t> numbers;
  std::vector<std::string> names;
  int16_t number(const std::string& name) {
    const auto [place, added] = numbers.emplace(name, static_cast<int16_t>(names.size()));
    if (added) names.push_back(name);
    return place->second;
  }
};

std::vector<std::string> read_lines_of(const fs::path& file) {
  std::ifstream in(file);
  if (!in) throw core::SetupError("The file " + file.string() + " can't be opened.");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string upper_case(const std::string& word, bool first_only) {
  std::string out = word;
  for (size_t i = 0; i < out.size() && (i == 0 || !first_only); ++i)
    if (out[i] >= 'a' && out[i] <= 'z') out[i] = static_cast<char>(out[i] - 32);
  return out;
}

bool small_in_titles(const std::string& word) {
  static const std::map<std::string, int> kSmall = {
      {"a", 0},   {"an", 0}, {"the", 0}, {"of", 0}, {"in", 0}, {"on", 0}, {"at", 0},  {"to", 0},
      {"for", 0}, {"by", 0}, {"and", 0}, {"or", 0}, {"as", 0}, {"'s", 0}, {"but", 0}, {"n't", 0}};
  return kSmall.count(word) != 0;
}

/// The words in the three cases of case_shape.
std::array<Norms, 3> cases_of(const Norms& norms) {
  std::array<Norms, 3> out;
  for (size_t i = 0; i < norms.size(); ++i) {
    std::string lower;
    nlp::lower_case(norms[i], lower);
    out[0].push_back(lower);
    out[1].push_back(upper_case(norms[i], false));
    out[2].push_back(i > 0 && small_in_titles(norms[i]) ? norms[i] : upper_case(norms[i], true));
  }
  return out;
}

std::vector<std::string_view> views(const Norms& norms) { return {norms.begin(), norms.end()}; }

/// One folder of arrays.
class Part {
 public:
  Part(fs::path dir, const nlp::WordVectors& vectors, const nlp::NameKnowledge& knowledge,
       const nlp::WordPieces& pieces)
      : dir_(std::move(dir)),
        reader_(vectors, &knowledge),
        plain_(vectors, nullptr),
        pieces_(pieces) {}

  /// Words with what is known of them: `tree` and `names` may be null.
  void add(uint8_t source, const Norms& norms, const std::vector<nlp::Gap>& gaps, uint8_t begins,
           const TreeSentence* tree, const NameSentence* names, Labels& tags, Labels& deprels) {
    columns_["sentences.u32"].put(words_);
    columns_["source.u8"].put(source);
    columns_["begins.u8"].put(begins);
    add_features(norms, gaps);
    const auto labels = static_cast<size_t>(name_label_count());
    for (size_t i = 0; i < norms.size(); ++i) {
      columns_["tag.i16"].put(tree ? tags.number(tree->words[i].tag.text()) : int16_t{-1});
      columns_["deprel.i16"].put(
          tree ? deprels.number(std::string(doc::name(tree->words[i].deprel))) : int16_t{-1});
      const auto root = static_cast<int32_t>(norms.size());
      const int32_t head = tree ? tree->words[i].head : -2;
      columns_["head.i32"].put(head == root ? -1 : head);
      uint32_t allowed = names ? 0 : (1u << labels) - 1;
      for (size_t k = 0; names && k < labels; ++k)
        allowed |= names->allowed[i * labels + k] ? 1u << k : 0;
      columns_["names.u32"].put(allowed);
      words_text_ += (i ? "\t" : "") + norms[i];
    }
    words_text_ += '\n';
    words_ += static_cast<uint32_t>(norms.size());
  }

  /// A block of our own tokens; `sentence_begins[i]` says that a sentence begins at byte i of the
  /// text.
  void add_block(const nlp::Tokenizer& tokenizer, const std::string& text, core::ByteSpan block,
                 const std::vector<bool>& sentence_begins, uint8_t source) {
    std::vector<nlp::Token> tokens;
    tokenizer.tokenize(text, block, tokens);
    if (tokens.empty()) return;
    Norms norms;
    for (const nlp::Token& token : tokens)
      norms.push_back(text::plain_punctuation(text.substr(token.span.begin, token.span.size())));
    plain_.read(views(norms), inputs_);
    columns_["blocks.u32"].put(block_words_);
    columns_["block_source.u8"].put(source);
    bool pending = false;
    uint32_t seen = block.begin, end = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      // A sentence that begins inside a token begins, for us, with the next one.
      const bool inside = pending;
      bool begins = false;
      for (; seen <= tokens[i].span.begin; ++seen) begins = begins || sentence_begins[seen];
      pending = false;
      for (; seen < tokens[i].span.end; ++seen) pending = pending || sentence_begins[seen];
      const std::string between = text.substr(end, tokens[i].span.begin - end);
      const nlp::Gap gap = i == 0 ? nlp::Gap::blank : nlp::gap_of(between);
      end = tokens[i].span.end;
      for (const uint32_t row : inputs_[i].rows) columns_["block_rows.u32"].put(row);
      columns_["block_bits.u64"].put(inputs_[i].bits | nlp::gap_bit(gap) |
                                     nlp::stop_bit(tokens[i].stop));
      columns_["block_begin.u8"].put(static_cast<uint8_t>(begins || inside || i == 0));
    }
    block_words_ += static_cast<uint32_t>(tokens.size());
  }

  void write() {
    columns_["sentences.u32"].put(words_);
    columns_["blocks.u32"].put(block_words_);
    columns_["pieces_begin.u32"].put(piece_count_);
    columns_["words.txt"].bytes = words_text_;
    fs::create_directories(dir_);
    for (const auto& [name, column] : columns_) {
      core::OutputFile out(dir_ / name);
      out.write(column.bytes);
      out.commit();
    }
    std::fprintf(stderr, "%s: %u words, %u pieces, %u tokens in blocks\n", dir_.c_str(), words_,
                 piece_count_, block_words_);
  }

 private:
  void add_features(const Norms& norms, const std::vector<nlp::Gap>& gaps) {
    reader_.read(views(norms), inputs_);
    std::array<std::vector<nlp::SurfaceInput>, 3> cases;
    const auto forms = cases_of(norms);
    for (size_t k = 0; k < 3; ++k) reader_.read(views(forms[k]), cases[k]);
    for (size_t i = 0; i < norms.size(); ++i) {
      for (const uint32_t row : inputs_[i].rows) columns_["rows.u32"].put(row);
      columns_["bits.u64"].put(inputs_[i].bits | nlp::gap_bit(gaps[i]));
      for (const auto& inputs : cases) {
        columns_["case_shape.u32"].put(inputs[i].rows[nlp::kShape]);
        columns_["case_bits.u64"].put(inputs[i].bits | nlp::gap_bit(gaps[i]));
      }
      columns_["pieces_begin.u32"].put(piece_count_);
      split_.clear();
      pieces_.split(norms[i], split_);
      for (const uint16_t piece : split_) columns_["pieces.u16"].put(piece);
      piece_count_ += static_cast<uint32_t>(split_.size());
    }
  }

  fs::path dir_;
  nlp::SurfaceReader reader_, plain_;
  const nlp::WordPieces& pieces_;
  std::map<std::string, Column> columns_;
  std::string words_text_;
  std::vector<nlp::SurfaceInput> inputs_;
  std::vector<uint16_t> split_;
  uint32_t words_ = 0, block_words_ = 0, piece_count_ = 0;
};

Norms norms_of(const TreeSentence& tree) {
  Norms norms;
  for (const TreeWord& word : tree.words) norms.push_back(word.norm);
  return norms;
}

/// Name annotation by the words of the sentence.
class NamesByWords {
 public:
  explicit NamesByWords(const NameCorpus& corpus) {
    for (const NameSentence& sentence : corpus) by_words_.emplace(key(sentence.norms), &sentence);
  }
  const NameSentence* find(const Norms& norms) const {
    const auto found = by_words_.find(key(norms));
    return found == by_words_.end() ? nullptr : found->second;
  }

 private:
  static std::string key(const Norms& norms) {
    std::string out;
    for (const std::string& norm : norms) out += norm + '\n';
    return out;
  }
  std::map<std::string, const NameSentence*> by_words_;
};

class Preparer {
 public:
  explicit Preparer(const PrepareOptions& options)
      : options_(options),
        tools_(options.schema),
        tokenizer_(tools_.schema.lexicons),
        vectors_(options.schema / "models" / "en" / "vectors.bin"),
        pieces_(read_lines_of(options.vocabulary)) {
    // All parts number labels as the training part does.
    for (const char* corpus : {"ud-ewt", "gum-open"})
      for (const TreeSentence& tree : read_conllu(options.data / corpus / "train.conllu"))
        for (const TreeWord& word : tree.words) {
          tags_.number(word.tag.text());
          deprels_.number(std::string(doc::name(word.deprel)));
        }
  }

  void run() {
    if (!options_.raw.empty()) return raw();
    Part train = part("train"), dev = part("dev"), test = part("test");
    treebanks(train, "train", "train.first-draft-2022.iob2");
    treebanks(dev, "dev", "dev.iob2");
    treebanks(test, "test", "test.iob2");
    const auto& data = options_.data;
    add_names(train, kWikigold, read_bio(data / "wikigold" / "all.bio", "wikigold", tools_));
    const fs::path crossner = data / "crossner-politics";
    add_names(train, kCrossner, read_bio(crossner / "train.bio", "crossner", tools_));
    add_names(dev, kCrossner, read_bio(crossner / "dev.bio", "crossner", tools_));
    NameCorpus gold, held_out;
    read_gold(data.parent_path() / "gold" / "train", tools_, gold, held_out);
    add_names(train, kGold, gold);
    add_names(dev, kGold, held_out);
    if (!options_.passages.empty()) {
      NameCorpus passages;
      read_gold(options_.passages, tools_, passages, passages);
      add_names(train, kGold, passages);
    }
    train.write(), dev.write(), test.write();
    write_meta();
  }

 private:
  Part part(const char* name) {
    return Part(options_.out / name, vectors_, tools_.knowledge, pieces_);
  }

  void treebanks(Part& part, const std::string& name, const std::string& uner) {
    const auto& data = options_.data;
    const fs::path gum = data / "gum-open";
    treebank(part, kEwt, data / "ud-ewt" / (name + ".conllu"),
             read_bio(data / "uner-ewt" / uner, "uner", tools_));
    treebank(part, kGum, gum / (name + ".conllu"),
             read_bio(gum / (name + ".named-derived.bio"), "gum", tools_));
  }

  void treebank(Part& part, uint8_t source, const fs::path& file, const NameCorpus& corpus) {
    const NamesByWords names(corpus);
    const auto trees = read_conllu(file);
    size_t without = 0;
    for (size_t s = 0; s < trees.size(); ++s) {
      const TreeSentence& tree = trees[s];
      const Norms norms = norms_of(tree);
      std::vector<nlp::Gap> gaps;
      const bool new_block = s == 0 || tree.begins_paragraph || tree.begins_document;
      const bool space = s == 0 || trees[s - 1].words.back().space_after;
      gaps.push_back(new_block ? nlp::Gap::blank : space ? nlp::Gap::space : nlp::Gap::none);
      for (size_t i = 1; i < norms.size(); ++i)
        gaps.push_back(tree.words[i - 1].space_after ? nlp::Gap::space : nlp::Gap::none);
      const NameSentence* found = names.find(norms);
      without += found == nullptr;
      part.add(source, norms, gaps,
               static_cast<uint8_t>((tree.begins_document || s == 0) | (new_block ? 2 : 0)), &tree,
               found, tags_, deprels_);
    }
    add_blocks(part, source, trees);
    std::fprintf(stderr, "%s: %zu sentences, %zu of them without names' annotation\n", file.c_str(),
                 trees.size(), without);
  }

  /// Paragraphs as raw text.
  void add_blocks(Part& part, uint8_t source, const std::vector<TreeSentence>& trees) {
    std::string text;
    std::vector<bool> begins;
    const auto close = [&] {
      while (!text.empty() && text.back() == ' ') text.pop_back();
      begins.resize(text.size() + 1);
      if (!text.empty())
        part.add_block(tokenizer_, text, {0, static_cast<uint32_t>(text.size())}, begins, source);
      text.clear(), begins.clear();
    };
    for (const TreeSentence& tree : trees) {
      if (tree.begins_paragraph || tree.begins_document) close();
      begins.resize(text.size() + 1);
      begins[text.size()] = true;
      for (const TreeWord& word : tree.words) text += word.form + (word.space_after ? " " : "");
    }
    close();
  }

  void add_names(Part& part, uint8_t source, const NameCorpus& corpus) {
    for (const NameSentence& sentence : corpus)
      part.add(source, sentence.norms, sentence.gaps, sentence.begins_document ? 3 : 0, nullptr,
               &sentence, tags_, deprels_);
  }

  /// Each line is a document of one block: what is written does not depend on its neighbours.
  void raw() {
    Part out = part("raw");
    const auto scratch = tools_.segmenter->make_scratch();
    for (const std::string& line : read_lines_of(options_.raw)) {
      if (line.empty() || text::first_invalid_utf8(line) != text::kValid) continue;
      doc::Document document;
      document.text = line;
      document.blocks = {{{0, static_cast<uint32_t>(line.size())}, doc::BlockRole::body}};
      tools_.segmenter->run(document, *scratch);
      for (uint32_t s = 0; s < document.sentence_count(); ++s) {
        Norms norms;
        std::vector<nlp::Gap> gaps;
        for (uint32_t t = document.sentence(s).begin; t < document.sentence(s).end; ++t) {
          norms.emplace_back(document.norm_of(t));
          const uint32_t before = t == 0 ? 0 : document.token_end[t - 1];
          gaps.push_back(t == 0 ? nlp::Gap::blank
                                : nlp::gap_of(document.bytes({before, document.token_begin[t]})));
        }
        if (norms.size() <= 120)
          out.add(kRaw, norms, gaps, s == 0 ? 3 : 0, nullptr, nullptr, tags_, deprels_);
      }
    }
    out.write();
    write_meta();
  }

  void write_meta() const {
    std::ostringstream json;
    const auto list = [&](const char* name, const auto& items) {
      json << '"' << name << "\": [";
      for (size_t i = 0; i < items.size(); ++i) json << (i ? ", \"" : "\"") << items[i] << '"';
      json << "],\n ";
    };
    json << '{';
    list("sources", kSources);
    list("tags", tags_.names);
    list("deprels", deprels_.names);
    list("types", name_types());
    std::vector<std::string> known;
    for (const auto& type : tools_.schema.ontology.types()) known.push_back(type.name);
    list("gazetteer_types", known);
    json << "\"table_rows\": [" << vectors_.rows();
    for (size_t t = 1; t < nlp::kSurfaceTables; ++t) json << ", " << nlp::kTableRows[t];
    json << "],\n \"bits\": {\"flags\": " << nlp::kFlagBits << ", \"gap\": " << nlp::kGapBits
         << ", \"stop\": " << nlp::kStopBits << ", \"gazetteer\": " << nlp::kGazetteerBits
         << ", \"lists\": " << nlp::kListBits << "}}\n";
    core::OutputFile out(options_.out / "meta.json");
    out.write(json.str());
    out.commit();
    // The vectors as they will be read.
    core::OutputFile values(options_.out / "vectors.f32");
    for (uint32_t row = 0; row < vectors_.rows(); ++row)
      for (const int8_t v : vectors_.values(row)) {
        const float value = static_cast<float>(v) * vectors_.scale(row);
        values.write({reinterpret_cast<const char*>(&value), sizeof value});
      }
    values.commit();
  }

  PrepareOptions options_;
  Tools tools_;
  nlp::Tokenizer tokenizer_;
  nlp::WordVectors vectors_;
  nlp::WordPieces pieces_;
  Labels tags_, deprels_;
};

}  // namespace

void prepare(const PrepareOptions& options) { Preparer(options).run(); }

}  // namespace weft::train
