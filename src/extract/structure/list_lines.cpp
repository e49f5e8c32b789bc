// Problem: "Squad:" above lines of names, "Goalkeepers: A (X), B (Y)", a party's name above its
// candidates and a table with a column "Club" say over many lines who is of which body. Method:
// lines that begin with a person are items of the line without people above them, which names the
// body, or of a table's head. A list without a colon needs two items. Cost: linear in tokens; each
// item looks at a bounded stretch.
#include <algorithm>
#include <span>

#include "extract/frames/within.h"
#include "extract/structure/list_text.h"
#include "text/words.h"

namespace weft::extract {

namespace {

using core::TokenSpan;
using doc::kNoEntity;
using doc::LocalEntity;
using doc::Mention;
using doc::TokenIndex;

constexpr uint32_t kHeadTokens = 14;   // of a line that heads a list without a colon
constexpr uint32_t kLabelTokens = 12;  // of "Goalkeepers:", "United (4-4-2):" before people
constexpr uint32_t kLeastItems = 2;    // of a list that no colon announces
constexpr uint32_t kLeastGuessed = 3;  // of a list whose heading doesn't say that it is of members

class LineLists {
 public:
  explicit LineLists(ListText& text) : x(text), titled(titled_body()) {}

  void read_lines();

 private:
  struct Member {
    const Mention* person;
    LocalEntity body;
    float confidence;
    const char* rule;
    bool by_list;         // what the list makes of it: a member, unless the body employs
    bool layout = false;  // the body stands in another line
    bool sure = false;    // a member, whatever the body
  };

  struct Line {
    TokenSpan tokens;
    bool prose = false;
  };

  struct List {
    LocalEntity outer = kNoEntity, inner = kNoEntity;
    bool members = false;  // the list is of members: a body beside a name has the person as member
    bool colon = false, guessed = false;
    bool told = false;                 // words say whose people the list names
    bool sure = false;                 // and that they are members
    LocalEntity labelled = kNoEntity;  // the body of the last line's label
    uint32_t items = 0;
    std::vector<Member> found;
  };

  std::vector<Line> lines() const;
  TokenIndex first_person(TokenSpan line, TokenSpan& label) const;
  bool ends_sentence(TokenSpan line) const;
  bool states(TokenSpan line) const;
  void flush(List& list);
  void end_part(List& list);
  LocalEntity implied_body(TokenIndex before, std::string_view noun);
  LocalEntity titled_body() const;
  const Mention* beside(const Mention& person, TokenIndex end, bool& bracket) const;
  const Mention* cell_behind(const Mention& person, TokenIndex end) const;
  bool has_office(const Mention& person, TokenIndex end) const;
  void item(TokenSpan line, TokenIndex first, TokenSpan label, List& list);
  bool joins(TokenSpan sentence, List& list) const;
  bool announces(TokenSpan sentence) const;
  bool heads_table(TokenSpan line, bool& members) const;
  void head(TokenSpan line, bool colon, List& list);

