// One pair of options with one meaning for `weft query`, `weft shell` and `weft export --query`.
// Numbers may have a fraction; 0 lifts the limit.
#include "cli/query_limits.h"

#include <charconv>
#include <chrono>

namespace weft::cli {

namespace {

double number(const std::string& text, std::string_view option) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || !(out >= 0 && out <= 1e9))
    throw core::SetupError("\"" + text + "\" is no value for " + std::string(option) +
                           ". It takes a number; 0 means no limit.");
  return out;
}

}  // namespace

void declare_limits(OptionSet& options, LimitWords& words) {
  options.value("--timeout", "SECONDS", words.timeout,
                "end the query after this time; 0: never (default: 60)");
  options.value("--max-memory", "MB", words.memory,
                "end the query if its values take more; 0: no limit (default: 1024)");
}

query::Limits limits_from(const LimitWords& words) {
  query::Limits limits;
  limits.timeout =
      std::chrono::milliseconds(static_cast<int64_t>(number(words.timeout, "--timeout") * 1000));
  limits.memory = static_cast<size_t>(number(words.memory, "--max-memory") * (1 << 20));
  return limits;
}

}  // namespace weft::cli
