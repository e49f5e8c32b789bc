// Tables for people, and what they share with the other formats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/render.h"

namespace weft::cli {

std::string render_table(const query::Table& table, const Style& style);

/// A cell as text; lists joined by `separator`; nothing is an empty string. Reals with as many
/// digits as they need.
std::string plain_cell(const query::Cell& cell, std::string_view separator);
/// Indices of the columns that tables for people show.
std::vector<size_t> shown_columns(const query::Table& table, bool all_columns);
/// True if every cell that holds something holds a number.
bool is_numeric(const query::Table& table, size_t column);

}  // namespace weft::cli
