// Loads the lexicons: JSON files of named word lists. A few tens of thousands of entries at most
// (the given names and surnames), kept in one hash table a list.
#include "schema/lexicon.h"

#include <algorithm>

#include "core/error.h"
#include "core/json_file.h"
#include "text/fold.h"

namespace weft::schema {

namespace fs = std::filesystem;
using rapidjson::Value;

const std::string* WordList::value(std::string_view form) const {
  const auto it = values_.find(std::string(form));
  return it == values_.end() ? nullptr : &it->second;
}

namespace {

[[noreturn]] void fault(const std::string& file, std::string_view list,
                        const std::string& message) {
  throw core::SetupError(file + ": in the list \"" + std::string(list) + "\": " + message);
}

std::string checked_form(const std::string& file, std::string_view list, std::string_view form) {
  if (form.empty()) fault(file, list, "An entry is empty.");
  if (text::fold(form).size() != form.size() || form.front() == ' ' || form.back() == ' ')
    if (text::plain_punctuation(form) != form || form.find("  ") != std::string_view::npos ||
        form.front() == ' ' || form.back() == ' ')
      fault(file, list,
            "The entry \"" + std::string(form) +
                "\" must have plain quotes and single spaces between words.");
  for (const char c : form)
    if (c >= 'A' && c <= 'Z')
      fault(file, list, "The entry \"" + std::string(form) + "\" must be in lower case.");
  return std::string(form);
}

}  // namespace

Lexicons Lexicons::load(const fs::path& dir) {
  Lexicons out;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(dir, error), end; !error && it != end;
       it.increment(error))
    if (it->path().extension() == ".json" && it->is_regular_file()) files.push_back(it->path());
  if (error)
    throw core::SetupError("The folder of lexicons " + dir.string() +
                           " can't be read: " + error.message() + ". Check the schema folder.");
  std::sort(files.begin(), files.end());
  for (const fs::path& path : files) {
    const std::string file = path.string();
    const rapidjson::Document json = core::read_json_file(path);
    for (const char* member : {"about", "source", "licence"})
      core::required_string(json, member, file);
    const auto lists = json.FindMember("lists");
    if (lists == json.MemberEnd() || !lists->value.IsObject())
      throw core::SetupError(file +
                             ": there is no object \"lists\". A lexicon needs its lists by name.");
    for (const auto& [name_value, body] : lists->value.GetObject()) {
      const std::string name(name_value.GetString(), name_value.GetStringLength());
      if (!body.IsObject())
        fault(file, name, "It must be an object with \"about\" and \"entries\".");
      core::required_string(body, "about", file + ": in the list \"" + name + "\"");
      const auto entries = body.FindMember("entries");
      if (entries == body.MemberEnd() || !entries->value.IsArray())
        fault(file, name, "There is no array \"entries\".");
      const auto [it, is_new] = out.lists_.try_emplace(name);
      if (!is_new)
        fault(file, name,
              "Another list has this name. Names are shared by all files of the folder.");
      WordList& list = it->second;
      for (const Value& v : entries->value.GetArray()) {
        std::string form, value;
        if (v.IsString()) {
          form = checked_form(file, name, {v.GetString(), v.GetStringLength()});
        } else if (v.IsObject()) {
          form = checked_form(
              file, name,
              core::required_string(v, "form", file + ": in the list \"" + name + "\""));
          value = core::optional_string(v, "value");
        } else {
          fault(file, name, "An entry must be a text, or an object with \"form\" and \"value\".");
        }
        const auto spaces = std::count(form.begin(), form.end(), ' ');
        const auto hyphens = std::count(form.begin(), form.end(), '-');
        list.longest_ = std::max(list.longest_, static_cast<unsigned>(spaces + 2 * hyphens) + 1);
        if (!list.values_.emplace(form, value).second)
          fault(file, name, "The entry \"" + form + "\" is there twice.");
        list.forms_.push_back(std::move(form));
      }
    }
  }
  return out;
}

const WordList& Lexicons::list(std::string_view name) const {
  const auto it = lists_.find(name);
  if (it == lists_.end())
    throw core::SetupError("No lexicon has the list \"" + std::string(name) +
                           "\", which the program needs. Check the folder schema/lexicons.");
  return it->second;
}

}  // namespace weft::schema
