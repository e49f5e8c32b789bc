// Frames on hand-built trees: who acts and who is acted on, whatever the parser of the day does.
#include "extract/frames.h"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "doc/ud.h"
#include "schema/lexicon.h"
#include "schema/schema.h"

namespace weft::tests {

namespace {

using extract::Role;

/// A document of one sentence from lines "form lemma UPOS XPOS head deprel"; heads count from 1.
doc::Document tree(const std::string& lines) {
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

/// The words that fill a role of the first frame with this lemma.
std::vector<std::string> fillers(const doc::Document& d, const schema::Schema& schema,
                                 std::string_view lemma, Role role) {
  const extract::FrameWords words = extract::FrameWords::from(schema.lexicons);
  const extract::SentenceFrames frames(d, d.sentence(0), words);
  std::vector<std::string> out;
  for (const extract::Frame& f : frames.frames()) {
    if (f.lemma != lemma) continue;
    for (const extract::Argument& a : f.arguments)
      if (a.role == role) out.emplace_back(d.form(a.head));
    break;
  }
  return out;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("frames undo the grammar of hand-built trees") {
  const schema::Schema schema = schema::Schema::load(WEFT_SCHEMA_DIR);
  SUBCASE("passive: the subject is acted on, the by-phrase acts") {
    const doc::Document d = tree(
        "Kenya Kenya PROPN NNP 3 nsubj:pass\nwas be AUX VBD 3 aux:pass\n"
        "praised praise VERB VBN 0 root\nby by ADP IN 5 case\nOxfam Oxfam PROPN NNP 3 obl\n");
    CHECK(fillers(d, schema, "praise", Role::agent) == Words{"Oxfam"});
    CHECK(fillers(d, schema, "praise", Role::patient) == Words{"Kenya"});
  }
  SUBCASE("relative clause: the antecedent fills the gap") {
    const doc::Document d = tree(
        "Oxfam Oxfam PROPN NNP 7 nsubj\n, , PUNCT , 4 punct\nwhich which PRON WDT 4 nsubj\n"
        "opened open VERB VBD 1 acl:relcl\nschools school NOUN NNS 4 obj\n, , PUNCT , 4 punct\n"
        "left leave VERB VBD 0 root\n");
    CHECK(fillers(d, schema, "open", Role::agent) == Words{"Oxfam"});
    CHECK(fillers(d, schema, "open", Role::patient) == Words{"schools"});
  }
  SUBCASE("object relative without a pronoun: the antecedent is the object") {
    const doc::Document d = tree(
        "schools school NOUN NNS 0 root\nOxfam Oxfam PROPN NNP 3 nsubj\n"
        "opened open VERB VBD 1 acl:relcl\n");
    CHECK(fillers(d, schema, "open", Role::agent) == Words{"Oxfam"});
    CHECK(fillers(d, schema, "open", Role::patient) == Words{"schools"});
  }
  SUBCASE("object control: who is urged acts, also if the parser read a purpose") {
    for (const char* relation : {"xcomp", "advcl"}) {
      const doc::Document d =
          tree(std::string("Oxfam Oxfam PROPN NNP 2 nsubj\nurged urge VERB VBD 0 root\n"
                           "Kenya Kenya PROPN NNP 2 obj\nto to PART TO 5 mark\n"
                           "build build VERB VB 2 ") +
               relation + "\nroads road NOUN NNS 5 obj\n");
      CAPTURE(relation);
      CHECK(fillers(d, schema, "build", Role::agent) == Words{"Kenya"});
    }
  }
  SUBCASE("subject control: who promises acts") {
    const doc::Document d = tree(
        "Oxfam Oxfam PROPN NNP 2 nsubj\npromised promise VERB VBD 0 root\n"
        "Kenya Kenya PROPN NNP 2 obj\nto to PART TO 5 mark\nbuild build VERB VB 2 xcomp\n"
        "roads road NOUN NNS 5 obj\n");
    CHECK(fillers(d, schema, "build", Role::agent) == Words{"Oxfam"});
  }
  SUBCASE("conjunction: joined verbs share the subject and a late object") {
    const doc::Document d = tree(
        "Oxfam Oxfam PROPN NNP 2 nsubj\ndesigned design VERB VBD 0 root\nand and CCONJ CC 4 cc\n"
        "built build VERB VBD 2 conj\nroads road NOUN NNS 2 obj\n");
    CHECK(fillers(d, schema, "build", Role::agent) == Words{"Oxfam"});
    CHECK(fillers(d, schema, "build", Role::patient) == Words{"roads"});
  }
  SUBCASE("a broken tree with a cycle gives no frames and no crash") {
    const doc::Document d = tree("Oxfam Oxfam PROPN NNP 2 nsubj\nleft leave VERB VBD 1 conj\n");
    CHECK(fillers(d, schema, "leave", Role::agent).empty());
  }
}

}  // namespace weft::tests
