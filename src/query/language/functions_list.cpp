// Functions of lists, most of which take texts too.
#include <algorithm>

#include "query/language/evaluate.h"
#include "query/language/functions.h"
#include "text/utf8.h"

namespace weft::query::language {

namespace {

constexpr std::string_view kGroup = "Lists";

Value size(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::list) return Value(static_cast<int64_t>(v.items().size()));
  int64_t characters = 0;
  for (size_t at = 0; at < v.text().size(); ++characters) text::next_char(v.text(), at);
  return Value(characters);
}

Value head(const Call& call) {
  const auto& items = call.args[0].items();
  return items.empty() ? Value() : items.front();
}

Value last(const Call& call) {
  const auto& items = call.args[0].items();
  return items.empty() ? Value() : items.back();
}

Value tail(const Call& call) {
  const auto& items = call.args[0].items();
  if (items.empty()) return call.args[0];
  return list_of({items.begin() + 1, items.end()}, call.context);
}

Value reverse(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::list) return list_of({v.items().rbegin(), v.items().rend()}, call.context);
  std::string out;
  for (size_t at = v.text().size(); at > 0;) {
    const size_t end = at;
    text::previous_char(v.text(), at);
    out += v.text().substr(at, end - at);
  }
  return Value::text(std::move(out));
}

Value range(const Call& call) {
  for (size_t i = 0; i < call.args.size(); ++i)
    if (call.args[i].kind() != Kind::integer)
      runtime_fault(Trouble::argument, "InvalidArgumentType",
                    "range() takes integers, but this is " +
                        std::string(name_with_article(call.args[i].kind())) + ".",
                    *call.expr.args[i]);
  const int64_t from = call.args[0].integer();
  const int64_t to = call.args[1].integer();
  const int64_t step = call.args.size() > 2 ? call.args[2].integer() : 1;
  if (step == 0)
    runtime_fault(Trouble::argument, "NumberOutOfRange", "A range's step can't be 0.", call.expr);
  if (step > 0 ? from > to : from < to) return Value::list({});
  const uint64_t distance = step > 0 ? static_cast<uint64_t>(to) - static_cast<uint64_t>(from)
                                     : static_cast<uint64_t>(from) - static_cast<uint64_t>(to);
  const uint64_t stride = step > 0 ? static_cast<uint64_t>(step) : ~static_cast<uint64_t>(step) + 1;
  const uint64_t count = distance / stride + 1;
  if (count == 0 || count > (uint64_t{1} << 40)) call.context.check_size(static_cast<size_t>(-1));
  call.context.check_size(count * sizeof(Value));
  std::vector<Value> out;
  out.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    call.context.tick();
    out.emplace_back(
        static_cast<int64_t>(static_cast<uint64_t>(from) + i * static_cast<uint64_t>(step)));
  }
  return list_of(std::move(out), call.context);
}

Value is_empty(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::list) return Value(v.items().empty());
  if (v.kind() == Kind::map) return Value(v.entries().empty());
  return Value(v.text().empty());
}

Value sorted(const Call& call) {
  std::vector<Value> out = call.args[0].items();
  std::stable_sort(out.begin(), out.end(), [&](const Value& a, const Value& b) {
    call.context.tick();
    return order(a, b) < 0;
  });
  return list_of(std::move(out), call.context);
}

}  // namespace

std::vector<Function> list_functions() {
  return {
      {"head",
       kGroup,
       "head(list)",
       "The first element; null of an empty list.",
       "head([1, 2])",
       "1",
       1,
       1,
       {kList},
       {},
       head},
      {"last",
       kGroup,
       "last(list)",
       "The last element; null of an empty list.",
       "last([1, 2])",
       "2",
       1,
       1,
       {kList},
       {},
       last},
      {"tail",
       kGroup,
       "tail(list)",
       "All but the first element.",
       "tail([1, 2, 3])",
       "[2, 3]",
       1,
       1,
       {kList},
       {kList},
       tail},
      {"size",
       kGroup,
       "size(list or text)",
       "The number of elements or characters.",
       "size('naïve')",
       "5",
       1,
       1,
       {kList | kString},
       {kInteger},
       size},
      {"isEmpty",
       kGroup,
       "isEmpty(list, map or text)",
       "Whether there is nothing in it.",
       "isEmpty([])",
       "true",
       1,
       1,
       {kList | kMap | kString},
       {kBoolean},
       is_empty},
      {"range",
       kGroup,
       "range(first, last[, step])",
       "The integers from first to last, both included.",
       "range(1, 9, 3)",
       "[1, 4, 7]",
       2,
       3,
       {},
       {kList, kInteger},
       range},
      {"reverse",
       kGroup,
       "reverse(list or text)",
       "From the last to the first.",
       "reverse([1, 2])",
       "[2, 1]",
       1,
       1,
       {kList | kString},
       {kList | kString},
       reverse},
      {"sorted",
       kGroup,
       "sorted(list)",
       "In the order of ORDER BY.",
       "sorted([2, 'b', 1])",
       "['b', 1, 2]",
       1,
       1,
       {kList},
       {kList},
       sorted},
  };
}

}  // namespace weft::query::language
