// What each paragraph of a page is, and what its head and foot say of the document.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "schema/lexicon.h"
#include "text/date.h"

namespace weft::read {

/// How far a date can be trusted to be the document's own; lower wins, among equals the first in
/// the text.
enum class DateRank : uint8_t {
  machine,
  labelled,
  line,
  among_words,
  dateline,
  updated,
  foot,
  none
};

/// What a piece of a head or foot line says.
struct LineFacts {
  bool metadata = false;      // the line says something of the document, or holds labels only
  bool wants_value = false;   // ends with a label whose value is the next line
  std::string pending_label;  // that label's meaning ("date", "source", ...)
  core::ByteSpan title{};     // bytes of the line that are a labelled title; empty: none
  std::string source, author;
  std::optional<text::Date> date;
  DateRank rank = DateRank::none;
};

/// Bytes of a line between bars, arrows, dashes or wide gaps.
struct LinePiece {
  size_t begin, end;
};

/// A dateline or reporters' bracket at the beginning of a paragraph.
struct Dateline {
  size_t size = 0;  // bytes up to the first of the text proper; 0: there is none
  std::string source, author;
  std::optional<text::Date> date;  // with a year only
};

/// Immutable; shared by all threads. Keeps references into the Lexicons, which must outlive it.
class Layout {
 public:
  explicit Layout(const schema::Lexicons& lexicons);

  /// Gives `document.blocks` their roles and fills what is empty in `document.meta`, whose title
  /// (if known from elsewhere) helps to find the title's block.
  void analyse(doc::Document& document) const;

  bool is_furniture(std::string_view line) const;
  /// `label` is the meaning of a label on the line before, or empty.
  LineFacts read_line(std::string_view line, std::string_view label) const;
  Dateline read_dateline(std::string_view paragraph) const;

 private:
  struct Label {
    size_t size = 0;  // bytes, the colon included
    std::string_view meaning;
    bool colon = false;
  };
  Label label_at(std::string_view line, size_t pos) const;
  std::vector<LinePiece> split_at_labels(std::string_view line,
                                         const std::vector<LinePiece>& pieces) const;
  bool is_menu(std::string_view line) const;
  bool is_publisher(std::string_view words) const;
  void read_unlabelled(std::string_view piece, LineFacts& facts, size_t& other_words) const;

  const schema::WordList& lines_;
  const schema::WordList& starts_;
  const schema::WordList& bar_words_;
  const schema::WordList& labels_;
  const schema::WordList& reporters_;
  const schema::WordList& media_;
  const schema::WordList& prepositions_;
};

}  // namespace weft::read
