// Reads documents from JSON with RapidJSON's iterative parser: nesting can't overflow the stack,
// cost is linear.
#include "read/json_document.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "core/json_text.h"

namespace weft::read {

namespace {

using rapidjson::Value;
constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;

std::string place(std::string_view json, size_t offset) {
  offset = std::min(offset, json.size());
  const size_t line = static_cast<size_t>(
      std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
  std::string out;
  if (line) out = "line " + std::to_string(line + 1) + ", ";
  const size_t start = json.rfind('\n', offset ? offset - 1 : 0);
  return out + "byte " +
         std::to_string(offset - (line && start != std::string_view::npos ? start : 0));
}

std::string describe(const rapidjson::Document& json, std::string_view text) {
  const size_t offset = json.GetErrorOffset();
  // RapidJSON names what it missed; that nothing follows says more.
  if (text.find_first_not_of(" \t\r\n", offset) == std::string_view::npos ||
      json.GetParseError() == rapidjson::kParseErrorStringMissQuotationMark)
    return "Its JSON is cut off at " + place(text, text.size()) +
           ". Fetch or write the whole of it again.";
  return "Its JSON is broken at " + place(text, offset) + ": " +
         rapidjson::GetParseError_En(json.GetParseError());
}

/// The first of `names` that is a string (or number) in `object`; a list of strings is joined by ",
/// ".
std::string member(const Value& object, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto it = object.FindMember(name);
    if (it == object.MemberEnd()) continue;
    const Value& v = it->value;
    if (v.IsString()) return {v.GetString(), v.GetStringLength()};
    if (v.IsUint64()) return std::to_string(v.GetUint64());
    if (v.IsInt64()) return std::to_string(v.GetInt64());
    if (v.IsArray()) {
      std::string joined;
      for (const Value& part : v.GetArray())
        if (part.IsString())
          joined +=
              (joined.empty() ? "" : ", ") + std::string(part.GetString(), part.GetStringLength());
      if (!joined.empty()) return joined;
    }
  }
  return {};
}

}  // namespace

std::string mend_json(std::string& json) {
  const size_t count = core::replace_lone_surrogates(json);
  if (count == 0) return {};
  return (count == 1 ? "Half a surrogate pair stands alone in its JSON and was"
                     : std::to_string(count) +
                           " halves of surrogate pairs stand alone in its JSON and were") +
         std::string(" replaced by U+FFFD. Cut text by characters, not by UTF-16 units.");
}

bool parse_json_document(std::string_view json, JsonFields& fields, std::string& fault) {
  rapidjson::Document object;
  object.Parse<kFlags>(json.data(), json.size());
  if (object.HasParseError()) {
    fault = describe(object, json);
    return false;
  }
  if (!object.IsObject()) {
    fault = "It is not a JSON object. Each line must be one object with a member \"text\".";
    return false;
  }
  fields.id = member(object, {"id"});
  fields.text = member(object, {"text"});
  fields.html = member(object, {"html"});
  fields.title = member(object, {"title"});
  fields.date = member(object, {"date"});
  fields.url = member(object, {"url"});
  fields.source = member(object, {"source"});
  fields.author = member(object, {"author"});
  if (fields.text.empty() && fields.html.empty()) {
    fault = object.HasMember("text") || object.HasMember("html")
                ? "Its member \"text\" is empty or no string, so there is nothing to read."
                : "It has no member \"text\" (nor \"html\"), so there is nothing to read.";
    return false;
  }
  return true;
}

bool is_json_object(std::string text) {
  core::replace_lone_surrogates(text);
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  return !json.HasParseError() && json.IsObject();
}

std::vector<std::string> json_objects(std::string_view text, std::string& fault) {
  std::vector<std::string> out;
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  rapidjson::Document json;
  json.Parse<kFlags>(text.data(), text.size());
  if (json.HasParseError()) {
    fault = describe(json, text);
    return out;
  }
  if (json.IsObject()) {
    out.emplace_back(text);
    return out;
  }
  if (!json.IsArray()) {
    fault = "It holds a JSON value that is neither an object nor an array of objects.";
    return out;
  }
  for (const Value& element : json.GetArray()) {
    if (!element.IsObject()) {
      fault = "Its array holds something that is no object; the objects were read.";
      continue;
    }
    rapidjson::StringBuffer buffer;
    // Only known members are written: a DOM writer would recurse into whatever else there is.
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    writer.StartObject();
    for (const char* name : {"id", "text", "html", "title", "date", "url", "source", "author"}) {
      const std::string value = member(element, {name});
      if (value.empty()) continue;
      writer.Key(name);
      writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    writer.EndObject();
    out.emplace_back(buffer.GetString(), buffer.GetSize());
  }
  return out;
}

}  // namespace weft::read
