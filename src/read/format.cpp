// Two tables: endings of names, and what the first bytes look like. HTML and JSON announce
// themselves early; all else is text.
#include "read/format.h"

#include <algorithm>
#include <cctype>

#include "text/utf8.h"

namespace weft::read {

namespace {

struct Ending {
  std::string_view name;
  Format format;
};
constexpr Ending kEndings[] = {
    {".txt", Format::text},        {".text", Format::text},        {".md", Format::text},
    {".html", Format::html},       {".htm", Format::html},         {".xhtml", Format::html},
    {".json", Format::json_lines}, {".jsonl", Format::json_lines}, {".ndjson", Format::json_lines},
    {".pdf", Format::pdf},         {".warc", Format::web_archive}, {".wet", Format::web_archive},
    {".tar", Format::archive},     {".tgz", Format::archive},      {".zip", Format::archive},
    {".tar.xz", Format::archive},  {".tar.bz2", Format::archive},  {".txz", Format::archive},
    {".tbz2", Format::archive},
};
constexpr std::string_view kPacked[] = {".gz", ".zst"};

std::string lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool ends_with(std::string_view s, std::string_view end) {
  return s.size() > end.size() && s.substr(s.size() - end.size()) == end;
}

}  // namespace

std::optional<Format> format_of_name(std::string_view name) {
  const std::string low = lowered(name);
  std::string_view s = low;
  for (const auto packed : kPacked)
    if (ends_with(s, packed)) s.remove_suffix(packed.size());
  for (const Ending& ending : kEndings)
    if (ends_with(s, ending.name)) return ending.format;
  return std::nullopt;
}

Format format_of_bytes(std::string_view head) {
  if (head.substr(0, 5) == "%PDF-") return Format::pdf;
  if (head.substr(0, 6) == "WARC/1" || head.substr(0, 6) == "WARC/0") return Format::web_archive;
  if (head.substr(0, 4) == "PK\x03\x04") return Format::archive;
  if (head.size() > 262 && head.substr(257, 5) == "ustar") return Format::archive;
  if (head.substr(0, 3) == "\xef\xbb\xbf") head.remove_prefix(3);
  const size_t start = head.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return Format::text;
  const std::string low = lowered(head.substr(start, 1024));
  // "{" alone may begin prose or a template; an object that we can read begins with a member.
  if (low[0] == '{') {
    const size_t next = low.find_first_not_of(" \t\r\n", 1);
    if (next != std::string::npos && low[next] == '"') return Format::json_lines;
  }
  for (const std::string_view sign : {"<!doctype html", "<html", "<head", "<body"})
    if (low.compare(0, sign.size(), sign) == 0) return Format::html;
  if (low.compare(0, 5, "<?xml") == 0 && low.find("<html") != std::string::npos)
    return Format::html;
  return Format::text;
}

Format format_named(std::string_view name) {
  if (name == "text") return Format::text;
  if (name == "html") return Format::html;
  if (name == "jsonl") return Format::json_lines;
  if (name == "warc") return Format::web_archive;
  return Format::automatic;
}

}  // namespace weft::read
