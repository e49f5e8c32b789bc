// Takes the article out of an HTML page with libxml2's HTML parser as a SAX stream: no tree is
// built, so neither depth nor size can overflow a stack. Elements that hold no prose (scripts,
// navigation, forms) and blocks that are mostly links are left out, after Kohlschütter et al. 2010
// ("Boilerplate detection using shallow text features"): link density and length tell nearly all.
// An end tag that closes nothing makes libxml2 search its whole stack of open elements; a budget
// bounds that, which would otherwise be quadratic on hostile pages.
#include "read/html.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <memory>
#include <vector>

#include "text/fold.h"
#include "text/utf8.h"

namespace weft::read {

namespace {

constexpr uint64_t kSearchBudget =
    300'000'000;  // elements looked at for end tags that close nothing
constexpr size_t kChunk = 1u << 14;
constexpr size_t kMetaBytes = 2000;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Elements that never have content: their end tag may be missing or made up.
bool is_void(std::string_view e) {
  return is_one_of(e, {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                       "param", "source", "track", "wbr", "frame", "isindex", "basefont"});
}
bool is_dropped(std::string_view e) {
  return is_one_of(
      e, {"script", "style", "noscript", "template", "svg",    "math",    "nav",    "footer",
          "aside",  "form",  "button",   "select",   "iframe", "object",  "applet", "canvas",
          "audio",  "video", "map",      "menu",     "dialog", "textarea"});
}
bool is_block(std::string_view e) {
  return is_one_of(
      e,
      {"p",       "div",   "h1",     "h2",         "h3",      "h4",       "h5",         "h6",
       "li",      "ul",    "ol",     "dl",         "dt",      "dd",       "table",      "tr",
       "caption", "thead", "tbody",  "blockquote", "pre",     "article",  "section",    "main",
       "header",  "body",  "html",   "head",       "title",   "figure",   "figcaption", "address",
       "hr",      "br",    "center", "details",    "summary", "fieldset", "legend",     "hgroup"});
}

struct Block {
  std::string text;
  size_t link_bytes = 0;
  bool heading = false, main_title = false, tight = false, in_article = false;
};

/// An attribute's value; a view of nothing (data() is null) if the element doesn't have it.
struct Attributes {
  const xmlChar** list;
  std::string_view operator[](std::string_view name) const {
    for (const xmlChar** a = list; a && *a; a += 2)
      if (name == reinterpret_cast<const char*>(a[0]))
        return a[1] ? reinterpret_cast<const char*>(a[1]) : "";
    return {};
  }
};

class Collector {
 public:
  explicit Collector(const schema::WordList& boilerplate) : boilerplate_(boilerplate) {}

  void start(std::string_view name, const Attributes& attributes);
  void end(std::string_view name);
  void characters(std::string_view s);
  HtmlPage finish();
  uint64_t ends() const { return ends_; }

 private:
  bool is_boilerplate(std::string_view name, const Attributes& attributes) const;
  void read_meta(const Attributes& attributes);
  void flush();

