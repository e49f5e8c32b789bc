// Functions of texts. Positions count characters (code points), not bytes; case is Unicode's,
// whatever the locale.
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "query/language/evaluate.h"
#include "query/language/functions.h"
#include "text/utf8.h"

namespace weft::query::language {

namespace {

constexpr std::string_view kGroup = "Texts";

Value lower_case(const Call& call) {
  const std::string_view s = call.args[0].text();
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<int32_t>(s.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
  return Value::text(std::move(out));
}

Value upper_case(const Call& call) {
  const std::string_view s = call.args[0].text();
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<int32_t>(s.size())))
      .toUpper(icu::Locale::getRoot())
      .toUTF8String(out);
  return Value::text(std::move(out));
}

/// Byte at which character `index` begins; s.size() if there are not so many.
size_t byte_of(std::string_view s, uint64_t index) {
  size_t at = 0;
  while (index-- > 0 && at < s.size()) text::next_char(s, at);
  return at;
}

uint64_t count_argument(const Call& call, size_t i) {
  if (call.args[i].integer() < 0)
    runtime_fault(Trouble::argument, "NumberOutOfRange",
                  std::string(call.expr.function->name) + "() can't take a negative number.",
                  *call.expr.args[i]);
  return static_cast<uint64_t>(call.args[i].integer());
}

Value substring(const Call& call) {
  std::string_view s = call.args[0].text();
  s.remove_prefix(byte_of(s, count_argument(call, 1)));
  if (call.args.size() > 2) s = s.substr(0, byte_of(s, count_argument(call, 2)));
  return Value::text(std::string(s));
}

Value left(const Call& call) {
  const std::string_view s = call.args[0].text();
  return Value::text(std::string(s.substr(0, byte_of(s, count_argument(call, 1)))));
}

Value right(const Call& call) {
  const std::string_view s = call.args[0].text();
  const uint64_t wanted = count_argument(call, 1);
  size_t at = s.size();
  for (uint64_t i = 0; i < wanted && at > 0; ++i) text::previous_char(s, at);
  return Value::text(std::string(s.substr(at)));
}

std::string_view trim_left(std::string_view s) {
  for (size_t at = 0; at < s.size();) {
    const size_t begin = at;
    if (!text::is_space(text::next_char(s, at))) return s.substr(begin);
  }
  return {};
}

std::string_view trim_right(std::string_view s) {
  for (size_t at = s.size(); at > 0;) {
    const size_t end = at;
    if (!text::is_space(text::previous_char(s, at))) return s.substr(0, end);
  }
  return {};
}

Value trim(const Call& call) {
  return Value::text(std::string(trim_left(trim_right(call.args[0].text()))));
}
Value left_trim(const Call& call) {
  return Value::text(std::string(trim_left(call.args[0].text())));
}
Value right_trim(const Call& call) {
  return Value::text(std::string(trim_right(call.args[0].text())));
}

Value replace(const Call& call) {
  const std::string_view s = call.args[0].text();
  const std::string_view what = call.args[1].text();
  const std::string_view with = call.args[2].text();
  if (what.empty()) return call.args[0];
  std::string out;
  size_t at = 0;
  for (size_t found; (found = s.find(what, at)) != std::string_view::npos;
       at = found + what.size()) {
    out += s.substr(at, found - at);
    out += with;
    call.context.tick();
    call.context.check_size(out.size());
  }
  out += s.substr(at);
  return Value::text(std::move(out));
}

Value split(const Call& call) {
  const std::string_view s = call.args[0].text();
  const std::string_view by = call.args[1].text();
  std::vector<Value> out;
  size_t at = 0;
  if (by.empty()) {
    while (at < s.size()) {
      const size_t begin = at;
      text::next_char(s, at);
      out.push_back(Value::text(std::string(s.substr(begin, at - begin))));
    }
  } else {
    for (size_t found; (found = s.find(by, at)) != std::string_view::npos; at = found + by.size()) {
      call.context.tick();
      out.push_back(Value::text(std::string(s.substr(at, found - at))));
    }
    out.push_back(Value::text(std::string(s.substr(at))));
  }
  return list_of(std::move(out), call.context);
}

Value join(const Call& call) {
  std::string out;
  bool first = true;
  for (const Value& v : call.args[0].items()) {
    if (!first) out += call.args[1].text();
    first = false;
    out += plain_text(v, call.context.graph);
    call.context.check_size(out.size());
  }
  return Value::text(std::move(out));
}

}  // namespace

std::vector<Function> text_functions() {
  return {
      {"left",
       kGroup,
       "left(text, count)",
       "The first characters.",
       "left('Jiangxi', 3)",
       "'Jia'",
       2,
       2,
       {kString, kInteger},
       {kString},
       left},
      {"right",
       kGroup,
       "right(text, count)",
       "The last characters.",
       "right('Jiangxi', 2)",
       "'xi'",
       2,
       2,
       {kString, kInteger},
       {kString},
       right},
      {"substring",
       kGroup,
       "substring(text, start[, count])",
       "Characters from start, which counts from 0.",
       "substring('Jiangxi', 1, 3)",
       "'ian'",
       2,
       3,
       {kString, kInteger},
       {kString},
       substring},
      {"replace",
       kGroup,
       "replace(text, what, with)",
       "Every `what` replaced.",
       "replace('a-b-c', '-', '+')",
       "'a+b+c'",
       3,
       3,
       {kString},
       {kString},
       replace},
      {"split",
       kGroup,
       "split(text, separator)",
       "The parts between separators.",
       "split('a,b', ',')",
       "['a', 'b']",
       2,
       2,
       {kString},
       {kList, kString},
       split},
      {"join",
       kGroup,
       "join(list, separator)",
       "The elements as one text.",
       "join(['a', 'b'], ', ')",
       "'a, b'",
       2,
       2,
       {kList, kString},
       {kString},
       join},
      {"toLower",
       kGroup,
       "toLower(text)",
       "In lower case.",
       "toLower('PARIS')",
       "'paris'",
       1,
       1,
       {kString},
       {kString},
       lower_case},
      {"toUpper",
       kGroup,
       "toUpper(text)",
       "In upper case.",
       "toUpper('Paris')",
       "'PARIS'",
       1,
       1,
       {kString},
       {kString},
       upper_case},
      {"trim",
       kGroup,
       "trim(text)",
       "Without white space at both ends.",
       "trim(' a ')",
       "'a'",
       1,
       1,
       {kString},
       {kString},
       trim},
      {"lTrim",
       kGroup,
       "lTrim(text)",
       "Without white space at its beginning.",
       "lTrim(' a ')",
       "'a '",
       1,
       1,
       {kString},
       {kString},
       left_trim},
      {"rTrim",
       kGroup,
       "rTrim(text)",
       "Without white space at its end.",
       "rTrim(' a ')",
       "' a'",
       1,
       1,
       {kString},
       {kString},
       right_trim},
  };
}

}  // namespace weft::query::language
