// Annotator: tags, trees and names of a document by one net, in one pass over its words. Sentences
// are put side by side until a batch is full; one that is very long is cut into pieces whose roots
// hang on the first one's, so that no input costs more than its length.
#include <algorithm>
#include <array>

#include "nlp/name_knowledge.h"
#include "nlp/net.h"
#include "nlp/stages.h"

namespace weft::nlp {

namespace {

constexpr uint32_t kLongestPiece = 400;  // words
constexpr uint8_t kNowhere = 0xff;
constexpr size_t kBatchWords = 160;  // a batch is run once it has as many

/// A stretch of the document's tokens that is one stretch of the batch.
struct Piece {
  core::TokenSpan tokens;
  bool goes_on = false;  // the sentence of the piece before goes on here
};

struct AnnotatorScratch : stage::Scratch {
  AnnotatorScratch(const WordVectors& vectors, const NameKnowledge& knowledge)
      : surfaces(vectors, &knowledge) {}
  SurfaceReader surfaces;
  std::vector<std::string_view> norms;
  std::vector<SurfaceInput> inputs;
  NetBatch batch;
  std::vector<Piece> pieces;
  NetScratch net;
  NetAnswers answers;
  uint32_t first_root = doc::kNoToken;  // of the sentence that is cut into pieces
};

class Annotator : public stage::Stage {
 public:
  Annotator(const std::filesystem::path& dir, const schema::Schema& schema, Tier tier,
            const Kernels& kernels)
      : vectors_(dir / "vectors.bin"),
        net_(dir / (std::string(name_of(tier)) + ".bin"), name_of(tier), vectors_, kernels),
        knowledge_(schema) {
    const NetSpec& spec = net_.spec();
    if (spec.tags.empty() || spec.deprels.empty() || spec.types.empty())
      net_.refuse("it lacks a head for tags, trees or names");
    std::error_code ignored;
    if (const auto relations = dir / kRelationFile; std::filesystem::exists(relations, ignored))
      net_.add_branch(relations);
    for (const std::string& type : spec.types) {
      types_.push_back(schema.ontology.type(type));
      if (!types_.back().valid()) net_.refuse("the ontology has no type " + type);
    }
    for (size_t t = 0; t < 16; ++t) {
      const std::string type =
          t < schema.ontology.types().size() ? schema.ontology.types()[t].name : std::string();
      const auto found = std::find(spec.gazetteer.begin(), spec.gazetteer.end(), type);
      place_of_type_[t] = found == spec.gazetteer.end()
                              ? kNowhere
                              : static_cast<uint8_t>(found - spec.gazetteer.begin());
      if (!type.empty()) same_types_ = same_types_ && place_of_type_[t] == t;
    }
  }

  std::string_view name() const override { return "annotator"; }
  uint32_t needs() const override { return stage::kTokens; }
  uint32_t gives() const override { return stage::kTags | stage::kTrees | stage::kNames; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    return std::make_unique<AnnotatorScratch>(vectors_, knowledge_);
  }

  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<AnnotatorScratch&>(scratch);
    const uint32_t count = document.token_count();
    document.upos.assign(count, doc::Upos::X);
    document.xpos.assign(count, doc::Xpos::XX);
    document.morph.assign(count, 0);
    document.head.assign(count, doc::kNoToken);
    document.deprel.assign(count, doc::Deprel::root);
    document.names.clear();
    document.states = {};
    document.states.width = net_.state_width();
    document.states.bytes.resize(size_t{count} * net_.state_width());
    document.states.scale.resize(net_.state_width() == 0 ? 0 : count);
    own.batch.clear();
    own.pieces.clear();
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      const core::TokenSpan sentence = document.sentence(s);
      for (uint32_t begin = sentence.begin; begin < sentence.end; begin += kLongestPiece) {
        const uint32_t end = std::min(sentence.end, begin + kLongestPiece);
        add(document, s, {{begin, end}, begin > sentence.begin}, own);
        if (own.batch.words.size() >= kBatchWords) flush(document, own);
      }
    }
    flush(document, own);
  }

 private:
  void add(const doc::Document& document, uint32_t sentence, const Piece& piece,
           AnnotatorScratch& own) const {
    own.norms.clear();
    for (uint32_t t = piece.tokens.begin; t < piece.tokens.end; ++t)
      own.norms.push_back(document.norm_of(t));
    own.surfaces.read(own.norms, own.inputs);
    if (!same_types_)
      for (SurfaceInput& input : own.inputs) input.bits = as_trained(input.bits);
    for (size_t i = 0; i < own.inputs.size(); ++i)
      own.inputs[i].bits |= gap_bit(gap_before(document, sentence, piece.tokens.begin + i));
    NetBatch& batch = own.batch;
    batch.words.insert(batch.words.end(), own.inputs.begin(), own.inputs.end());
    batch.begin.push_back(static_cast<uint32_t>(batch.words.size()));
    if (const WordPieces* pieces = net_.pieces())
      for (const std::string_view norm : own.norms) {
        pieces->split(norm, batch.pieces);
        batch.piece_begin.push_back(static_cast<uint32_t>(batch.pieces.size()));
      }
    own.pieces.push_back(piece);
  }

