// Frames on hand-built trees: who acts and who is acted on, whatever the parser of the day does.
#include "extract/frames/frames.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "extract/tree.h"
#include "schema/lexicon.h"
#include "schema/schema.h"

namespace weft::tests {

namespace {

using extract::Role;

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
  SUBCASE("a clause of its own without any auxiliary is past tense, whatever the parser says") {
    const std::string rest = "on on ADP IN 4 case\nKenya Kenya PROPN NNP 2 obl\n";
    const doc::Document slip =
        tree("Oxfam Oxfam PROPN NNP 2 nsubj:pass\ncalled call VERB VBN 0 root\n" + rest);
    CHECK(fillers(slip, schema, "call", Role::agent) == Words{"Oxfam"});
    doc::Document headline =
        tree("Oxfam Oxfam PROPN NNP 2 nsubj:pass\ncalled call VERB VBN 0 root\n" + rest);
    headline.blocks.push_back({{0, 1}, doc::BlockRole::title});
    CHECK(fillers(headline, schema, "call", Role::patient) == Words{"Oxfam"});
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
