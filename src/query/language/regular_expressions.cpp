// Regular expressions by RE2, whose time is linear in the text whatever the pattern, and whose
// memory is bounded.
#include "query/language/regular_expressions.h"

#include <re2/re2.h>

#include <string>

#include "query/language/evaluate.h"

namespace weft::query::language {

namespace {

constexpr int64_t kMaxBytes = 16 << 20;

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxBytes);
  return options;
}

}  // namespace

struct RegularExpressions::Compiled {
  explicit Compiled(std::string_view text) : pattern(text), program(pattern, quiet()) {}
  std::string pattern;
  re2::RE2 program;
};

RegularExpressions::RegularExpressions() = default;
RegularExpressions::~RegularExpressions() = default;

bool RegularExpressions::matches(std::string_view text, std::string_view pattern,
                                 const Expr& expr) {
  if (!last_ || last_->pattern != pattern) last_ = std::make_unique<Compiled>(pattern);
  if (!last_->program.ok())
    runtime_fault(Trouble::argument, "InvalidRegularExpression",
                  "This is no regular expression: " + last_->program.error() + ".", expr);
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), last_->program);
}

}  // namespace weft::query::language
