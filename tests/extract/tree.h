// Documents of one sentence from hand-built trees, for tests that must not depend on the parser of
// the day.
#pragma once

#include <sstream>
#include <string>

#include "doc/document.h"
#include "doc/ud.h"

namespace weft::tests {

/// A document of one sentence from lines "form lemma UPOS XPOS head deprel"; heads count from 1.
inline doc::Document tree(const std::string& lines) {
  doc::Document d;
  std::istringstream in(lines);
  std::string form, lemma, upos, xpos, deprel;
  uint32_t head = 0;
  d.sentence_begin.push_back(0);
  d.sentence_block.push_back(0);
  while (in >> form >> lemma >> upos >> xpos >> head >> deprel) {
    if (!d.text.empty()) d.text += ' ';
    d.token_begin.push_back(static_cast<uint32_t>(d.text.size()));
    d.text += form;
    d.token_end.push_back(static_cast<uint32_t>(d.text.size()));
    d.norm.push_back(d.pool.intern(form));
    d.lemma.push_back(d.pool.intern(lemma));
    d.upos.push_back(doc::upos_from(upos));
    d.xpos.push_back(doc::xpos_from(xpos));
    d.morph.push_back(0);
    d.head.push_back(head == 0 ? doc::kNoToken : head - 1);
    d.deprel.push_back(doc::deprel_from(deprel));
  }
  d.sentence_begin.push_back(d.token_count());
  return d;
}

}  // namespace weft::tests
