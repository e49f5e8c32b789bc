// Problem: "Premier Li Qiang", "Li Qiang, premier of China", "She was elected mayor" say who holds
// which office, and "Secretary of the Jiangxi Committee" of what. Method: the body nested in an
// office's name or beside it, the person before or behind it with the few words between them, and
// the subject or object of verbs of choosing. Cost: each office looks at a bounded stretch.
#include "extract/frames/within.h"
#include "extract/structure/beside.h"
#include "text/words.h"

namespace weft::extract {

using doc::Document;
using doc::Mention;
using doc::MentionForm;

/// The body an office belongs to: the longest one inside its mention, or a possessive before it;
/// also the one that it is sent to ("Kenya's ambassador to Ghana").
void SideBySide::position_body(const Mention& position) {
  const Mention *best = nullptr, *host = nullptr;
  const auto sent_to = [&](const Mention& m) {
    uint32_t t = m.tokens.begin;
    if (t > position.tokens.begin && word(t - 1) == "the") --t;
    return t > position.tokens.begin && word(t - 1) == "to";
  };
  for (size_t i = first_from(position.tokens.begin); i < document.mentions.size(); ++i) {
    const auto& m = document.mentions[i];
    if (m.tokens.begin >= position.tokens.end) break;
    if (&m == &position || !position.tokens.contains(m.tokens) || !body(m) ||
        m.entity == position.entity || seat_of_other(m))
      continue;
    const Mention*& longest = sent_to(m) ? host : best;
    if (!longest || m.tokens.size() > longest->tokens.size()) longest = &m;
  }
  // "Corvane's Africa head": whose head it is says more than for where.
  if (best && is(*best, core.place) && best->tokens.begin == position.tokens.begin &&
      position.tokens.begin > 1 && word(position.tokens.begin - 1) == "'s")
    if (const auto* owner = ending(position.tokens.begin - 1, core.organization)) best = owner;
  if (!best && position.tokens.begin > 0) {
    uint32_t end = position.tokens.begin;
    for (int steps = 0; steps < 2 && end > 0 && !best; ++steps) {
      for (const auto type : {core.organization, core.place, core.facility}) {
        const auto* m = ending(end, type);
        // A name right before its office: "Soriaudio spokesman Seo Jin-woo".
        const bool beside = m && m->form == MentionForm::name && type == core.organization &&
                            starting(position.tokens.end, core.person);
        const bool possessive =
            m && (m->form == MentionForm::pronoun || end < position.tokens.begin);
        if (possessive || beside) best = m;
      }
      const auto w = word(end - 1);
      if (w != "'s" && w != "'" && w != "former" && w != "new") break;
      --end;
    }
  }
  // "President Maria Lopez of Peru", but not "Senator Tom Ray of Labour"
  if (!best)
    if (const auto* person = starting(position.tokens.end, core.person);
        person && person->form == MentionForm::name && word(person->tokens.end) == "of") {
      const uint32_t at = person->tokens.end + (word(person->tokens.end + 1) == "the" ? 2 : 1);
      best = starting(at, core.place);
      if (const auto* body = starting(at, core.organization); body && bodies.employs(body->entity))
        best = body;
    }
  for (const Mention* m : {best, host})
    if (m) add(position.entity, "position_in", m->entity, position.tokens.begin, 0.85F);
}

/// Steps back over what may stand between a person and an office: commas, ages, "then", "the", and
/// one bracket ("Ann Ray (Labour), minister").
uint32_t SideBySide::skip_back(uint32_t t, uint32_t start) const {
  constexpr uint32_t kBracket = 6;  // tokens
  const auto& between = schema.lexicons.list("mention_between_name_and_office");
  uint32_t steps = 0;
  while (t > start && steps < 6) {
    const auto w = word(t - 1);
    const bool number = !w.empty() && w.find_first_not_of("0123456789") == std::string::npos;
    if (!between.has(w) && !number && !text::is_dash(w)) break;
    --t;
    ++steps;
  }
  if (t > start && word(t - 1) == ")")
    for (uint32_t open = t - 1; open > start && open + kBracket > t; --open)
      if (word(open - 1) == "(") return open - 1;
  return t;
}

void SideBySide::position_holder(const Mention& position) {
  const uint32_t sentence = document.sentence_of(position.tokens.begin);
  const uint32_t start = document.sentence(sentence).begin, end = document.sentence(sentence).end;
  if (is_condition(position.head, position)) return;
  // "Premier Li Qiang": a person's mention that begins with the office, or right behind it.
  for (uint32_t t = position.tokens.end; t < end && t < position.tokens.end + 3; ++t) {
    if (const auto* m = starting(t, core.person); m && m->form == MentionForm::name) {
      add(m->entity, "holds_position", position.entity, t, 0.9F);
      return;
    }
    const auto w = word(t);
    if (!w.ends_with('.') && !schema.lexicons.list("mention_personal_titles").has(w)) break;
  }
  // "Li Qiang, premier of China", "Maja Rasmussen (chair)", "Xue Haorong as Vice Governor".
  uint32_t t = skip_back(position.tokens.begin, start);
  for (int hops = 0; hops < 4; ++hops) {
    if (const auto* m = ending(t, core.person);
        m && m->form == MentionForm::name && t < position.tokens.begin) {
      // What is not so yet is left to the relation model, which knows the clause.
      if (word(position.tokens.begin - 1) == "as" && !holds_already(*m)) return;
      add(m->entity, "holds_position", position.entity, position.tokens.begin, 0.85F);
      return;
    }
    // "X, deputy secretary of A and governor of B": step over the office before.
    uint32_t u = t;
    if (u > start && word(u - 1) == "and") --u;
    u = skip_back(u, start);
    const auto* other = ending(u, core.position);
    if (!other || other->tokens.begin < start || other->tokens.begin >= t) break;
    t = skip_back(other->tokens.begin, start);
  }
  // "Its chairman, Jan Peeters", "the governor of Naryn Region, Emilbek Abdykadyrov", "CEO: Li
  // Ming".
  if (position.tokens.end + 1 < end) {
    const auto w = word(position.tokens.end);
    const bool tree = document.head.size() == document.token_count();
    // "If elected mayor, Ann Ray …"
    const bool may_be = tree && is_condition(document.head[position.head], position);
    if ((w == "," || w == ":" || w == "(") && !may_be) {
      if (const auto* m = starting(position.tokens.end + 1, core.person);
          m && m->form == MentionForm::name) {
        // In a list ("the mayor, Li Ming, governor of X") the person may carry an office of his
        // own.
        add(m->entity, "holds_position", position.entity, position.tokens.begin, 0.8F);
        return;
      }
    }
  }
  chosen_holder(position);
}

/// "If elected mayor, …", "if she is mayor": the clause of that head may be so or not.
bool SideBySide::is_condition(uint32_t head, const Mention& position) const {
  if (document.head.size() != document.token_count() || head == doc::kNoToken) return false;
  const auto& marks = schema.lexicons.list("condition_marks");
  const uint32_t start = document.sentence(document.sentence_of(position.tokens.begin)).begin;
  const uint32_t near =
      position.tokens.begin > kBesideClause ? position.tokens.begin - kBesideClause : 0;
  for (uint32_t t = std::max(start, near); t < position.tokens.begin; ++t)
    if (document.head[t] == head && marks.has(text::fold(word(t)))) return true;
  return false;
}

/// True if the head of a clause tells what is so: no "will", "to", "not".
bool SideBySide::is_plain(uint32_t clause) const {
  using doc::Deprel;
  const auto sentence = document.sentence(document.sentence_of(clause));
  const auto& certain = schema.lexicons.list("mention_plain_auxiliaries");
  for (uint32_t t = std::max(sentence.begin, clause > kBesideClause ? clause - kBesideClause : 0);
       t < clause; ++t) {
    if (document.head[t] != clause) continue;
    if (document.deprel[t] == Deprel::mark || word(t) == "not" || word(t) == "n't" ||
        word(t) == "never" || (document.deprel[t] == Deprel::aux && !certain.has(word(t))))
      return false;
  }
  return true;
}

/// "named Ann Ray as chair", "Ann Ray as chair: …", but not "wants Ann Ray as chair", "will name
/// Ann Ray as chair".
bool SideBySide::holds_already(const Mention& person) const {
  using doc::Deprel;
  constexpr unsigned kSteps = 4;
  if (document.head.size() != document.token_count() || document.lemma.empty()) return true;
  uint32_t t = person.head;
  for (unsigned steps = 0; steps < kSteps && t != doc::kNoToken; ++steps) {
    const Deprel r = document.deprel[t];
    t = document.head[t];
    if (r != Deprel::nmod && r != Deprel::appos && r != Deprel::conj && r != Deprel::flat &&
        r != Deprel::compound)
      break;
  }
  // Whoever will be replaced as chair is chair.
  if (t == doc::kNoToken || schema.lexicons.list("succeeding_verbs").has(document.lemma_of(t)))
    return true;
  return !schema.lexicons.list("mention_office_wishes").has(document.lemma_of(t)) && is_plain(t);
}

/// The person that is the verb's object, or its subject.
const Mention* SideBySide::holder_of(uint32_t verb, bool object) const {
  using doc::Deprel;
  const auto sentence = document.sentence(document.sentence_of(verb));
  const uint32_t begin = std::max(sentence.begin, verb > kBesideClause ? verb - kBesideClause : 0);
  for (size_t i = first_from(begin); i < document.mentions.size(); ++i) {
    const Mention& m = document.mentions[i];
    if (m.tokens.begin >= std::min(sentence.end, verb + kBesideClause)) break;
    if (!is(m, core.person) || document.head[m.head] != verb) continue;
    const Deprel r = document.deprel[m.head];
    if (object ? r == Deprel::obj || r == Deprel::iobj
               : r == Deprel::nsubj || r == Deprel::nsubj_pass)
      return &m;
  }
  return nullptr;
}

/// "The council elected Ana Li president", "Ana Li was re-elected mayor", "was promoted to
/// director": what is planned or only possible is left to the relation model, which knows the
/// clause.
void SideBySide::chosen_holder(const Mention& position) {
  using doc::Deprel;
  if (document.head.size() != document.token_count() || document.lemma.empty()) return;
  // The parser may take "Ana Li president" for one name.
  const Mention* named = ending(position.tokens.begin, core.person);
  if (named && document.deprel[named->head] != Deprel::obj) named = nullptr;
  const uint32_t verb = document.head[named ? named->head : position.head];
  if (verb == doc::kNoToken ||
      !schema.lexicons.list("mention_office_verbs").has(document.lemma_of(verb)))
    return;
  const Deprel how = document.deprel[position.head], clause = document.deprel[verb];
  const bool preposition =
      how == Deprel::obl && position.tokens.begin > 0 &&
      (word(position.tokens.begin - 1) == "as" || word(position.tokens.begin - 1) == "to");
  const bool main = clause == Deprel::root || clause == Deprel::conj ||
                    clause == Deprel::parataxis || clause == Deprel::acl_relcl;
  if ((how != Deprel::xcomp && !preposition && !named) || !main) return;
  if (!is_plain(verb)) return;
  const Mention* holder = named ? named : holder_of(verb, true);
  if (!holder) holder = holder_of(verb, false);
  if (holder) add(holder->entity, "holds_position", position.entity, position.tokens.begin, 0.85F);
}

/// "Tajik minister", "Mayor Y", "the chief executive": the body or place of a bare office, as its
/// adjective or the text before shows.
void SideBySide::position_scope(const Mention& position, const OfficeScope& offices) {
  const uint32_t begin = position.tokens.begin;
  if (const auto country = of_demonym(begin); country != doc::kNoEntity) {
    add(position.entity, "position_in", country, begin, 0.8F);
    return;
  }
  if (schema.lexicons.list("demonyms").has(word(begin))) return;  // of a country not named here
  const auto [body, confidence] = offices.of(position);
  // What has a president already has no second one.
  const auto& label = document.entities[position.entity].label;
  if (body != doc::kNoEntity && !filled.contains({body, text::fold(label)}))
    add(position.entity, "position_in", body, begin, confidence);
}

}  // namespace weft::extract