  const schema::WordList& boilerplate_;
  HtmlPage page_;
  std::string site_title_, og_title_, heading_, time_;
  std::vector<Block> blocks_;
  Block block_;
  uint64_t depth_ = 0, ends_ = 0;
  uint64_t dropped_at_ = 0, link_at_ = 0, title_at_ = 0, heading_at_ = 0, article_at_ = 0,
           pre_at_ = 0;  // depth, 0: outside
  bool any_h1_ = false, space_ = false, first_cell_ = true;
};

bool Collector::is_boilerplate(std::string_view name, const Attributes& attributes) const {
  if (is_dropped(name)) return true;
  if (name == "header" && !article_at_) return true;
  if (is_one_of(name, {"html", "body", "article", "main", "p", "h1", "title", "head"}))
    return false;
  if (attributes["hidden"].data() || attributes["aria-hidden"] == "true") return true;
  if (attributes["style"].find("display:none") != std::string_view::npos ||
      attributes["style"].find("display: none") != std::string_view::npos)
    return true;
  for (const char* attribute : {"class", "id", "role"}) {
    std::string word;
    const std::string_view value = attributes[attribute].substr(0, 500);
    for (size_t i = 0; i <= value.size(); ++i) {
      const char c = i < value.size() ? value[i] : ' ';
      if (std::isalpha(static_cast<unsigned char>(c))) {
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      } else {
        if (!word.empty() && boilerplate_.has(word)) return true;
        word.clear();
      }
    }
  }
  return false;
}

void Collector::read_meta(const Attributes& attributes) {
  std::string key;
  for (const char* name : {"property", "name", "itemprop"})
    if (key.empty()) key = text::fold(attributes[name].substr(0, 60));
  const std::string_view content = text::trim(attributes["content"]);
  if (key.empty() || content.empty() || content.size() > kMetaBytes) return;
  const auto keep = [&](std::string& known) {
    if (known.empty()) known = std::string(content);
  };
  if (is_one_of(key, {"og:title", "twitter:title", "dc.title", "headline"})) keep(og_title_);
  if (is_one_of(
          key, {"article:published_time", "datepublished", "date", "pubdate", "publishdate",
                "publish_date", "dc.date", "dc.date.issued", "dcterms.created", "article:published",
                "og:published_time", "parsely-pub-date", "sailthru.date"}))
    keep(page_.date);
  if (is_one_of(key, {"author", "article:author", "dc.creator", "byl", "parsely-author"}) &&
      content.find("://") == std::string_view::npos)
    keep(page_.author);
  if (is_one_of(key, {"og:site_name", "application-name", "publisher", "dc.publisher"}))
    keep(page_.source);
  if (key == "og:url") keep(page_.url);
}

void Collector::start(std::string_view name, const Attributes& attributes) {
  const bool empty_element = is_void(name);
  if (!empty_element) ++depth_;
  if (dropped_at_) return;
  if (name == "meta") return read_meta(attributes);
  if (name == "link" && attributes["rel"] == "canonical" && page_.url.empty())
    page_.url = std::string(attributes["href"].substr(0, kMetaBytes));
  if (is_block(name)) {
    flush();
    block_.tight = is_one_of(name, {"li", "tr", "dt", "dd", "br"});
  }
  if (empty_element) return;
  if (name == "time" && time_.empty()) time_ = std::string(attributes["datetime"].substr(0, 60));
  if (!title_at_ && name == "title")
    title_at_ = depth_;
  else if (is_boilerplate(name, attributes))
    dropped_at_ = depth_;
  if (name == "a" && !link_at_) link_at_ = depth_;
  if ((name == "article" || name == "main") && !article_at_) article_at_ = depth_;
  if (name == "pre" && !pre_at_) pre_at_ = depth_;
  if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
    heading_at_ = depth_;
    block_.heading = true;
    block_.main_title = name == "h1" && !any_h1_;
  }
  if (name == "tr") first_cell_ = true;
  if (name == "td" || name == "th") {
    if (!first_cell_ && !block_.text.empty()) block_.text += '\t';
    first_cell_ = false;
    space_ = false;
  }
}

void Collector::end(std::string_view name) {
  if (is_void(name)) return;
  ++ends_;
  if (!dropped_at_ && is_block(name)) flush();
  for (uint64_t* at : {&dropped_at_, &link_at_, &title_at_, &heading_at_, &article_at_, &pre_at_})
    if (*at == depth_) *at = 0;
  if (depth_ > 0) --depth_;
}

void Collector::characters(std::string_view s) {
  if (dropped_at_) return;
  std::string& out = title_at_ ? site_title_ : block_.text;
  const size_t before = out.size();
  for (const char c : s) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
      if (pre_at_ && c == '\n') {
        flush();
        block_.tight = true;
      }
      space_ = true;
      continue;
    }
    if (space_ && !out.empty() && out.back() != '\t' && out.back() != '\n') out += ' ';
    space_ = false;
    out += c;
  }
  if (link_at_ && !title_at_ && out.size() > before) block_.link_bytes += out.size() - before;
}

void Collector::flush() {
  space_ = false;
  const bool heading = block_.heading && heading_at_;
  if (const std::string_view body = text::trim(block_.text); !body.empty()) {
    if (body.size() != block_.text.size()) block_.text = std::string(body);
    block_.in_article = article_at_ != 0;
    if (block_.main_title) {
      any_h1_ = true;
      heading_ = block_.text;
    }
    blocks_.push_back(std::move(block_));
  }
  block_ = Block();
  block_.heading = heading;
}

