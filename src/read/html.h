// The article in an HTML page.
#pragma once

#include <string>
#include <string_view>

#include "schema/lexicon.h"

namespace weft::read {

struct HtmlPage {
  std::string text;  // one paragraph, heading, item or table row a line; UTF-8
  std::string title, date, source, author,
      url;              // from meta tags and the like, as written; empty if not stated
  std::string warning;  // a full sentence if the page was read in part
};

/// `html` is valid UTF-8. `boilerplate` lists words of class and id attributes whose elements are
/// left out. Pure; no network, no entities but the named characters of HTML, no recursion; time
/// linear in the page but for a bounded extra.
HtmlPage read_html(std::string_view html, const schema::WordList& boilerplate);

}  // namespace weft::read
