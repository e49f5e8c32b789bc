// Lays out columns for people. If their natural widths are too wide in sum, the widest columns are
// capped, all at one width, the largest that fits, and wrap their values; words are cut only if
// nothing else helps. Where even caps of kNarrowest cells don't fit, each row is written as a block
// of lines instead. O(cells + columns x width of the terminal).
#include "cli/render_table.h"

#include <algorithm>
#include <cstdio>

#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

using query::Cell;
using query::Show;
using query::Table;

constexpr unsigned kGap = 2;           // cells between columns
constexpr unsigned kNarrowest = 9;     // a wrapped column narrower than this is unreadable
constexpr unsigned kShortestCut = 12;  // shorter words are never cut
constexpr unsigned kLongestWord = 32;  // longer words may be cut although other columns could yield
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kFaint = "\x1b[2m";
constexpr const char* kPlain = "\x1b[0m";

std::string cell_text(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) {
    char buffer[64];
    // Shares of a large graph are small.
    std::snprintf(buffer, sizeof buffer, *number == 0 || *number >= 0.1 ? "%.2f" : "%.4f", *number);
    return buffer;
  }
  return visible(plain_cell(cell, "; "));
}

std::string heading(const std::string& column) {
  std::string out = column;
  std::replace(out.begin(), out.end(), '_', ' ');
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

/// The cells of the shown columns, with values that repeat the row above left out in grouped
/// columns.
std::vector<std::vector<std::string>> texts(const Table& table, const std::vector<size_t>& shown) {
  std::vector<std::vector<std::string>> out;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    std::vector<std::string> row;
    bool repeats = r > 0;  // a group ends where a grouped column left of it changes
    for (const size_t c : shown) {
      if (table.columns[c].grouped) repeats = repeats && table.rows[r][c] == table.rows[r - 1][c];
      row.push_back(table.columns[c].grouped && repeats ? "" : cell_text(table.rows[r][c]));
    }
    out.push_back(std::move(row));
  }
  return out;
}

/// Widths that fit into `limit` cells: as wide as its widest value or as the cap, the largest that
/// fits, but no narrower than its longest word. An empty vector if no readable cap does.
std::vector<unsigned> fit_widths(const std::vector<unsigned>& natural,
                                 const std::vector<unsigned>& words, unsigned limit) {
  const unsigned gaps = kGap * static_cast<unsigned>(natural.size() - 1);
  // If not even the longest words fit, they may be cut.
  for (const unsigned longest : {kLongestWord, kShortestCut}) {
    for (unsigned cap = std::max(limit, kNarrowest); cap >= kNarrowest; --cap) {
      std::vector<unsigned> widths;
      unsigned total = gaps;
      for (size_t c = 0; c < natural.size(); ++c) {
        const unsigned least = std::min(words[c], longest);
        widths.push_back(std::min(natural[c], std::max(cap, least)));
        total += widths.back();
      }
      if (total <= limit) return widths;
    }
  }
  return {};
}

/// Cells of the longest word of a text.
unsigned longest_word(std::string_view text) {
  unsigned longest = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    longest = std::max(longest, display_width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

void append_line(std::string& out, const std::vector<std::string>& cells,
                 const std::vector<unsigned>& widths, const std::vector<bool>& right,
                 const char* style) {
  std::string line;
  for (size_t c = 0; c < cells.size(); ++c) {
    if (c > 0) line.append(kGap, ' ');
    const unsigned pad = widths[c] - std::min(widths[c], display_width(cells[c]));
    if (right[c]) line.append(pad, ' ');
    line += cells[c];
    if (!right[c]) line.append(pad, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += *style ? style + line + kPlain : line;
  out += '\n';
}

std::string columns_layout(const std::vector<std::string>& headings,
                           const std::vector<std::vector<std::string>>& rows,
                           const std::vector<unsigned>& widths, const std::vector<bool>& right,
                           bool color) {
  std::string out;
  append_line(out, headings, widths, right, color ? kBold : "");
  for (const auto& row : rows) {
    std::vector<std::vector<std::string>> wrapped;
    size_t height = 1;
    for (size_t c = 0; c < row.size(); ++c) {
      wrapped.push_back(wrap(row[c], widths[c]));
      height = std::max(height, wrapped.back().size());
    }
    for (size_t l = 0; l < height; ++l) {
      std::vector<std::string> line;
      for (const auto& lines : wrapped) line.push_back(l < lines.size() ? lines[l] : "");
      append_line(out, line, widths, right, "");
    }
  }
  return out;
}

/// One "HEADING  value" a line; an empty line between rows.
std::string blocks_layout(const Table& table, const std::vector<size_t>& shown,
                          const std::vector<std::string>& headings, const Style& style) {
  unsigned widest = 0;
  for (const std::string& h : headings) widest = std::max(widest, display_width(h));
  const unsigned room = style.width > widest + kGap + kNarrowest ? style.width - widest - kGap : 0;
  std::string out;
  for (const auto& row : table.rows) {
    if (!out.empty()) out += '\n';
    for (size_t i = 0; i < shown.size(); ++i) {
      const std::string text = cell_text(row[shown[i]]);
      const query::Column& column = table.columns[shown[i]];
      if (text.empty() || (column.show == Show::if_unusual && text == column.usual)) continue;
      std::string head = headings[i] + std::string(widest - display_width(headings[i]), ' ');
      if (style.color) head = kFaint + head + kPlain;
      for (const std::string& line : wrap(text, room)) {
        out += head + std::string(kGap, ' ') + line + '\n';
        head.assign(widest, ' ');
      }
    }
  }
  return out;
}

}  // namespace

bool is_numeric(const Table& table, size_t column) {
  bool some = false;
  for (const auto& row : table.rows) {
    const Cell& cell = row[column];
    if (std::holds_alternative<std::monostate>(cell)) continue;
    if (!std::holds_alternative<int64_t>(cell) && !std::holds_alternative<double>(cell))
      return false;
    some = true;
  }
  return some;
}

std::vector<size_t> shown_columns(const Table& table, bool all_columns) {
  std::vector<size_t> out;
  for (size_t c = 0; c < table.columns.size(); ++c) {
    const query::Column& column = table.columns[c];
    const bool unusual =
        std::any_of(table.rows.begin(), table.rows.end(), [&](const std::vector<Cell>& row) {
          const std::string text = plain_cell(row[c], "|");
          return !text.empty() && text != column.usual;
        });
    if (all_columns || column.show == Show::always || (column.show == Show::if_unusual && unusual))
      out.push_back(c);
  }
  return out;
}

std::string render_table(const Table& table, const Style& style) {
  if (table.rows.empty()) return {};
  const std::vector<size_t> shown = shown_columns(table, style.all_columns);
  if (shown.empty()) return {};
  const auto rows = texts(table, shown);
  std::vector<std::string> headings;
  std::vector<unsigned> natural, words;
  std::vector<bool> right;
  for (size_t i = 0; i < shown.size(); ++i) {
    headings.push_back(heading(table.columns[shown[i]].name));
    right.push_back(is_numeric(table, shown[i]));
    unsigned width = display_width(headings.back());
    for (const auto& row : rows) width = std::max(width, display_width(row[i]));
    natural.push_back(width);
    unsigned word = 0;
    for (const auto& row : rows) word = std::max(word, longest_word(row[i]));
    words.push_back(word);
  }
  const std::vector<unsigned> widths =
      style.width == 0 ? natural : fit_widths(natural, words, style.width);
  if (widths.empty()) return blocks_layout(table, shown, headings, style);
  return columns_layout(headings, rows, widths, right, style.color);
}

}  // namespace weft::cli
