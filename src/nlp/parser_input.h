// From a tagged token to what the parser looks at.
#pragma once

#include <string>
#include <string_view>

#include "doc/ud.h"
#include "nlp/clusters.h"
#include "nlp/parser_state.h"
#include "nlp/word.h"

namespace weft::nlp {

inline ParserToken parser_token(std::string_view norm, doc::Upos upos, doc::Xpos xpos,
                                const Clusters& clusters, std::string& buffer) {
  const Word word = describe(norm, buffer);
  ParserToken token;
  token.form = word.lower;
  token.suffix = word.suffix[2];
  token.tag = static_cast<uint8_t>(xpos);
  token.upos = static_cast<uint8_t>(upos);
  token.cluster = clusters.of(word.lower);
  token.flags = word.flags;
  return token;
}

}  // namespace weft::nlp
