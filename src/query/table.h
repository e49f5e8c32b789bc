// What every question is answered with: one table, which the command line prints in any of its
// formats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weft::query {

/// Nothing, text, an integer, a real number, or a list of texts. Texts are UTF-8 and may hold
/// anything a document holds.
using Cell = std::variant<std::monostate, std::string, int64_t, double, std::vector<std::string>>;

/// When a table drawn for people shows a column. Formats that programs read always have every
/// column.
enum class Show : uint8_t {
  always,
  if_unusual,  // unless every cell is empty or has the column's usual value
  on_request,  // ids and figures that are in the way of reading
};

struct Column {
  std::string name;  // lower-case, words joined by _: a key of JSON and a heading
  Show show = Show::always;
  std::string usual{};   // for if_unusual
  bool grouped = false;  // a table drawn for people leaves out a value that repeats the row above
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // each as long as `columns`
  std::vector<std::string> notes;       // full sentences about the answer, for standard error

  /// Index of the column of that name, or columns.size().
  size_t column(std::string_view name) const;
};

/// Text, or nothing if it is empty.
Cell text_or_nothing(std::string_view text);
/// The shortest decimal number that reads back as this float: 0.9f gives 0.9, not 0.899999976.
Cell real(float value);

}  // namespace weft::query