/// A block that is mostly links, or a list item that is one, is navigation; a sentence with links
/// is not.
bool is_link_block(const Block& b) {
  if (b.heading) return false;
  if (b.link_bytes * 10 < b.text.size() * 6) return false;
  const char last = b.text.back();
  return !(b.text.size() > 80 && (last == '.' || last == '!' || last == '?' || last == '"'));
}

HtmlPage Collector::finish() {
  flush();
  size_t article = 0, all = 0;
  for (const Block& b : blocks_) {
    if (is_link_block(b)) continue;
    all += b.text.size();
    if (b.in_article) article += b.text.size();
  }
  const bool article_only = article >= 250 && article * 4 >= all;
  // A title may name the site too: "Port opens - Coast Times".
  page_.title = !heading_.empty() ? heading_ : !og_title_.empty() ? og_title_ : site_title_;
  if (heading_.empty())
    for (const std::string_view mark : {" | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " :: "}) {
      const size_t at = page_.title.rfind(mark);
      if (at == std::string::npos || at < 12) continue;
      const std::string site = text::fold(page_.title.substr(at + mark.size()));
      if (site == text::fold(page_.source) ||
          (og_title_.empty() && page_.source.empty() && mark == " | ")) {
        if (page_.source.empty()) page_.source = page_.title.substr(at + mark.size());
        page_.title.erase(at);
        break;
      }
    }
  const std::string key = text::fold(page_.title);
  bool title_stands = key.empty();
  std::string text;
  for (const Block& b : blocks_) {
    const bool is_title = !title_stands && text::fold(b.text) == key;
    if (!is_title && (is_link_block(b) || (article_only && !b.in_article))) continue;
    if (!text.empty()) text += b.tight ? "\n" : "\n\n";
    text += b.text;
    title_stands = title_stands || is_title;
  }
  if (!title_stands && !text.empty()) text.insert(0, page_.title + "\n\n");
  page_.text = std::move(text);
  if (page_.date.empty()) page_.date = time_;
  return std::move(page_);
}

std::string_view view(const xmlChar* s) { return reinterpret_cast<const char*>(s); }

void on_start(void* c, const xmlChar* name, const xmlChar** attributes) {
  static_cast<Collector*>(c)->start(view(name), {attributes});
}
void on_end(void* c, const xmlChar* name) { static_cast<Collector*>(c)->end(view(name)); }
void on_characters(void* c, const xmlChar* s, int n) {
  static_cast<Collector*>(c)->characters(
      {reinterpret_cast<const char*>(s), static_cast<size_t>(n)});
}

struct FreeParser {
  void operator()(htmlParserCtxt* p) const { htmlFreeParserCtxt(p); }
};

size_t count_end_tags(std::string_view s) {
  size_t n = 0;
  for (size_t at = s.find("</"); at != std::string_view::npos; at = s.find("</", at + 2)) ++n;
  return n;
}

}  // namespace

HtmlPage read_html(std::string_view html, const schema::WordList& boilerplate) {
  if (html.substr(0, 3) == "\xef\xbb\xbf") html.remove_prefix(3);
  xmlInitParser();
  Collector collector(boilerplate);
  htmlSAXHandler handler;
  std::memset(&handler, 0, sizeof handler);
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_characters;
  handler.ignorableWhitespace = on_characters;
  std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreatePushParserCtxt(&handler, &collector, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
  if (!parser) return {};
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  std::string warning;
  uint64_t searched = 0;
  for (size_t at = 0; at < html.size(); at += kChunk) {
    const std::string_view chunk = html.substr(at, kChunk);
    const uint64_t before = collector.ends();
    htmlParseChunk(parser.get(), chunk.data(), static_cast<int>(chunk.size()), 0);
    const uint64_t closed = collector.ends() - before, tags = count_end_tags(chunk);
    if (tags > closed)
      searched += (tags - closed) * static_cast<uint64_t>(std::max(parser->nameNr, 0));
    if (searched > kSearchBudget) {
      warning = "Its HTML has so many misplaced tags that it was read only up to byte " +
                std::to_string(at + chunk.size()) + ". Repair the page, or give it as plain text.";
      break;
    }
  }
  htmlParseChunk(parser.get(), nullptr, 0, 1);
  HtmlPage page = collector.finish();
  page.warning = std::move(warning);
  return page;
}

}  // namespace weft::read
