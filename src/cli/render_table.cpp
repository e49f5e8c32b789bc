// Lays out columns for people. Every column first gets its natural width; if the sum is too wide,
// the narrow columns keep theirs and the wide ones share what is left evenly, wrapping their values
// (water filling, as browsers lay out tables). Where that leaves a wrapped column under kNarrowest
// cells, each row is written as a block of lines instead. O(cells).
#include "cli/render_table.h"

#include <algorithm>
#include <cstdio>

#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

using query::Cell;
using query::Show;
using query::Table;

constexpr unsigned kGap = 2;         // cells between columns
constexpr unsigned kNarrowest = 12;  // a wrapped column narrower than this is unreadable
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kFaint = "\x1b[2m";
constexpr const char* kPlain = "\x1b[0m";

std::string cell_text(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.2f", *number);
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

/// Widths that fit into `limit` cells, or an empty vector if no readable ones do.
std::vector<unsigned> fit_widths(std::vector<unsigned> natural, unsigned limit) {
  const unsigned gaps = kGap * static_cast<unsigned>(natural.size() - 1);
  unsigned total = gaps;
  for (const unsigned w : natural) total += w;
  if (limit == 0 || total <= limit) return natural;
  if (limit <= gaps) return {};
  // Raise the cap until the columns under it leave room for the others.
  std::vector<unsigned> sorted = natural;
  std::sort(sorted.begin(), sorted.end());
  unsigned left = limit - gaps;
  size_t columns = sorted.size();
  for (const unsigned w : sorted) {
    if (w > left / columns) break;
    left -= w;
    --columns;
  }
  const unsigned cap = left / static_cast<unsigned>(columns);
  if (cap < kNarrowest) return {};
  unsigned spare = left - cap * static_cast<unsigned>(columns);
  for (unsigned& w : natural)
    if (w > cap) {
      w = cap + (spare > 0 ? 1 : 0);
      if (spare > 0) --spare;
    }
  return natural;
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
      if (text.empty()) continue;
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
  std::vector<unsigned> natural;
  std::vector<bool> right;
  for (size_t i = 0; i < shown.size(); ++i) {
    headings.push_back(heading(table.columns[shown[i]].name));
    right.push_back(is_numeric(table, shown[i]));
    unsigned width = display_width(headings.back());
    for (const auto& row : rows) width = std::max(width, display_width(row[i]));
    natural.push_back(width);
  }
  const std::vector<unsigned> widths = fit_widths(natural, style.width);
  if (widths.empty()) return blocks_layout(table, shown, headings, style);
  return columns_layout(headings, rows, widths, right, style.color);
}

}  // namespace weft::cli
