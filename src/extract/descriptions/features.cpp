// Problem: of the words that may describe an entity, which do? Method: each candidate is described
// by features in words: how it stands to the entity (the way, the tree between both, the distance,
// what the name is in its clause), what sort of words it is (the sort of its noun by the lists,
// against the type of the entity; article, complements, length). Their weights, of a logistic
// regression, are a lexicon. Cost: linear in the children of a noun and the mentions of a sentence.
#include <algorithm>
#include <array>
#include <cmath>

#include "extract/descriptions/descriptions.h"
#include "extract/descriptions/weights.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;
using doc::Xpos;

std::string lower(std::string_view s) { return text::lower_ascii(s); }

bool is_possessive(const doc::Document& d, TokenIndex t) {
  return d.xpos[t] == Xpos::POS || d.xpos[t] == Xpos::PRP_S;
}

std::string bucket(size_t n) {
  return n <= 3 ? std::to_string(n) : n <= 6 ? "4-6" : n <= 12 ? "7-12" : "more";
}

// The ending that tells people by what they do: "scient-ist", "farm-er".
std::string_view ending(std::string_view noun) {
  for (const std::string_view e : {"ologist", "ist", "ician", "ian", "eer", "er",   "or",   "ant",
                                   "ent",     "man", "woman", "ee",  "ion", "ment", "ness", "ity",
                                   "ship",    "ing", "ory",   "ery", "ism", "ance", "ence"})
    if (noun.size() > e.size() + 1 && noun.ends_with(e)) return e;
  return "other";
}

std::string_view name_of(doc::MentionForm form) {
  constexpr std::array<std::string_view, 3> kNames = {"name", "description", "pronoun"};
  return kNames[static_cast<size_t>(form)];
}

}  // namespace

// How it stands to the entity.
void DescriptionFinder::describe(const Draft& draft, Description& out) const {
  const auto put = [&](std::string s) { out.features.push_back(std::move(s)); };
  const std::string& way = draft.way;
  const doc::Entity& e = document_.entities[draft.entity];
  const std::string type = lower(ontology_[e.type].name);
  put(way);
  put(way + " " + type);
  if (!e.kind.empty()) put("kind " + e.kind);
  const std::string relation(doc::name(document_.deprel[draft.head]));
  put(way + " head " + relation);
  const TokenIndex above = document_.head[draft.head];
  const doc::Mention* who = mention_at(draft.who);
  const auto in_name = [&](TokenIndex t) {
    return t == draft.who || (who && t != kNoToken && who->tokens.contains(t));
  };
  TokenIndex top = draft.who;  // the topmost word of the name
  while (who && document_.head[top] != kNoToken && who->tokens.contains(document_.head[top]))
    top = document_.head[top];
  std::string link = "none";
  if (above != kNoToken && in_name(above))
    link = "under name " + relation;
  else if (document_.head[top] == draft.head)
    link = "over name " + std::string(doc::name(document_.deprel[top]));
  else if (above != kNoToken && above == document_.head[top])
    link = "beside name " + relation;
  put(way + " " + link);
  if (who) {
    put(way + " of " + std::string(name_of(who->form)));
    put("of " + std::string(name_of(who->form)));
    const TokenIndex from = std::min(draft.head, draft.who), to = std::max(draft.head, draft.who);
    put(way + " distance " + bucket(to - from));
    size_t between = 0;
    for (const doc::Mention& m : mentions_)
      if (m.tokens.begin > from && m.tokens.end <= to && m.entity != draft.entity) ++between;
    if (between > 0) put("names between");
  }
  put(way + " name as " + std::string(doc::name(document_.deprel[top])));
  if (draft.frame != kNoFrame) {
    const ClauseStatus& status = reading_.statuses[draft.frame];
    put("modality " + std::to_string(static_cast<int>(status.modality)));
    if (status.polarity == doc::Polarity::negative) put("negative");
    if (reading_.attributions[draft.frame].speaker != kNoEntity) put("reported");
    if (reading_.attributions[draft.frame].speaker == draft.entity) put("of speaker");
  }
}