  ListText& x;
  LocalEntity titled;  // the one body with members that the title names
};

std::vector<LineLists::Line> LineLists::lines() const {
  std::vector<Line> out;
  for (uint32_t s = 0; s < x.d.sentence_count(); ++s) {
    const TokenSpan span = x.d.sentence(s);
    if (span.empty()) continue;
    const bool same = !out.empty() && s < x.d.sentence_block.size() && s > 0 &&
                      x.d.sentence_block[s] == x.d.sentence_block[s - 1];
    if (same)
      out.back().tokens.end = span.end;
    else
      out.push_back({span, x.d.is_prose(s)});
  }
  return out;
}

/// The first person of a line that a bullet, a number or a label ("Goalkeepers:") may precede.
TokenIndex LineLists::first_person(TokenSpan line, TokenSpan& label) const {
  TokenIndex t = line.begin;
  while (t < line.end && t < line.begin + 4 && !x.person[t] && x.mark(t)) ++t;
  label = {t, t};
  if (t < line.end && x.person[t]) return t;
  bool bracket = false;  // "Torvik (4-4-2): Ann Ray"
  for (TokenIndex k = t; k < line.end && k < t + kLabelTokens && !x.person[k]; ++k) {
    const std::string w = x.word(k);
    if (x.opens_cell(k + 1) && k + 1 < line.end && x.person[k + 1]) {
      label = {t, k + 1};
      return k + 1;
    }
    if (w == "(" || w == ")") bracket = w == "(";
    if (!bracket && (w == ":" || w == "|" || text::is_dash(w))) {
      label = {t, k};
      return k + 1 < line.end && x.person[k + 1] ? k + 1 : line.end;
    }
  }
  return line.end;
}

bool LineLists::ends_sentence(TokenSpan line) const {
  const std::string last = x.word(line.end - 1);
  return last == "." || last == "!" || last == "?";
}

bool LineLists::states(TokenSpan line) const {
  for (TokenIndex t = line.begin; t < line.end; ++t) {
    if (x.person[t])
      t = x.person[t]->tokens.end - 1;
    else if (x.body[t])
      t = x.body[t]->tokens.end - 1;
    else if (x.finite(t))
      return true;
  }
  return false;
}

void LineLists::flush(List& list) {
  const bool enough = list.items >= (list.guessed ? kLeastGuessed : kLeastItems) ||
                      ((list.colon || list.told) && !list.guessed && list.items > 0);
  if (enough)
    for (const Member& m : list.found) {
      if (m.by_list) x.bodies.mark(m.body);
      const bool member = m.sure || x.bodies.has(m.body);
      if (m.layout && !member) continue;
      x.add(*m.person, m.body, m.confidence, m.rule, m.by_list && member);
    }
  list = {};
}

/// Ends a part of the list; the words above all of it stay.
void LineLists::end_part(List& list) {
  List next;
  next.outer = list.outer;
  next.members = list.members;
  next.colon = list.colon;
  next.guessed = list.guessed;
  next.told = list.told;
  next.sure = list.sure;
  flush(list);
  list = std::move(next);
}

/// Whose squad or members the text spoke of last, within some sentences; else the one body with
/// members that the title names.
LocalEntity LineLists::implied_body(TokenIndex before, std::string_view noun) {
  constexpr uint32_t kNear = 8;
  const uint32_t sentence = x.d.sentence_of(before);
  const uint32_t first = sentence > kNear ? sentence - kNear : 0;
  for (uint32_t s = sentence; s-- > first;) {
    const ListText::Introduction in = x.heading(x.d.sentence(s), noun);
    if (!in.group || in.open || in.body == kNoEntity) continue;
    // Whoever names their squad has one.
    if (const std::string* value = x.groups.value(in.noun); value && *value == "team")
      x.bodies.mark(in.body);
    if (x.bodies.has(in.body)) return in.body;
  }
  return titled;
}

/// The one body with members that the title names.
LocalEntity LineLists::titled_body() const {
  constexpr uint32_t kHead = 8;  // sentences
  LocalEntity out = kNoEntity;
  for (uint32_t s = 0; s < std::min(x.d.sentence_count(), kHead); ++s) {
    if (x.d.role_of(s) != doc::BlockRole::title) continue;
    for (const Mention& m : mentions_in(x.d, x.d.sentence(s))) {
      if (m.entity == kNoEntity || !x.bodies.has(m.entity) || m.entity == out) continue;
      if (out != kNoEntity) return kNoEntity;
      out = m.entity;
    }
  }
  return out;
}

/// The body beside a person in an item, behind the mark that the items share.
const Mention* LineLists::beside(const Mention& person, TokenIndex end, bool& bracket) const {
  TokenIndex t = person.tokens.end;
  if (t >= end) return nullptr;
  const std::string w = x.word(t);
  bracket = w == "(" || w == "[";
  const bool divides =
      bracket || w == "," || text::is_dash(w) || w == "--" || w == ":" || w == "/" || w == "|";
  if (!divides) return x.complement(t, end);
  const Mention* body = x.body_at(t + 1, end);
  if (!body) return nullptr;
  const TokenIndex after = body->tokens.end;
  return after < end && !x.mark(after) && !x.separates(after) ? nullptr : body;
}

/// "Ann Ray - keeper - Torvik United": the body that is all of a later cell of a person's line.
const Mention* LineLists::cell_behind(const Mention& person, TokenIndex end) const {
  for (TokenIndex t = person.tokens.end; t < end; ++t) {
    if (!x.opens_cell(t) && (t + 1 >= end || !x.divides(t))) continue;
    const Mention* body = x.body[x.opens_cell(t) ? t : t + 1];
    if (body && !x.roles.has(x.word(body->tokens.begin)) &&
        (body->tokens.end >= end || x.divides(body->tokens.end) || x.opens_cell(body->tokens.end) ||
         x.word(body->tokens.end) == ")" || x.word(body->tokens.end) == "."))
      return body;
  }
  return nullptr;
}

/// "Ann Ray, chair", "Ann Ray (vice-president)".
bool LineLists::has_office(const Mention& person, TokenIndex end) const {
  TokenIndex t = person.tokens.end;
  if (t >= end || !x.divides(t)) return false;
  const std::string article = x.word(++t);
  if (article == "the" || article == "a" || article == "an") ++t;
  for (const Mention& m : begin_in(std::span<const Mention>(x.d.mentions), TokenSpan{t, t + 2}))
    if (m.entity != kNoEntity && x.d.entities[m.entity].type == x.core.position) return true;
  return false;
}

void LineLists::item(TokenSpan line, TokenIndex first, TokenSpan label, List& list) {
  ++list.items;
  LocalEntity own = kNoEntity;
  bool members = list.members;
  if (!label.empty()) {
    bool people = false;
    for (TokenIndex t = label.begin; t < label.end; ++t)
      people = people || x.roles.has(x.word(t)) || x.groups.has(x.word(t));
    members = members || people;
    if (const Mention* body = x.lone_body(label))
      own = body->entity;
    else if (people && label.size() == 1)
      own = list.labelled;  // "Substitutes:", of the team in the line before
  }
  list.labelled = own;
  const std::vector<const Mention*> people = x.long_run(first, line.end);
  for (const Mention* m : people) {
    // Whoever holds an office is told by it.
    for (const LocalEntity body : {list.outer, list.inner, own})
      if (body != kNoEntity && ((body == list.outer && list.told) || !has_office(*m, line.end)))
        list.found.push_back(
            {m, body, kSureItem, ".item", true, true, body == list.outer && list.sure});
    bool bracket = false;
    if (const Mention* body = beside(*m, line.end, bracket))
      list.found.push_back({m, body->entity, kSureItem, bracket ? ".bracket" : ".beside", members});
    else if (people.size() == 1 && members)
      if (const Mention* cell = cell_behind(*m, line.end))
        list.found.push_back({m, cell->entity, kLikelyItem, ".cell", members});
  }
}

void LineLists::read_lines() {
  List list;
  for (const Line& line : lines()) {
    const TokenSpan span = line.tokens;
    if (!line.prose) continue;
    TokenSpan label;
    const TokenIndex first = first_person(span, label);
    const bool colon = x.word(span.end - 1) == ":";
    if (first < span.end && !((colon || ends_sentence(span)) && states(span))) {
      item(span, first, label, list);
      continue;
    }
    bool members = false;
    if (heads_table(span, members)) {
      end_part(list);
      list.members = members;
      continue;
    }
    const TokenSpan sentence = x.d.sentence(x.d.sentence_of(span.end - 1));
    if (!colon && (span.size() > kHeadTokens || ends_sentence(span) || x.has_person(span))) {
      flush(list);
      // "The following players were selected for the Gulls." above a list.
      if (x.has_person(sentence) || !announces(sentence) || joins(sentence, list)) continue;
      if (const auto in = x.heading(sentence); in.group && !in.open)
        list.outer = in.body, list.members = true;
      continue;
    }
    head(sentence, colon, list);
  }
  flush(list);
}

/// "The following skiers belong to the club:" opens a list of its members.
bool LineLists::joins(TokenSpan sentence, List& list) const {
  bool sure = false;
  const LocalEntity body = x.joined_body(sentence, sure);
  if (body == kNoEntity) return false;
  list.outer = body;
  list.members = list.told = true;
  list.sure = sure;
  return true;
}

bool LineLists::announces(TokenSpan sentence) const {
  for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    const std::string w = x.word(t);
    if (w == "following" || w == "follows" || w == "below" || w == "full") return true;
  }
  return false;
}

/// The head of a table: two cells or more of the list of columns.
bool LineLists::heads_table(TokenSpan line, bool& members) const {
  uint32_t known = 0;
  for (TokenIndex begin = line.begin; begin < line.end;) {
    if (x.word(begin) == "|") {
      ++begin;
      continue;
    }
    TokenIndex end = begin + 1;
    while (end < line.end && !x.divides(end) && !x.opens_cell(end)) ++end;
    std::string cell;
    for (TokenIndex t = begin; t < end; ++t) cell += (cell.empty() ? "" : " ") + x.word(t);
    if (const std::string* value = x.columns.value(cell)) {
      ++known;
      members = members || *value == "member";
    }
    begin = end < line.end && x.divides(end) ? end + 1 : end;
  }
  return known >= 2;
}

/// A line above items: a body alone is that of its part of the list, a group noun opens a list.
void LineLists::head(TokenSpan line, bool colon, List& list) {
  if (const Mention* body = x.lone_body(line)) {
    const bool known = x.bodies.has(body->entity);
    end_part(list);
    list.inner = body->entity;
    list.members = list.members || known;
    list.colon = colon;
    list.guessed = !known;
    return;
  }
  if (!x.has_person(line) && (line.size() <= kHeadTokens || announces(line))) {
    List next;
    next.colon = colon;
    if (joins(line, next)) {
      flush(list);
      list = std::move(next);
      return;
    }
  }
  const ListText::Introduction in = x.heading(line);
  if (in.group) {
    const LocalEntity outer = list.outer;
    const bool within = list.items > 0 || list.inner != kNoEntity;
    flush(list);
    list.members = true;
    list.colon = colon;
    list.outer = in.open && in.body == kNoEntity ? kNoEntity : in.body;
    list.told = in.body != kNoEntity && colon;
    list.sure = list.told && in.noun == "members";
    list.guessed = in.body == kNoEntity && !in.open;
    if (list.guessed)
      list.outer = within && outer != kNoEntity ? outer : implied_body(line.begin, in.noun);
    return;
  }
  end_part(list);
}

}  // namespace

void read_list_lines(ListText& text) { LineLists(text).read_lines(); }

}  // namespace weft::extract
