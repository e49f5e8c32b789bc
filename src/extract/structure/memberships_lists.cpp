// Problem: lists of people say of which body they are without a verb, over many lines: "Squad:",
// "Goalkeepers: A (X), B (Y)", "The members of the commission are A, B and C", a heading with a
// party's name above lines of names, a table with a column "Club"; and "A and B of X" says it of
// both. Method: a run of people joined by commas and "and" takes the body before it ("Torvik's A
// and B", "the Labour trio of A, B and C", "the jury consists of A and B") and behind it ("A and B
// of X"); lines that begin with a person are items of the line without people above them, which
// names the body, or of a table's head. A list without a colon needs two items. Cost: linear in
// tokens and mentions; each looks at a bounded stretch around itself. Reference: Hearst 1992.
#include <algorithm>
#include <string>

#include "extract/frames/within.h"
#include "extract/structure/memberships.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using core::TokenSpan;
using doc::Document;
using doc::kNoEntity;
using doc::LocalEntity;
using doc::Mention;
using doc::MentionForm;
using doc::TokenIndex;

constexpr uint32_t kHeadTokens = 14;   // of a line that heads a list without a colon
constexpr uint32_t kLabelTokens = 6;   // of "Goalkeepers:" before the people of a line
constexpr uint32_t kLookBack = 12;     // words before a list where its introduction stands
constexpr uint32_t kLeastItems = 2;    // of a list that no colon announces
constexpr uint32_t kLeastGuessed = 3;  // of a list whose heading doesn't say that it is of members
constexpr uint32_t kWholeEvidence = 200, kStretch = 40;  // tokens of a sentence as evidence
constexpr float kSure = 0.9F, kLikely = 0.8F;

class ListReader {
 public:
  ListReader(const schema::Schema& schema, Document& document, MemberBodies& bodies)
      : d_(document),
        ontology_(schema.ontology),
        core_(schema.ontology.core()),
        bodies_(bodies),
        groups_(schema.lexicons.list("member_groups")),
        roles_(schema.lexicons.list("member_roles")),
        listing_(schema.lexicons.list("member_listing")),
        columns_(schema.lexicons.list("member_columns")) {
    person_.assign(d_.token_count(), nullptr);
    body_.assign(d_.token_count(), nullptr);
    body_end_.assign(d_.token_count() + 1, nullptr);
    std::vector<TokenIndex> covered(2, 0);  // ends of the outermost people and bodies so far
    for (const Mention& m : d_.mentions) {
      if (m.entity == kNoEntity || m.tokens.empty() || m.form == MentionForm::pronoun) continue;
      const schema::TypeId type = d_.entities[m.entity].type;
      if (type == core_.person && m.form == MentionForm::name && m.tokens.begin >= covered[0]) {
        person_[m.tokens.begin] = &m;
        covered[0] = m.tokens.end;
      } else if (type == core_.organization) {
        if (!body_[m.tokens.begin]) body_[m.tokens.begin] = &m;
        const Mention*& ends = body_end_[m.tokens.end];
        if (!ends || ends->tokens.size() < m.tokens.size()) ends = &m;
      }
    }
  }

  void run() {
    for (uint32_t s = 0; s < d_.sentence_count(); ++s)
      if (d_.is_prose(s)) read_sentence(d_.sentence(s));
    read_lines();
  }

 private:
  struct Member {
    const Mention* person;
    LocalEntity body;
    float confidence;
    const char* rule;
    bool by_list;         // what the list makes of it: a member, unless the body employs
    bool layout = false;  // the body stands in another line
  };

