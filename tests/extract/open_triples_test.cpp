// Open triples on hand-built trees: what each construction says in the text's own words, and with
// which qualifiers.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "extract/open/triples.h"
#include "extract/tree.h"
#include "schema/schema.h"

namespace weft::tests {

namespace {

const extract::OpenReader& reader() {
  static const schema::Schema schema = schema::Schema::load(WEFT_SCHEMA_DIR);
  static const extract::OpenReader reader(schema);
  return reader;
}

/// "subject | relation | argument; argument" of each triple of a rule, a line each.
std::string said(const doc::Document& d) {
  std::string out;
  for (const extract::OpenTriple& t : reader().read(d)) {
    if (!out.empty()) out += '\n';
    out += t.subject.text + " | " + t.relation.text + " | ";
    for (size_t i = 0; i < t.arguments.size(); ++i)
      out += (i == 0 ? "" : "; ") + t.arguments[i].text;
  }
  return out;
}

struct Row {
  const char* what;
  const char* tree;
  const char* triples;
};

const Row kRows[] = {
    {"object and obliques, each with its preposition",
     "Oxfam Oxfam PROPN NNP 2 nsubj\nbuilt build VERB VBD 0 root\nroads road NOUN NNS 2 obj\n"
     "in in ADP IN 5 case\nKenya Kenya PROPN NNP 2 obl\nin in ADP IN 7 case\n"
     "2020 2020 NUM CD 2 obl\n. . PUNCT . 2 punct\n",
     "Oxfam | built | roads; in Kenya; in 2020"},
    {"passive: without an object the first preposition joins the relation, one of place last",
     "It it PRON PRP 3 nsubj:pass\nwas be AUX VBD 3 aux:pass\nnamed name VERB VBN 0 root\n"
     "in in ADP IN 5 case\n2020 2020 NUM CD 3 obl\nafter after ADP IN 7 case\n"
     "Mandela Mandela PROPN NNP 3 obl\n",
     "It | was named in | 2020; after Mandela"},
    {"a preposition that tells neither when nor where goes first",
     "It it PRON PRP 3 nsubj:pass\nwas be AUX VBD 3 aux:pass\nknown know VERB VBN 0 root\n"
     "in in ADP IN 5 case\nJapan Japan PROPN NNP 3 obl\nas as ADP IN 7 case\n"
     "Hoppo Hoppo PROPN NNP 3 obl\n",
     "It | was known as | Hoppo; in Japan"},
    {"infinitives that a verb governs, with particles and negation",
     "Oxfam Oxfam PROPN NNP 4 nsubj\ndoes do AUX VBZ 4 aux\nnot not PART RB 4 advmod\n"
     "plan plan VERB VB 0 root\nto to PART TO 6 mark\nset set VERB VB 4 xcomp\n"
     "up up ADP RP 6 compound:prt\nschools school NOUN NNS 6 obj\n",
     "Oxfam | does not plan to set up | schools"},
    {"who is urged acts",
     "Oxfam Oxfam PROPN NNP 2 nsubj\nurged urge VERB VBD 0 root\nKenya Kenya PROPN NNP 2 obj\n"
     "to to PART TO 5 mark\nbuild build VERB VB 2 xcomp\nroads road NOUN NNS 5 obj\n",
     "Oxfam | urged | Kenya; to build roads\nKenya | to build | roads"},
    {"copula, and an apposition that is implied",
     "Lopez Lopez PROPN NNP 7 nsubj\n, , PUNCT , 4 punct\na a DET DT 4 det\n"
     "lawyer lawyer NOUN NN 1 appos\n, , PUNCT , 1 punct\nis be AUX VBZ 7 cop\n"
     "mayor mayor NOUN NN 0 root\n",
     "Lopez | is | a lawyer\nLopez | is | mayor"},
    {"adjective with an infinitive",
     "Soldiers soldier NOUN NNS 3 nsubj\nwere be AUX VBD 3 cop\nable able ADJ JJ 0 root\n"
     "to to PART TO 5 mark\nhold hold VERB VB 3 xcomp\nit it PRON PRP 5 obj\n",
     "Soldiers | were able to hold | it"},
    {"adjective with a preposition, and a place",
     "It it PRON PRP 3 nsubj\nis be AUX VBZ 3 cop\nclose close ADJ JJ 0 root\n"
     "to to ADP IN 5 case\nParis Paris PROPN NNP 3 obl\nand and CCONJ CC 9 cc\n"
     "was be AUX VBD 9 cop\nin in ADP IN 9 case\nFrance France PROPN NNP 3 conj\n",
     "It | is close to | Paris\nIt | was in | France"},
    {"possessive of a noun, not of a pronoun",
     "Kenya Kenya PROPN NNP 3 nmod:poss\n's 's PART POS 1 case\nports port NOUN NNS 4 nsubj\n"
     "help help VERB VBP 0 root\nits its PRON PRP$ 6 nmod:poss\ntrade trade NOUN NN 4 obj\n",
     "Kenya | has | ports\nKenya 's ports | help | its trade"},
    {"relative clauses: subject and object",
     "Oxfam Oxfam PROPN NNP 7 nsubj\n, , PUNCT , 4 punct\nwhich which PRON WDT 4 nsubj\n"
     "runs run VERB VBZ 1 acl:relcl\nschools school NOUN NNS 4 obj\n, , PUNCT , 4 punct\n"
     "left leave VERB VBD 0 root\nthe the DET DT 9 det\ncity city NOUN NN 7 obj\n"
     "it it PRON PRP 11 nsubj\nloved love VERB VBD 9 acl:relcl\n",
     "Oxfam | runs | schools\nOxfam | left | the city\nit | loved | the city"},
    {"participle: being is implied",
     "A a DET DT 2 det\nshow show NOUN NN 6 nsubj\nknown know VERB VBN 2 acl\n"
     "as as ADP IN 5 case\nGlad Glad PROPN NNP 3 obl\nran run VERB VBD 0 root\n"
     "daily daily ADV RB 6 advmod\nin in ADP IN 9 case\nJune June PROPN NNP 6 obl\n",
     "A show | is known as | Glad\nA show known as Glad | ran daily in | June"},
    {"joined verbs share subject and auxiliaries; joined objects stay together",
     "He he PRON PRP 3 nsubj:pass\nwas be AUX VBD 3 aux:pass\nfreed free VERB VBN 0 root\n"
     "by by ADP IN 5 case\nParis Paris PROPN NNP 3 obl\nand and CCONJ CC 7 cc\n"
     "given give VERB VBN 3 conj\nbread bread NOUN NN 7 obj\nand and CCONJ CC 10 cc\n"
     "wine wine NOUN NN 8 conj\n",
     "He | was freed by | Paris\nHe | was given | bread and wine"},
    {"first of two joined verbs takes the object of the second",
     "They they PRON PRP 2 nsubj\nbuy buy VERB VBP 0 root\nand and CCONJ CC 4 cc\n"
     "sell sell VERB VBP 2 conj\nshares share NOUN NNS 4 obj\n",
     "They | buy | shares\nThey | sell | shares"},
    {"what is said is an argument, and a triple of its own",
     "Li Li PROPN NNP 2 nsubj\nsaid say VERB VBD 0 root\nthat that SCONJ IN 6 mark\n"
     "Kenya Kenya PROPN NNP 6 nsubj\nwill will AUX MD 6 aux\nbuild build VERB VB 2 ccomp\n"
     "roads road NOUN NNS 6 obj\n",
     "Li | said that | Kenya will build roads\nKenya | will build | roads"},
    {"a clause without arguments",
     "The the DET DT 2 det\nport port NOUN NN 3 nsubj\nopened open VERB VBD 0 root\n",
     "The port | opened | "},
    {"'…, X said'",
     "Kenya Kenya PROPN NNP 2 nsubj\nbuilt build VERB VBD 0 root\nroads road NOUN NNS 2 obj\n"
     ", , PUNCT , 6 punct\nLi Li PROPN NNP 6 nsubj\nsaid say VERB VBD 2 parataxis\n",
     "Kenya | built | roads\nLi | said | Kenya built roads"},
    {"nothing is said where something is only there",
     "There there PRON EX 2 expl\nwere be VERB VBD 0 root\nroads road NOUN NNS 2 nsubj\n", ""},
    {"a broken tree with a cycle gives nothing",
     "Oxfam Oxfam PROPN NNP 2 nsubj\nleft leave VERB VBD 1 conj\n", ""},
};

}  // namespace

TEST_CASE("open triples say what each construction says") {
  for (const Row& row : kRows) {
    CAPTURE(row.what);
    CHECK(said(tree(row.tree)) == row.triples);
  }
}

TEST_CASE("stretches of an open triple are the words' bytes, and implied words have none") {
  const doc::Document d = tree(kRows[5].tree);
  const auto triples = reader().read(d);
  REQUIRE(triples.size() == 2);
  CHECK(triples[0].relation.stretches.empty());
  REQUIRE(triples[1].relation.stretches.size() == 1);
  CHECK(d.bytes(triples[1].relation.stretches[0]) == "is");
  const doc::Document joined = tree(kRows[11].tree);
  const auto second = reader().read(joined);
  REQUIRE(second.size() == 2);
  REQUIRE(second[1].relation.stretches.size() == 2);
  CHECK(joined.bytes(second[1].relation.stretches[0]) == "was");
  CHECK(joined.bytes(second[1].relation.stretches[1]) == "given");
}

TEST_CASE("open triples carry modality, polarity and speaker as facts do") {
  const auto negative = reader().read(tree(kRows[3].tree));
  REQUIRE(negative.size() == 1);
  CHECK(negative[0].evidence.polarity == doc::Polarity::negative);
  CHECK(negative[0].evidence.rule == "open.verb");
  CHECK(negative[0].evidence.confidence > 0.5f);

  doc::Document d = tree(kRows[13].tree);
  d.entities.resize(1);
  d.entities[0].label = "Li";
  doc::Mention li;
  li.tokens = {0, 1};
  li.head = 0;
  li.entity = 0;
  d.mentions = {li};
  const auto said = reader().read(d);
  REQUIRE(said.size() == 2);
  CHECK(said[0].subject.entity == 0);
  CHECK(said[0].evidence.speaker == doc::kNoEntity);
  CHECK(said[1].evidence.speaker == 0);
  CHECK(said[1].evidence.modality == doc::Modality::planned);
  CHECK(d.bytes(said[1].evidence.span) == d.text);
}

}  // namespace weft::tests
