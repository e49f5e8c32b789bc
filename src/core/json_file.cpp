// RapidJSON reports a byte offset; people need a line and a column.
#include "core/json_file.h"

#include <rapidjson/error/en.h>

#include <algorithm>
#include <string>

#include "core/error.h"
#include "core/json_text.h"
#include "core/mapped_file.h"

namespace weft::core {

namespace {

[[noreturn]] void fail_at(const std::filesystem::path& path, std::string_view text, size_t offset,
                          const std::string& message) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = static_cast<uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const auto newline = before.rfind('\n');
  const uint64_t column = before.size() - (newline == std::string_view::npos ? 0 : newline + 1) + 1;
  throw SetupError::at(path.string(), line, column, "This is not valid JSON: " + message);
}

}  // namespace

rapidjson::Document read_json_file(const std::filesystem::path& path) {
  const MappedFile file(path);
  const std::string_view text = file.text();
  if (const size_t offset = first_lone_surrogate(text); offset != kNoSurrogate)
    fail_at(path, text, offset, "half a surrogate pair stands alone.");
  rapidjson::Document json;
  json.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(text.data(),
                                                                                     text.size());
  if (json.HasParseError())
    fail_at(path, text, json.GetErrorOffset(), rapidjson::GetParseError_En(json.GetParseError()));
  return json;
}

std::string_view required_string(const rapidjson::Value& object, const char* name,
                                 std::string_view file) {
  if (object.IsObject()) {
    auto it = object.FindMember(name);
    if (it != object.MemberEnd() && it->value.IsString())
      return {it->value.GetString(), it->value.GetStringLength()};
  }
  throw SetupError(std::string(file) + ": an entry has no text named \"" + name + "\". Add it.");
}

std::string_view optional_string(const rapidjson::Value& object, const char* name,
                                 std::string_view otherwise) {
  auto it = object.FindMember(name);
  if (it == object.MemberEnd() || !it->value.IsString()) return otherwise;
  return {it->value.GetString(), it->value.GetStringLength()};
}

}  // namespace weft::core
