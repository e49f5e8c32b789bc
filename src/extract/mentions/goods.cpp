// Goods: common nouns of what is grown, mined, made or sold ("circuit boards", "black bread"),
// which are things of a text only beside who makes, sells or lives on them.
//
// Method: a noun of the list mention_goods, with the modifiers before it, is a product where a verb
// of the list mention_goods_verbs acts on it (also through a measure: "12 tonnes of X", and from
// behind: "X made by A", "the X that A sells"), where it stands behind a noun of making or trade
// ("the maker of X") or where a body owns it ("Acme's X"); it is a trade where one lives on it.
// Linear in tokens, times a bounded number of steps up the tree. Reference: Resnik 1996 for what
// verbs select.
#include <algorithm>

#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoToken;
using doc::Upos;
using doc::Xpos;

constexpr uint32_t kMaxClimb = 5;   // conjuncts and measures between a noun and its verb
constexpr uint32_t kMaxBelow = 14;  // tokens from a noun to a word that hangs on it

struct GoodsFinder {
  explicit GoodsFinder(Sketch& sketch)
      : s(sketch),
        d(sketch.document),
        product(s.lists.schema.ontology.type("Product")),
        covered(s.in_drafts()),
        bodies(s.in_drafts(s.lists.schema.ontology.core().organization)),
        products(s.in_drafts(product)) {}

  std::string lemma(uint32_t t) const { return text::fold(d.lemma_of(t)); }

  /// The preposition of a phrase; empty if it has none.
  std::string_view preposition(uint32_t noun) const {
    const uint32_t start = s.sentence_start(noun);
    for (uint32_t t = noun; t-- > start && t + kMaxBelow > noun;)
      if (d.deprel[t] == Deprel::case_ && d.head[t] == noun) return s.lower[t];
    return {};
  }

  bool has_particle(uint32_t verb, std::string_view word) const {
    const uint32_t end = std::min(s.sentence_end(verb), verb + kMaxBelow);
    for (uint32_t t = verb + 1; t < end; ++t)
      if (d.head[t] == verb && s.lower[t] == word &&
          (d.deprel[t] == Deprel::compound_prt || d.deprel[t] == Deprel::advmod))
        return true;
    return false;
  }

  const std::string* value_of(uint32_t noun) const {
    if (const auto* v = s.lists.goods.value(s.lower[noun])) return v;
    return d.xpos[noun] == Xpos::NNS ? s.lists.goods.value(lemma(noun)) : nullptr;
  }

  /// True if the verb makes the goods, or buys them where they are such as one buys singly.
  bool acts(uint32_t verb, bool machine) const {
    const auto* value = s.lists.goods_verbs.value(lemma(verb));
    if (!value) return false;
    if (*value == "out") return has_particle(verb, "out");
    return *value == "make" || (*value == "buy" && machine);
  }

  /// "a satellite built by pupils", "the lathes that it makes": a clause behind the noun.
  bool made_below(uint32_t noun, bool machine) const {
    const uint32_t end = std::min(s.sentence_end(noun), noun + kMaxBelow);
    for (uint32_t t = noun + 1; t < end; ++t) {
      if (d.head[t] != noun || d.upos[t] != Upos::VERB || !acts(t, machine)) continue;
      if (d.deprel[t] == Deprel::acl) return d.xpos[t] == Xpos::VBN;
      if (d.deprel[t] != Deprel::acl_relcl) continue;
      bool subject = false;
      for (uint32_t c = noun + 1; c < t; ++c) {
        const bool word = d.head[c] == t;
        subject |=
            word &&
            (d.deprel[c] == Deprel::nsubj_pass ||
             (d.deprel[c] == Deprel::nsubj && s.lower[c] != "that" && s.lower[c] != "which"));
      }
      return subject;
    }
    return false;
  }

  /// "Acme's X", "its X": whose goods they are.
  bool is_owned(uint32_t noun) const {
    const uint32_t start = s.sentence_start(noun);
    for (uint32_t t = noun; t-- > start && t + kMaxBelow > noun;)
      if (d.head[t] == noun && d.deprel[t] == Deprel::nmod_poss)
        return bodies[t] || s.lower[t] == "its" || s.lower[t] == "whose";
    return false;
  }

