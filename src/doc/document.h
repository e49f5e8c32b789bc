// Document: one text and everything the stages found in it, as a structure of arrays.
//
// The text is owned, valid UTF-8, and never rewritten after reading; every offset is a byte offset
// into it. Layers are filled by stages in order (see stage/stage.h): blocks, tokens and sentences,
// tags, lemmas, trees, names, mentions and entities, times, facts. Columns of one layer have one
// length. A Document is written by one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "core/string_pool.h"
#include "doc/fact.h"
#include "doc/ud.h"

namespace weft::doc {

/// What is known of a document beside its text. Empty strings are unknown.
struct Metadata {
  std::string id;  // stable: given by the source (JSON Lines "id"), else the path relative to the
                   // input root
  std::string path;
  std::string title;
  std::string date;    // ISO 8601 date of the document itself, "2024-03-13"
  std::string source;  // publisher, "Xinhua News Agency"
  std::string author;
  std::string url;
  std::string language;  // ISO 639-1
  std::string sha256;    // of the text as stored

  friend bool operator==(const Metadata&, const Metadata&) = default;
};

/// What a stretch of text is. Only title and body are sentences; only body (and a title) gives
/// facts.
enum class BlockRole : uint8_t {
  body,  // a paragraph, a heading or an item of a list
  title,
  metadata,   // dates, source and author lines, datelines ("CHONGQING (Xinhua) --")
  furniture,  // crawl remains: "0 comment", "Related News", share bars
  repeated,   // a paragraph that repeats an earlier one: no further evidence
};

struct Block {
  core::ByteSpan
      span;  // without surrounding white space; blocks are in text order and don't overlap
  BlockRole role = BlockRole::body;
};

using TokenIndex = uint32_t;
inline constexpr TokenIndex kNoToken = 0xffffffffu;

/// Flags of Document::morph.
enum Morph : uint16_t {
  kPlural = 1 << 0,
  kPast = 1 << 1,
  kPresent = 1 << 2,
  kPassive = 1 << 3,
  kImperative = 1 << 4,
  kFinite = 1 << 5,
  kInfinitive = 1 << 6,
  kGerund = 1 << 7,
  kParticiple = 1 << 8,
};

/// What the language model says of a stretch of tokens: one of the ontology's types.
struct NameSpan {
  core::TokenSpan tokens;
  schema::TypeId type;
  float score = 0;  // 0..1
};

enum class MentionForm : uint8_t { name, description, pronoun };

/// A stretch of tokens that refers to an entity. Mentions may nest ("Jiangxi" in "Jiangxi
/// Provincial Committee").
struct Mention {
  core::TokenSpan tokens;
  TokenIndex head = kNoToken;  // its syntactic head
  LocalEntity entity = kNoEntity;
  schema::TypeId type;
  MentionForm form = MentionForm::name;
  JoinRule rule = JoinRule::name;
  float confidence = 1;
};

/// A date or duration in the text, resolved to ISO 8601 ("2024-03", "2024-10-10/2024-10-13"); empty
/// value: not resolvable.
struct TimeExpression {
  core::TokenSpan tokens;
  TokenIndex head = kNoToken;
  std::string value;
};

/// A state of each token in the encoder of the language model, as rows of bytes: value / scale +
/// 128. For the relation model of the same run; empty where the tier has none, and never stored.
struct WordStates {
  uint32_t width = 0;
  std::vector<uint8_t> bytes;
  std::vector<float> scale;  // of each token
};

class Document {
 public:
  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;

  Metadata meta;
  std::string text;
  std::vector<Block> blocks;

  // Tokens. All columns below have token_count() entries once their layer is there.
  std::vector<uint32_t> token_begin, token_end;  // bytes
  std::vector<core::StringId> norm;              // the form with plain quotes and dashes, in `pool`
  std::vector<Upos> upos;
  std::vector<Xpos> xpos;
  std::vector<uint16_t> morph;        // Morph flags
  std::vector<core::StringId> lemma;  // in `pool`
  std::vector<TokenIndex> head;       // index of the head token; a root's head is kNoToken
  std::vector<Deprel> deprel;

  std::vector<uint32_t>
      sentence_begin;  // first token of each sentence, plus token_count() at the end
  std::vector<uint32_t> sentence_block;  // the block each sentence lies in

  std::vector<NameSpan> names;        // from the annotator, in text order
  WordStates states;                  // from the annotator
  std::vector<TimeExpression> times;  // in text order
  std::vector<Mention> mentions;      // in order of (begin, longer first)
  std::vector<Entity> entities;
  std::vector<Fact> facts;

  core::StringPool pool;  // strings of the columns above

  uint32_t token_count() const { return static_cast<uint32_t>(token_begin.size()); }
  uint32_t sentence_count() const {
    return sentence_begin.empty() ? 0 : static_cast<uint32_t>(sentence_begin.size() - 1);
  }
  core::TokenSpan sentence(uint32_t i) const { return {sentence_begin[i], sentence_begin[i + 1]}; }
  /// The role of the block that the sentence lies in; body where blocks are not known. What is not
  /// prose (metadata) names things, but states nothing.
  BlockRole role_of(uint32_t sentence) const {
    return sentence < sentence_block.size() && sentence_block[sentence] < blocks.size()
               ? blocks[sentence_block[sentence]].role
               : BlockRole::body;
  }
  bool is_prose(uint32_t sentence) const {
    return role_of(sentence) == BlockRole::body || role_of(sentence) == BlockRole::title;
  }
  /// Sentence of a token, by binary search.
  uint32_t sentence_of(TokenIndex token) const;

  std::string_view bytes(core::ByteSpan span) const {
    return std::string_view(text).substr(span.begin, span.size());
  }
  /// Bytes from the first token's begin to the last token's end. The span must not be empty.
  core::ByteSpan byte_span(core::TokenSpan tokens) const {
    return {token_begin[tokens.begin], token_end[tokens.end - 1]};
  }
  std::string_view text_of(core::TokenSpan tokens) const { return bytes(byte_span(tokens)); }
  /// The token as written.
  std::string_view form(TokenIndex token) const {
    return bytes({token_begin[token], token_end[token]});
  }
  std::string_view norm_of(TokenIndex token) const { return pool[norm[token]]; }
  std::string_view lemma_of(TokenIndex token) const { return pool[lemma[token]]; }
};

}  // namespace weft::doc