  std::string word(TokenIndex t) const {
    return t < d_.token_count() ? text::fold(d_.norm_of(t)) : std::string();
  }
  bool separates(TokenIndex t) const {
    const std::string w = word(t);
    return w == "," || w == ";" || w == "and" || w == "&" || w == "or";
  }
  bool possessive(TokenIndex t) const {
    const std::string w = word(t);
    return w == "'s" || w == "'";
  }
  /// A tab stands before the token.
  bool opens_cell(TokenIndex t) const {
    return t > 0 && t < d_.token_count() &&
           d_.bytes({d_.token_end[t - 1], d_.token_begin[t]}).find('\t') != std::string_view::npos;
  }
  bool finite(TokenIndex t) const {
    return t < d_.upos.size() && (d_.upos[t] == doc::Upos::VERB || d_.upos[t] == doc::Upos::AUX) &&
           (d_.morph[t] & doc::kFinite);
  }
  bool nominal(TokenIndex t) const {
    const doc::Upos u = d_.upos[t];
    return u == doc::Upos::NOUN || u == doc::Upos::ADJ || u == doc::Upos::PROPN;
  }
  TokenIndex behind_article(TokenIndex t) const { return word(t) == "the" ? t + 1 : t; }

  /// The sentence, or of a very long one the stretch about the person: ten thousand names in a
  /// row are not each proved by ten thousand names.
  static TokenSpan around(TokenSpan person, TokenSpan sentence) {
    if (sentence.size() <= kWholeEvidence) return sentence;
    return {std::max(sentence.begin + kStretch, person.begin) - kStretch,
            std::min(sentence.end, person.end + kStretch)};
  }

  void add(const Mention& person, LocalEntity body, float confidence, const char* rule,
           bool member) {
    if (person.entity == body || body == kNoEntity) return;
    const char* name = member ? "member_of" : bodies_.relation(body);
    const schema::RelationId relation = ontology_.relation(name);
    if (!relation.valid() ||
        !ontology_.allows(relation, d_.entities[person.entity].type, d_.entities[body].type))
      return;
    doc::Evidence e;
    e.sentence = d_.sentence_of(person.tokens.begin);
    e.span = d_.byte_span(around(person.tokens, d_.sentence(e.sentence)));
    e.rule = std::string(kListRule) + name + rule;
    e.confidence = confidence;
    doc::Fact fact;
    fact.subject = person.entity;
    fact.relation = relation;
    fact.object = body;
    fact.evidence.push_back(std::move(e));
    d_.facts.push_back(std::move(fact));
  }

  // Runs of people within a sentence.

  /// People from token `t` on, each joined to the last by commas and "and" alone.
  std::vector<const Mention*> bare_run(TokenIndex t, TokenIndex end) const {
    std::vector<const Mention*> out;
    while (t < end && person_[t]) {
      out.push_back(person_[t]);
      t = person_[t]->tokens.end;
      const TokenIndex from = t;
      while (t < end && separates(t) && t < from + 2) ++t;
      if (t == from) break;
    }
    return out;
  }

  /// The same, with what belongs to each of them ("A of X, B (Y) and C") stepped over.
  std::vector<const Mention*> long_run(TokenIndex t, TokenIndex end) const {
    std::vector<const Mention*> out;
    bool joined = true;
    for (uint32_t since = 0; t < end && since < kLookBack; ++since) {
      if (person_[t] && joined) {
        out.push_back(person_[t]);
        t = person_[t]->tokens.end;
        joined = false;
        since = 0;
        continue;
      }
      if (separates(t))
        joined = true;
      else if (d_.upos[t] == doc::Upos::ADP || person_[t])
        joined = false;
      const std::string w = word(t);
      // Another group's noun begins another list.
      if (finite(t) || groups_.has(w) || w == "who" || w == "which" || w == "while" || w == "but" ||
          w == "with")
        break;
      t = person_[t] ? person_[t]->tokens.end : body_[t] ? body_[t]->tokens.end : t + 1;
    }
    return out;
  }

  /// The body that stands behind "of", "from", "at" at `t`; null if none does.
  const Mention* complement(TokenIndex t, TokenIndex end) const {
    const std::string w = word(t);
    if (w != "of" && w != "from" && w != "at") return nullptr;
    const TokenIndex at = behind_article(t + 1);
    return at < end ? body_[at] : nullptr;
  }

