// Shows where in a query something is wrong: the line it is in, at most kShown characters of it,
// and a caret. Columns count characters. O(length of the query).
#include "query/language/fault.h"

#include <algorithm>

namespace weft::query::language {

namespace {

constexpr size_t kShown = 100;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

size_t characters(std::string_view s) {
  return static_cast<size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return !continues(c); }));
}

}  // namespace

std::string_view name(Trouble t) {
  constexpr std::string_view kNames[] = {
      "SyntaxError",      "TypeError", "ArgumentError", "ArithmeticError",
      "ParameterMissing", "Refused",   "Limit"};
  return kNames[static_cast<size_t>(t)];
}

std::string with_place(std::string_view query, size_t at, std::string_view message) {
  at = std::min(at, query.size());
  const size_t before = at == 0 ? std::string_view::npos : query.rfind('\n', at - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const size_t end = std::min(query.find('\n', at), query.size());
  const auto line =
      std::count(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(begin), '\n') + 1;
  const std::string_view left = query.substr(begin, at - begin);
  std::string out = "line " + std::to_string(line) + ", column " +
                    std::to_string(characters(left) + 1) + ": " + std::string(message);
  // The part of the line around the place, cut at character borders.
  size_t from = at - begin > kShown / 2 ? at - kShown / 2 : begin;
  while (from > begin && continues(query[from])) --from;
  size_t to = std::min(end, from + kShown);
  while (to < end && continues(query[to])) ++to;
  std::string shown(query.substr(from, to - from));
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  std::replace(shown.begin(), shown.end(), '\r', ' ');
  const std::string lead = from > begin ? "..." : "";
  out += "\n  " + lead + shown + (to < end ? "..." : "");
  out += "\n  " + std::string(lead.size() + characters(query.substr(from, at - from)), ' ') + "^";
  return out;
}

}  // namespace weft::query::language