  void flush(doc::Document& document, AnnotatorScratch& own) const {
    if (own.pieces.empty()) return;
    net_.run(own.batch, own.net, own.answers);
    uint32_t row = 0;
    for (const Piece& piece : own.pieces) {
      take_words(document, piece, row, own);
      take_states(document, piece, row, own.answers.states);
      row += piece.tokens.size();
    }
    take_names(document, own);
    own.batch.clear();
    own.pieces.clear();
  }

  void take_words(doc::Document& document, const Piece& piece, uint32_t row,
                  AnnotatorScratch& own) const {
    const NetSpec& spec = net_.spec();
    for (uint32_t i = 0; i < piece.tokens.size(); ++i) {
      const uint32_t t = piece.tokens.begin + i;
      const TagLabel& tag = spec.tags[own.answers.tags[row + i]];
      document.upos[t] = tag.upos;
      document.xpos[t] = tag.xpos;
      document.morph[t] = tag.morph;
      const int32_t head = own.answers.heads[row + i];
      if (head >= 0) {
        document.head[t] = piece.tokens.begin + static_cast<uint32_t>(head) - row;
        document.deprel[t] = spec.deprels[own.answers.deprels[row + i]];
      } else if (piece.goes_on) {
        document.head[t] = own.first_root;
        document.deprel[t] = doc::Deprel::parataxis;
      } else {
        own.first_root = t;
      }
    }
  }

  void take_states(doc::Document& document, const Piece& piece, uint32_t row,
                   const StateRows& states) const {
    const size_t width = net_.state_width(), first = piece.tokens.begin;
    if (width == 0) return;
    std::copy_n(&states.bytes[row * width], piece.tokens.size() * width,
                &document.states.bytes[first * width]);
    std::copy_n(&states.scale[row], piece.tokens.size(), &document.states.scale[first]);
  }

  void take_names(doc::Document& document, AnnotatorScratch& own) const {
    size_t p = 0;
    uint32_t row = 0;  // first row of piece p
    for (const NetName& name : own.answers.names) {
      while (name.begin >= row + own.pieces[p].tokens.size()) row += own.pieces[p++].tokens.size();
      const uint32_t begin = own.pieces[p].tokens.begin + name.begin - row;
      document.names.push_back(
          {{begin, begin + name.end - name.begin}, types_[name.type], name.score});
    }
  }

  /// Puts the gazetteer's bits where they stood when the net was trained; the ontology may have
  /// changed since.
  uint64_t as_trained(uint64_t bits) const {
    uint64_t out = bits & ~(0xffffffffull << kGazetteerBits);
    for (size_t t = 0; t < 16; ++t)
      if (place_of_type_[t] != kNowhere)
        out |= (bits >> (kGazetteerBits + 2 * t) & 3) << (kGazetteerBits + 2 * place_of_type_[t]);
    return out;
  }

  /// Blocks begin behind a blank line, as paragraphs do in the treebanks, however they are laid
  /// out.
  static Gap gap_before(const doc::Document& document, uint32_t sentence, size_t token) {
    if (token == document.sentence_begin[sentence] &&
        (sentence == 0 ||
         document.sentence_block[sentence] != document.sentence_block[sentence - 1]))
      return Gap::blank;
    return gap_of(document.bytes({document.token_end[token - 1], document.token_begin[token]}));
  }

  WordVectors vectors_;
  Net net_;
  NameKnowledge knowledge_;
  std::vector<schema::TypeId> types_;
  std::array<uint8_t, 16> place_of_type_{};  // of the gazetteer's type: its number in the net
  bool same_types_ = true;
};

}  // namespace

std::string_view name_of(Tier tier) { return tier == Tier::fast ? "fast" : "accurate"; }

std::optional<Tier> tier_named(std::string_view name) {
  for (const Tier tier : {Tier::fast, Tier::accurate})
    if (name == name_of(tier)) return tier;
  return std::nullopt;
}

Tier best_tier(const std::filesystem::path& models_dir) {
  std::error_code ignored;
  return std::filesystem::exists(models_dir / "accurate.bin", ignored) ? Tier::accurate
                                                                       : Tier::fast;
}

std::unique_ptr<stage::Stage> make_annotator(const std::filesystem::path& models_dir,
                                             const schema::Schema& schema, Tier tier,
                                             const Kernels& kernels) {
  return std::make_unique<Annotator>(models_dir, schema, tier, kernels);
}

}  // namespace weft::nlp