  /// The type that the words around give the noun; an invalid id where they make it no thing.
  schema::TypeId type_beside(uint32_t noun, bool machine) const {
    const auto industry = s.lists.schema.ontology.core().industry;
    // Its ships may be those that it sails.
    if (made_below(noun, machine) || (!machine && is_owned(noun))) return product;
    uint32_t t = noun;
    for (uint32_t steps = 0; steps < kMaxClimb; ++steps) {
      const uint32_t head = s.parent(t);
      if (head == kNoToken) return {};
      switch (d.deprel[t]) {
        case Deprel::conj:
          break;
        case Deprel::nmod: {
          const auto p = preposition(t);
          if (p != "of" && p != "for") return {};
          if (s.lists.goods_nouns.has(s.lower[head]) || s.lists.goods_nouns.has(lemma(head)))
            return product;
          if (p != "of" || (!s.lists.measures.has(lemma(head)) && d.upos[head] != Upos::NUM))
            return {};
          break;
        }
        case Deprel::obj:
        case Deprel::nsubj_pass:
          return d.upos[head] == Upos::VERB && acts(head, machine) ? product : schema::TypeId();
        case Deprel::obl: {
          const auto* value = s.lists.goods_verbs.value(lemma(head));
          const auto p = preposition(t);
          if (!value) return {};
          if (*value == "live")
            return p == "on" || p == "off" || p == "from" ? industry : schema::TypeId();
          // "supplies X with 12,000 tonnes of Y"
          return p == "with" && *value == "make" ? product : schema::TypeId();
        }
        default:
          return {};
      }
      t = head;
    }
    return {};
  }

  uint32_t left_edge(uint32_t noun) const {
    return s.phrase_begin(noun, covered, [&](uint32_t p, uint32_t) -> uint32_t {
      if (s.joins(p, covered)) return 2;
      // "their AN-390 freighter": a mark that is no name of its own.
      if (s.capital[p] && !s.first_in_sentence(p) && d.head[p] == noun &&
          d.deprel[p] == Deprel::compound)
        return 1;
      if ((s.capital[p] && !s.first_in_sentence(p)) || !s.nominal(p) || d.head[noun] == p ||
          s.lists.description_stop.has(s.lower[p]) || s.lists.description_fresh.has(s.lower[p]) ||
          s.lists.measures.has(lemma(p)) || d.xpos[p] == Xpos::JJS || d.xpos[p] == Xpos::JJR)
        return 0;
      return 1;
    });
  }

  /// "Rivoxan, a pill", "its malaria pill Paludrex": the noun says what a named thing is.
  bool is_named(uint32_t noun) const {
    if (d.deprel[noun] == Deprel::appos && s.parent(noun) != kNoToken && covered[d.head[noun]])
      return true;
    const uint32_t end = std::min(s.sentence_end(noun), noun + kMaxBelow);
    if (noun + 1 < end && products[noun + 1]) return true;
    for (uint32_t t = noun + 1; t < end; ++t)
      if (d.head[t] == noun && d.deprel[t] == Deprel::appos && covered[t]) return true;
    return noun > s.sentence_start(noun) && products[noun - 1];
  }

  void consider(uint32_t noun) {
    if (covered[noun] || !s.usable[noun] || d.upos[noun] != Upos::NOUN || s.title_token[noun])
      return;
    if (s.capital[noun] && !s.first_in_sentence(noun)) return;
    const auto r = d.deprel[noun];
    if (r == Deprel::compound || r == Deprel::nmod_poss) return;
    if (d.xpos[noun] == Xpos::NNS && s.lists.argument_stop.has(s.lower[noun])) return;
    const auto* value = value_of(noun);
    if (!value || is_named(noun)) return;
    const auto type = type_beside(noun, *value == "machine");
    if (!type.valid()) return;
    const uint32_t begin = left_edge(noun);
    auto& draft = s.add_described({begin, noun + 1}, type, 0.45F);
    // "its first trawler", "the largest kite"
    uint32_t wide = begin;
    while (wide > s.sentence_start(noun) && !covered[wide - 1] && !s.capital[wide - 1] &&
           (s.lists.description_fresh.has(s.lower[wide - 1]) ||
            s.lists.ordinals.has(s.lower[wide - 1]) || d.xpos[wide - 1] == Xpos::JJS))
      --wide;
    if (wide < begin) draft.aliases.push_back(s.text({wide, noun + 1}));
    for (uint32_t t = begin; t <= noun; ++t) covered[t] = 1;
  }

  void run() {
    if (d.head.size() != s.size() || !s.tagged()) return;
    for (uint32_t t = 0; t < s.size(); ++t) consider(t);
  }

  Sketch& s;
  const doc::Document& d;
  const schema::TypeId product;
  std::vector<uint8_t> covered;
  std::vector<uint8_t> bodies;    // in the mention of an organization
  std::vector<uint8_t> products;  // in the mention of a product
};

}  // namespace

void find_goods(Sketch& sketch) { GoodsFinder(sketch).run(); }

}  // namespace weft::extract