  void read_sentence(TokenSpan sentence) {
    for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
      if (!person_[t]) continue;
      const auto run = bare_run(t, sentence.end);
      coordinated(run, sentence);
      introduced(t, sentence);
      for (const Mention* m : run) described(*m, sentence);
      t = run.back()->tokens.end - 1;
    }
  }

  /// "Judge A": whoever brings an office along need not be of the others' body.
  bool titled(const Mention& m) const {
    for (const Mention& office : begin_in(std::span<const Mention>(d_.mentions), m.tokens))
      if (office.entity != kNoEntity && d_.entities[office.entity].type == core_.position)
        return true;
    return false;
  }

  /// "Torvik's A and B", "A, B and C of Torvik".
  void coordinated(const std::vector<const Mention*>& run, TokenSpan sentence) {
    const TokenIndex begin = run.front()->tokens.begin, end = run.back()->tokens.end;
    const Mention* behind = complement(end, sentence.end);
    // "A and B (both Torvik)", "A, B and C, all of Torvik"
    if ((word(end) == "(" || word(end) == ",") &&
        (word(end + 1) == "both" || word(end + 1) == "all")) {
      TokenIndex at = end + 2;
      if (word(at) == "of" || word(at) == "from") ++at;
      at = behind_article(at);
      if (at < sentence.end && body_[at]) behind = body_[at];
    }
    if (begin >= sentence.begin + 2 && possessive(begin - 1))
      if (const Mention* owner = body_end_[begin - 1])
        for (const Mention* m : run)
          if ((m != run.back() || !behind) && (m == run.front() || bodies_.has(owner->entity)))
            add(*m, owner->entity, kLikely, m == run.front() ? ".owner" : ".owners", false);
    if (!behind || run.size() < 2) return;
    const bool owned = begin > sentence.begin && possessive(begin - 1);
    const bool joined = word(run.back()->tokens.begin - 1) != ",";  // "A, B of X" is no pair
    for (const Mention* m : run)
      if (m == run.back() || (joined && !owned && !titled(*m)))
        add(*m, behind->entity, kLikely, ".coordinated", false);
  }

  /// "Torvik striker X": the title that the mention of a person takes in.
  void in_title(const Mention& m) {
    const Mention* body = body_[m.tokens.begin];
    if (!body || body->tokens.end >= m.tokens.end || !bodies_.has(body->entity)) return;
    for (TokenIndex t = body->tokens.end; t < m.tokens.end; ++t)
      if (roles_.has(word(t))) return add(m, body->entity, kLikely, ".role", true);
  }

  /// "X (Torvik and Kestonia)": the bodies of a bracket.
  void affiliated(const Mention& m, TokenIndex t, TokenIndex end) {
    const TokenIndex first = t;
    while (t < end && t < first + kLookBack && word(t) != ")") {
      const Mention* body = body_[t];
      if (body && bodies_.has(body->entity)) add(m, body->entity, kLikely, ".bracket", true);
      t = body ? body->tokens.end : t + 1;
    }
  }

  /// "X, a Labour lawmaker", "X, striker of Torvik": what the apposition calls a person.
  void described(const Mention& m, TokenSpan sentence) {
    TokenIndex t = m.tokens.end;
    in_title(m);
    if (word(t) == "(") affiliated(m, t + 1, sentence.end);
    if (word(t) != "," && word(t) != "(") return;
    ++t;
    // "X, of the Labour Party,"
    if (const Mention* body = complement(t, sentence.end))
      return add(m, body->entity, kLikely, ".of", false);
    const std::string article = word(t);
    if (article == "a" || article == "an" || article == "the") ++t;
    for (TokenIndex n = t; n < sentence.end && n < t + 3; ++n) {
      if (const Mention* body = body_[n]) {
        TokenIndex role = body->tokens.end;
        if (possessive(role)) ++role;
        for (TokenIndex k = role; k < sentence.end && k < role + 3; ++k)
          if (roles_.has(word(k))) {
            if (bodies_.has(body->entity)) add(m, body->entity, kSure, ".described", true);
            return;
          }
        return;
      }
      if (roles_.has(word(n))) {
        const std::string link = word(n + 1);
        if (link != "of" && link != "for" && link != "from" && link != "in") return;
        const Mention* body =
            behind_article(n + 2) < sentence.end ? body_[behind_article(n + 2)] : nullptr;
        if (body && bodies_.has(body->entity)) add(m, body->entity, kSure, ".described", true);
        return;
      }
      if (person_[n] || separates(n)) return;
    }
  }

  /// The body of a group noun at `g`: what it heads itself, stands before it ("Labour MPs") or
  /// behind it ("members of the House"). `limit`: where the list or its verb begins.
  LocalEntity body_of_group(TokenIndex g, TokenIndex limit, TokenIndex begin) const {
    const std::string link = word(g + 1);
    if (link == "of" || link == "from" || link == "in" || link == "on" || link == "at") {
      const TokenIndex at = behind_article(g + 2);
      // "a member of the House health committee" is none of the House.
      if (at < limit && body_[at])
        return body_[at]->tokens.end >= limit || !nominal(body_[at]->tokens.end) ? body_[at]->entity
                                                                                 : kNoEntity;
    }
    if (const Mention* self = body_end_[g + 1]; self && self->tokens.begin < g)
      return self->entity;  // "the Halden board"
    if (body_[g] && body_[g]->tokens.end <= limit) return body_[g]->entity;
    // "the House health committee" is none of the House; "Labour's new members" are Labour's.
    const TokenIndex reach = word(g).ends_with('s') ? 4 : 1;
    for (TokenIndex t = g; t > begin && t + reach > g; --t) {
      if (const Mention* before = body_end_[t]) return before->entity;
      const std::string w = word(t - 1);
      if (separates(t - 1) || w == "of" || w == "the" || finite(t - 1)) break;
    }
    return owned_by_pronoun(g, begin);
  }

  /// "The Dragons named their squad": the body before "its" or "their" in the sentence.
  LocalEntity owned_by_pronoun(TokenIndex g, TokenIndex begin) const {
    constexpr uint32_t kModifiers = 3;
    TokenIndex t = g;
    while (t > begin && t + kModifiers > g && nominal(t - 1)) --t;
    if (t == begin || (word(t - 1) != "its" && word(t - 1) != "their")) return kNoEntity;
    for (TokenIndex k = t - 1; k > begin && k + kLookBack > t; --k)
      if (body_end_[k]) return body_end_[k]->entity;
    return kNoEntity;
  }

  /// "members who voted against it": the verb says something of them, not of the list.
  bool relative(TokenIndex verb, TokenIndex least) const {
    for (TokenIndex k = verb; k > least && k + 3 > verb; --k) {
      const std::string w = word(k - 1);
      if (w == "who" || w == "that" || w == "which") return true;
    }
    return false;
  }

  /// "the following members", "these seven members"
  bool following(TokenIndex noun, TokenIndex begin) const {
    for (TokenIndex k = noun; k > begin && k + 4 > noun; --k) {
      const std::string w = word(k - 1);
      if (w == "following" || w == "these") return true;
    }
    return false;
  }

  static bool is_form_of_be(std::string_view w) {
    return w == "are" || w == "is" || w == "were" || w == "was" || w == "be";
  }

  struct Introduction {
    LocalEntity body = kNoEntity;
    bool group = false;  // a noun of people introduces the list
    bool open = false;   // of people who need be no members
    bool single = false;
    std::string noun;
  };

  /// What the words before a list's first person at `t` say of the people in it.
  Introduction introduction(TokenIndex t, TokenIndex begin) const {
    Introduction out;
    if (t == begin) return out;
    const TokenIndex least = t > begin + kLookBack ? t - kLookBack : begin;
    TokenIndex limit = t;
    // "Labour MP A", "the Labour trio A and B", "the trio of A", "the members:".
    TokenIndex g = t - 1;
    const std::string last = word(g);
    bool listed = last == ":";
    const bool dash = last == "-" || last == "\u2013" || last == "\u2014" || last == "--";
    if (last == "of" || last == "," || dash || listed) {
      limit = g;
      if (g > begin) --g;
    }
    const bool noun = groups_.has(word(g));
    // "Torvik: A, B and C", "Torvik (A, B and C)".
    if ((listed || last == "(") && !noun &&
        bare_run(t, d_.sentence(d_.sentence_of(t)).end).size() > 1)
      if (const Mention* body = body_end_[t - 1]; body && bodies_.has(body->entity)) {
        out.body = body->entity;
        return out;
      }
    // "the secretary of the Torvik Committee, A"
    if ((last == "," || dash) && (!noun || body_end_[g + 1] || !word(g).ends_with('s'))) return out;
    // "Liberal Democrats A and B"
    if (const Mention* party = body_end_[t];
        party && limit == t && !noun && word(g).ends_with('s') && bodies_.has(party->entity)) {
      out.body = party->entity;
      return out;
    }
    if (noun || (limit == t && roles_.has(word(g)))) {
      out.body = body_of_group(g, limit, begin);
      out.group = true;
      out.single = !noun;
      const std::string* value = noun ? groups_.value(word(g)) : nullptr;
      out.open = value && *value == "open";
      if (out.body != kNoEntity || limit == t) return out;
    }
    // "the members of the House are A and B", "the jury consists of A", "MPs, including A".
    TokenIndex verb = t;
    for (TokenIndex k = t; k-- > least;) {
      if (listing_.has(word(k)) || (listed && k + 1 == t)) {
        verb = k;
        break;
      }
      if (k + 4 < t || person_[k]) break;
    }
    if (verb == t) return {};
    // "The council is suing A"
    if (is_form_of_be(word(verb)))
      for (TokenIndex k = verb + 1; k < t; ++k)
        if (d_.upos[k] == doc::Upos::VERB) return {};
    bool other_verb = false;  // "the following members of the House voted against it:"
    for (TokenIndex k = verb; k-- > least;) {
      if (person_[k]) break;
      if (finite(k) && !listing_.has(word(k)) && !relative(k, least)) other_verb = true;
      if (other_verb && !listed) break;
      if (!groups_.has(word(k)) || (other_verb && !following(k, begin))) continue;
      out.group = true;
      const std::string* value = groups_.value(word(k));
      out.open = value && *value == "open";
      out.body = body_of_group(k, verb, begin);
      return out;
    }
    // "the Truth Commission includes A": the verb's own subject.
    if (is_form_of_be(word(verb)) || word(verb) == "like") return out;
    const Mention* subject = body_end_[verb];
    // "The jury, led by B, also included A"
    if (!subject && finite(verb)) subject = body_[behind_article(begin)];
    if (subject && subject->tokens.end <= verb && bodies_.has(subject->entity))
      out.body = subject->entity;
    return out;
  }

  void introduced(TokenIndex t, TokenSpan sentence) {
    const Introduction in = introduction(t, sentence.begin);
    if (in.body == kNoEntity || in.open) return;
    bodies_.mark(in.body);
    if (in.single) {
      if (bodies_.has(in.body)) add(*person_[t], in.body, kLikely, ".role", true);
      return;
    }
    // A list within a list is as long as its commas: no name is stepped over many times.
    const auto people = t < listed_to_ ? bare_run(t, sentence.end) : long_run(t, sentence.end);
    listed_to_ = std::max(listed_to_, people.back()->tokens.end);
    for (const Mention* m : people) add(*m, in.body, kLikely, ".introduced", true);
  }

  // Lines.

  struct Line {
    TokenSpan tokens;
    bool prose = false;
  };

  std::vector<Line> lines() const {
    std::vector<Line> out;
    for (uint32_t s = 0; s < d_.sentence_count(); ++s) {
      const TokenSpan span = d_.sentence(s);
      if (span.empty()) continue;
      const bool same = !out.empty() && s < d_.sentence_block.size() && s > 0 &&
                        d_.sentence_block[s] == d_.sentence_block[s - 1];
      if (same)
        out.back().tokens.end = span.end;
      else
        out.push_back({span, d_.is_prose(s)});
    }
    return out;
  }

  bool mark(TokenIndex t) const {
    const std::string_view form = d_.norm_of(t);
    return std::none_of(form.begin(), form.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             static_cast<unsigned char>(c) >= 0xc3;
    });
  }

  /// The first person of a line that a bullet, a number or a label ("Goalkeepers:") may precede.
  TokenIndex first_person(TokenSpan line, TokenSpan& label) const {
    TokenIndex t = line.begin;
    while (t < line.end && t < line.begin + 4 && !person_[t] && mark(t)) ++t;
    label = {t, t};
    if (t < line.end && person_[t]) return t;
    for (TokenIndex k = t; k < line.end && k < t + kLabelTokens && !person_[k]; ++k)
      if (opens_cell(k + 1) && k + 1 < line.end && person_[k + 1]) {
        label = {t, k + 1};
        return k + 1;
      } else if (word(k) == ":" || word(k) == "|" || word(k) == "-" || word(k) == "\u2013" ||
                 word(k) == "\u2014") {
        label = {t, k};
        return k + 1 < line.end && person_[k + 1] ? k + 1 : line.end;
      }
    return line.end;
  }

  bool ends_sentence(TokenSpan line) const {
    const std::string last = word(line.end - 1);
    return last == "." || last == "!" || last == "?";
  }

  bool states(TokenSpan line) const {
    for (TokenIndex t = line.begin; t < line.end; ++t) {
      if (person_[t])
        t = person_[t]->tokens.end - 1;
      else if (body_[t])
        t = body_[t]->tokens.end - 1;
      else if (finite(t))
        return true;
    }
    return false;
  }

  struct List {
    LocalEntity outer = kNoEntity, inner = kNoEntity;
    bool members = false;  // the list is of members: a body beside a name has the person as member
    bool colon = false, guessed = false;
    uint32_t items = 0;
    std::vector<Member> found;
  };

  void flush(List& list) {
    const bool enough = list.items >= (list.guessed ? kLeastGuessed : kLeastItems) ||
                        (list.colon && !list.guessed && list.items > 0);
    if (enough)
      for (const Member& m : list.found) {
        if (m.by_list) bodies_.mark(m.body);
        if (m.layout && !bodies_.has(m.body)) continue;
        add(*m.person, m.body, m.confidence, m.rule, m.by_list && bodies_.has(m.body));
      }
    list = {};
  }

  /// The body that is all of a line but marks ("## Labour", "Labour (12):").
  const Mention* lone_body(TokenSpan line) const {
    TokenIndex begin = line.begin, end = line.end;
    while (begin < end && mark(begin)) ++begin;
    begin = std::min(behind_article(begin), end);
    while (end > begin && mark(end - 1)) --end;
    if (begin >= end || !body_[begin] || body_[begin]->tokens.end != end) return nullptr;
    return body_[begin];
  }

  /// The last words of a name announce nothing: "a decision of the State Council:".
  bool within_name(TokenIndex t) const {
    const Mention* name = body_end_[t + 1];
    return name && name->form == MentionForm::name && name->tokens.begin < t;
  }

  /// "Squad:", "Members of the committee", "Labour candidates": what a heading says of its list.
  /// `wanted`: the one noun that counts; empty: any.
  Introduction heading(TokenSpan line, std::string_view wanted = {}) const {
    Introduction out;
    for (TokenIndex t = line.begin; t < line.end; ++t) {
      const std::string w = word(t);
      const bool noun = groups_.has(w) || (roles_.has(w) && w.ends_with('s'));
      if (!noun || out.group || within_name(t) || (!wanted.empty() && w != wanted)) continue;
      const std::string* value = groups_.value(w);
      out.group = true;
      out.noun = w;
      out.open = value && *value == "open";
      out.body = body_of_group(t, line.end, line.begin);
    }
    return out;
  }

  /// Whose squad or members the text spoke of last, within some sentences; else the one body with
  /// members that the title names.
  LocalEntity implied_body(TokenIndex before, std::string_view noun) {
    constexpr uint32_t kNear = 8;
    const uint32_t sentence = d_.sentence_of(before);
    const uint32_t first = sentence > kNear ? sentence - kNear : 0;
    for (uint32_t s = sentence; s-- > first;) {
      const Introduction in = heading(d_.sentence(s), noun);
      if (!in.group || in.open || in.body == kNoEntity) continue;
      // Whoever names their squad has one.
      if (const std::string* value = groups_.value(in.noun); value && *value == "team")
        bodies_.mark(in.body);
      if (bodies_.has(in.body)) return in.body;
    }
    return titled_;
  }

  /// The one body with members that the title names.
  LocalEntity titled_body() const {
    constexpr uint32_t kHead = 8;  // sentences
    LocalEntity out = kNoEntity;
    for (uint32_t s = 0; s < std::min(d_.sentence_count(), kHead); ++s) {
      if (d_.role_of(s) != doc::BlockRole::title) continue;
      for (const Mention& m : mentions_in(d_, d_.sentence(s))) {
        if (m.entity == kNoEntity || !bodies_.has(m.entity) || m.entity == out) continue;
        if (out != kNoEntity) return kNoEntity;
        out = m.entity;
      }
    }
    return out;
  }

  /// The body beside a person in an item, behind the mark that the items share.
  const Mention* beside(const Mention& person, TokenIndex end, bool& bracket) const {
    TokenIndex t = person.tokens.end;
    if (t >= end) return nullptr;
    const std::string w = word(t);
    bracket = w == "(" || w == "[";
    const bool divides = bracket || w == "," || w == "-" || w == "\u2013" || w == "\u2014" ||
                         w == "--" || w == ":" || w == "/" || w == "|";
    if (!divides) return complement(t, end);
    t = behind_article(t + 1);
    if (t >= end || !body_[t]) return nullptr;
    const TokenIndex after = body_[t]->tokens.end;
    if (after < end && !mark(after) && !separates(after)) return nullptr;
    return body_[t];
  }

  bool divides(TokenIndex t) const {
    const std::string w = word(t);
    return w == "," || w == ";" || w == "-" || w == "\u2013" || w == "\u2014" || w == "--" ||
           w == ":" || w == "/" || w == "|" || w == "(";
  }

  /// "Ann Ray - keeper - Torvik United": the body that is all of a later cell of a person's line.
  const Mention* cell_behind(const Mention& person, TokenIndex end) const {
    for (TokenIndex t = person.tokens.end; t < end; ++t) {
      if (!opens_cell(t) && (t + 1 >= end || !divides(t))) continue;
      const Mention* body = body_[opens_cell(t) ? t : t + 1];
      if (body && !roles_.has(word(body->tokens.begin)) &&
          (body->tokens.end >= end || divides(body->tokens.end) || opens_cell(body->tokens.end) ||
           word(body->tokens.end) == ")" || word(body->tokens.end) == "."))
        return body;
    }
    return nullptr;
  }

  /// "Ann Ray, chair", "Ann Ray (vice-president)".
  bool has_office(const Mention& person, TokenIndex end) const {
    TokenIndex t = person.tokens.end;
    if (t >= end || !divides(t)) return false;
    const std::string article = word(++t);
    if (article == "the" || article == "a" || article == "an") ++t;
    for (const Mention& m : begin_in(std::span<const Mention>(d_.mentions), TokenSpan{t, t + 2}))
      if (m.entity != kNoEntity && d_.entities[m.entity].type == core_.position) return true;
    return false;
  }

  void item(TokenSpan line, TokenIndex first, TokenSpan label, List& list) {
    ++list.items;
    LocalEntity own = kNoEntity;
    bool members = list.members;
    if (!label.empty()) {
      if (const Mention* body = lone_body(label)) own = body->entity;
      for (TokenIndex t = label.begin; t < label.end; ++t)
        members = members || roles_.has(word(t)) || groups_.has(word(t));
    }
    const std::vector<const Mention*> people = long_run(first, line.end);
    for (const Mention* m : people) {
      // Whoever holds an office is told by it.
      for (const LocalEntity body : {list.outer, list.inner, own})
        if (body != kNoEntity && !has_office(*m, line.end))
          list.found.push_back({m, body, kSure, ".item", true, true});
      bool bracket = false;
      if (const Mention* body = beside(*m, line.end, bracket))
        list.found.push_back({m, body->entity, kSure, bracket ? ".bracket" : ".beside", members});
      else if (people.size() == 1 && members)
        if (const Mention* cell = cell_behind(*m, line.end))
          list.found.push_back({m, cell->entity, kLikely, ".cell", members});
    }
  }

  void read_lines() {
    titled_ = titled_body();
    List list;
    for (const Line& line : lines()) {
      const TokenSpan span = line.tokens;
      if (!line.prose) continue;
      TokenSpan label;
      const TokenIndex first = first_person(span, label);
      if (first < span.end && !(ends_sentence(span) && states(span))) {
        item(span, first, label, list);
        continue;
      }
      bool members = false;
      if (heads_table(span, members)) {
        List next{list.outer, kNoEntity, members, list.colon, list.guessed, 0, {}};
        flush(list);
        list = std::move(next);
        continue;
      }
      const bool colon = word(span.end - 1) == ":";
      if (!colon && (span.size() > kHeadTokens || ends_sentence(span) || has_person(span))) {
        flush(list);
        // "The following players were selected for the Gulls." above a list.
        const uint32_t last = d_.sentence_of(span.end - 1);
        const TokenSpan sentence = d_.sentence(last);
        const Introduction in = has_person(sentence) ? Introduction() : heading(sentence);
        if (in.group && !in.open && announces(sentence)) list.outer = in.body, list.members = true;
        continue;
      }
      head(span, colon, list);
    }
    flush(list);
  }

  bool announces(TokenSpan sentence) const {
    for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
      const std::string w = word(t);
      if (w == "following" || w == "follows" || w == "below" || w == "full") return true;
    }
    return false;
  }

  bool has_person(TokenSpan line) const {
    for (TokenIndex t = line.begin; t < line.end; ++t)
      if (person_[t]) return true;
    return false;
  }

  /// The head of a table: two cells or more of the list of columns.
  bool heads_table(TokenSpan line, bool& members) const {
    uint32_t known = 0;
    for (TokenIndex begin = line.begin; begin < line.end;) {
      if (word(begin) == "|") {
        ++begin;
        continue;
      }
      TokenIndex end = begin + 1;
      while (end < line.end && !divides(end) && !opens_cell(end)) ++end;
      std::string cell;
      for (TokenIndex t = begin; t < end; ++t) cell += (cell.empty() ? "" : " ") + word(t);
      if (const std::string* value = columns_.value(cell)) {
        ++known;
        members = members || *value == "member";
      }
      begin = end < line.end && divides(end) ? end + 1 : end;
    }
    return known >= 2;
  }

  /// A line above items: a body alone is that of its part of the list, a group noun opens a list.
  void head(TokenSpan line, bool colon, List& list) {
    if (const Mention* body = lone_body(line)) {
      List next{list.outer,
                body->entity,
                list.members || bodies_.has(body->entity),
                colon,
                !bodies_.has(body->entity),
                0,
                {}};
      flush(list);
      list = std::move(next);
      return;
    }
    const Introduction in = heading(line);
    if (in.group) {
      const LocalEntity outer = list.outer;
      const bool within = list.items > 0 || list.inner != kNoEntity;
      flush(list);
      list.members = true;
      list.colon = colon;
      list.outer = in.open && in.body == kNoEntity ? kNoEntity : in.body;
      list.guessed = in.body == kNoEntity && !in.open;
      if (list.guessed)
        list.outer = within && outer != kNoEntity ? outer : implied_body(line.begin, in.noun);
      return;
    }
    List next{list.outer, kNoEntity, list.members, list.colon, list.guessed, 0, {}};
    flush(list);
    list = std::move(next);
  }

  Document& d_;
  LocalEntity titled_ = kNoEntity;
  TokenIndex listed_to_ = 0;  // the end of the introduced lists so far
  const schema::Ontology& ontology_;
  const schema::CoreTypes& core_;
  MemberBodies& bodies_;
  const schema::WordList &groups_, &roles_, &listing_, &columns_;
  std::vector<const Mention*> person_;    // outermost names of people by first token
  std::vector<const Mention*> body_;      // longest bodies by first token
  std::vector<const Mention*> body_end_;  // and by the token behind them
};

}  // namespace

void find_list_memberships(const schema::Schema& schema, doc::Document& document,
                           MemberBodies& bodies) {
  ListReader(schema, document, bodies).run();
}

}  // namespace weft::extract