// What sort of words it is.
void DescriptionFinder::describe_noun(const Draft& draft, Description& out) const {
  const auto put = [&](std::string s) { out.features.push_back(std::move(s)); };
  const std::string& way = draft.way;
  const std::string type = lower(ontology_[document_.entities[draft.entity].type].name);
  const TokenIndex h = draft.head;
  const std::string noun = lower(document_.lemma_of(h));
  const std::string tag(doc::name(document_.upos[h]));
  put("tag " + tag);
  put(way + " tag " + tag);
  if (document_.morph[h] & doc::kPlural) put("plural");
  if (document_.morph[h] & doc::kPlural) put("plural of " + type);
  // Its sort, by the lists.
  bool sorted = false;
  const auto sort = [&](const std::string& s) {
    put("sort " + s);
    put("sort " + s + " of " + type);
    sorted = true;
  };
  if (const std::string* types = words_.noun_types.value(noun)) {
    const std::string all = lower(*types);
    put(all.find(type) != std::string::npos ? "noun fits" : "noun of other type");
    sort("described");
  }
  if (words_.offices.has(noun)) sort("office");
  if (words_.positions.has(noun)) sort("position");
  if (words_.kin.has(noun)) sort("kin");
  if (words_.people.has(noun)) sort("person");
  if (words_.bodies.has(noun)) sort("body");
  if (words_.places.has(noun)) sort("place");
  if (words_.sites.has(noun)) sort("site");
  if (words_.events.has(noun)) sort("event");
  if (words_.works.has(noun)) sort("work");
  if (!sorted) sort("none");
  const std::string end(ending(noun));
  put("ending " + end + " of " + type);
  if (!sorted) put("only ending " + end + " of " + type);
  // What stands before and behind it.
  TokenIndex first = draft.words.empty() ? h : draft.words.begin;
  std::string article = "no article";
  for (TokenIndex c : reading_.frames.children(h)) {
    const Deprel r = document_.deprel[c];
    if (draft.words.empty() && c < first && (r == Deprel::amod || r == Deprel::compound)) first = c;
    if (r == Deprel::det) {
      const std::string form = lower(document_.norm_of(c));
      article = form == "the" ? "the" : form == "a" || form == "an" ? "a" : "other article";
    } else if (r == Deprel::nmod_poss) {
      article = document_.upos[c] == Upos::PRON ? "pronoun's" : "somebody's";
    }
    if (r == Deprel::nmod || r == Deprel::acl || r == Deprel::acl_relcl || r == Deprel::amod ||
        r == Deprel::compound || r == Deprel::nummod || r == Deprel::conj || r == Deprel::appos ||
        r == Deprel::advmod)
      put(way + " with " + std::string(doc::name(r)));
    if (r == Deprel::nmod) put("with " + std::string(reading_.frames.preposition(c)));
    if (r == Deprel::nmod && reading_.fillers.is_mention(c)) put(way + " names another");
    if (document_.xpos[c] == Xpos::JJS) put("superlative");
    if (r == Deprel::amod && document_.norm_of(c) == "first") put("superlative");
  }
  if (article == "no article" && first > sentence_.begin) {
    const std::string form = lower(document_.norm_of(first - 1));
    if (form == "the") article = "the";
    if (form == "a" || form == "an") article = "a";
    if (is_possessive(document_, first - 1)) article = "somebody's";
  }
  put(way + " " + article);
  const size_t blanks = static_cast<size_t>(std::count(out.value.begin(), out.value.end(), ' '));
  put(way + " words " + bucket(blanks + 1));
  if (!out.value.empty() && out.value[0] >= 'A' && out.value[0] <= 'Z') put(way + " capital");
  if (const doc::Mention* m = mention_at(h)) {
    if (m->entity == draft.entity)
      put("same entity");
    else
      put("itself " + lower(ontology_[document_.entities[m->entity].type].name));
    put(way + (m->entity == draft.entity ? " same entity" : " other entity"));
    if (m->form == doc::MentionForm::name && m->entity != draft.entity) put("itself a name");
  }
  if (first > sentence_.begin && mention_at(first) && first != h) put("begins with a name");
}

float likelihood_of(const Description& description, const DescribingWords& words) {
  constexpr double kMost = 30;  // beyond, the exponential says nothing more
  float sum = weight_in(words.weights, "any");
  for (const std::string& feature : description.features) sum += weight_in(words.weights, feature);
  return static_cast<float>(1 /
                            (1 + std::exp(-std::clamp(static_cast<double>(sum), -kMost, kMost))));
}

}  // namespace weft::extract
