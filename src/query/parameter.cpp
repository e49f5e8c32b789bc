// A parameter of a query from the command line: JSON, read event by event into the value it stands
// for, so that numbers are read as the language reads them and nesting is bounded. Linear.
#include <rapidjson/encodedstream.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <cmath>
#include <set>

#include "core/json_text.h"
#include "query/language/real.h"
#include "query/query.h"

namespace weft::query {

using namespace language;

namespace {

constexpr size_t kDeepestParameter = 100;

/// Takes RapidJSON's events; false, which ends the reading, only with a `fault`.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  std::string fault;
  Value& value() { return levels_[0].items[0]; }

  bool Null() {
    levels_.back().items.emplace_back();
    return true;
  }
  bool Bool(bool b) { return add(Value(b)); }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return add(Value::text({text, size}));
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    const std::string_view digits(text, size);
    int64_t whole = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + size, whole);
    if (read.ec == std::errc() && read.ptr == digits.data() + size) return add(Value(whole));
    const std::optional<double> real = read_real(digits);
    if (real && std::isfinite(*real)) return add(Value(*real));
    fault = "it holds a number that is too large.";
    return false;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    levels_.back().keys.emplace_back(text, size);
    return true;
  }
  bool StartArray() { return open(); }
  bool StartObject() { return open(); }
  bool EndArray(rapidjson::SizeType /*count*/) { return add(Value::list(close().items)); }
  bool EndObject(rapidjson::SizeType /*count*/) {
    Level level = close();
    Properties entries;
    std::set<std::string_view> seen;  // of two members of one name the first counts
    for (size_t i = 0; i < level.keys.size(); ++i)
      if (seen.insert(level.keys[i]).second)
        entries.emplace_back(level.keys[i], std::move(level.items[i]));
    return add(Value::map(std::move(entries)));
  }

 private:
  struct Level {
    std::vector<Value> items;
    std::vector<std::string> keys;  // one for each item if it is an object
  };

  bool add(Value value) {
    levels_.back().items.push_back(std::move(value));
    return true;
  }
  bool open() {
    levels_.emplace_back();
    if (levels_.size() <= kDeepestParameter + 1) return true;
    fault = "it is nested more than " + std::to_string(kDeepestParameter) + " deep.";
    return false;
  }
  Level close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    return level;
  }

  std::vector<Level> levels_ = std::vector<Level>(1);
};

}  // namespace

std::pair<std::string, Value> read_parameter(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    throw core::SetupError("\"" + std::string(text) + "\" is no parameter. Write -p name=value.");
  std::string name(text.substr(0, equals));
  const std::string value(text.substr(equals + 1));
  const auto refuse = [&name](const std::string& why) {
    throw core::SetupError("The parameter \"" + name + "\" can't be read: " + why);
  };
  if (core::first_lone_surrogate(value) != core::kNoSurrogate)
    refuse("half a surrogate pair stands alone in it.");
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  Builder builder;
  rapidjson::Reader reader;
  rapidjson::MemoryStream bytes(value.data(), value.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  if (reader.Parse<kFlags>(stream, builder)) return {std::move(name), builder.value()};
  if (reader.GetParseErrorCode() == rapidjson::kParseErrorNumberTooBig)
    refuse("it holds a number that is too large.");
  if (!builder.fault.empty()) refuse(builder.fault);
  return {std::move(name), Value::text(value)};
}

}  // namespace weft::query
