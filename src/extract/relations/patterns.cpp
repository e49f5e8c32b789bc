// Problem: what makes a relation must be readable and extensible by someone who does not read C++.
// Method: one JSON file a relation; each pattern is a trigger (words of one kind), where subject
// and object come from, and conditions; patterns are compiled into a table by the trigger's first
// word. A faulty pattern stops the program with its file and id. Cost: a look-up a frame.
// Reference: the dependency matchers of spaCy, Odin (Valenzuela-Escárcega et al. 2016).
#include "extract/relations/patterns.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/error.h"
#include "core/json_file.h"

namespace weft::extract {

namespace {

namespace fs = std::filesystem;
using rapidjson::Value;

/// Where we are in the files, for messages.
struct Place {
  std::string file, id;
  [[noreturn]] void fail(const std::string& message) const {
    throw core::SetupError(file + ": pattern \"" + id + "\": " + message);
  }
};

const Value* member(const Value& v, const char* name) {
  const auto it = v.FindMember(name);
  return it == v.MemberEnd() || it->value.IsNull() ? nullptr : &it->value;
}

std::vector<std::string> strings(const Value& v, const char* name, const Place& place) {
  std::vector<std::string> out;
  const Value* m = member(v, name);
  if (!m) return out;
  if (m->IsString()) return {std::string(m->GetString(), m->GetStringLength())};
  if (!m->IsArray())
    place.fail(std::string("\"") + name + "\" must be a string or a list of strings.");
  for (const Value& s : m->GetArray()) {
    if (!s.IsString()) place.fail(std::string("\"") + name + "\" must hold strings only.");
    out.emplace_back(s.GetString(), s.GetStringLength());
  }
  return out;
}

/// "recent:TYPE", "recent:TYPE@list"; nothing if there is no such type.
std::optional<RoleSpec> recent_role(const std::string& s, const schema::Schema& schema) {
  constexpr std::string_view kRecent = "recent:";
  if (!s.starts_with(kRecent)) return std::nullopt;
  const size_t at = s.find('@');
  const schema::TypeId type =
      schema.ontology.type(s.substr(kRecent.size(), at == s.npos ? at : at - kRecent.size()));
  if (!type) return std::nullopt;
  return RoleSpec{Source::recent,
                  Role::agent,
                  {},
                  type,
                  at == s.npos ? nullptr : &schema.lexicons.list(s.substr(at + 1))};
}

RoleSpec role_spec(const std::string& s, const schema::Schema& schema, const Place& place) {
  static const std::pair<const char*, RoleSpec> kNames[] = {
      {"agent", {Source::role, Role::agent, {}, {}}},
      {"patient", {Source::role, Role::patient, {}, {}}},
      {"recipient", {Source::role, Role::recipient, {}, {}}},
      {"bearer", {Source::role, Role::bearer, {}, {}}},
      {"compound", {Source::role, Role::compound, {}, {}}},
      {"self", {Source::self, Role::agent, {}, {}}},
      {"speaker", {Source::speaker, Role::agent, {}, {}}},
      {"addressee", {Source::addressee, Role::agent, {}, {}}},
      {"topic", {Source::topic, Role::agent, {}, {}}},
      {"principal", {Source::principal, Role::agent, {}, {}}},
      {"clause:agent", {Source::clause_agent, Role::agent, {}, {}}},
      {"matrix:agent", {Source::matrix_agent, Role::agent, {}, {}}},
      {"matrix:subject", {Source::matrix_subject, Role::agent, {}, {}}},
      {"clause:content", {Source::clause_content, Role::agent, {}, {}}},
      {"clause:mentions", {Source::clause_mentions, Role::agent, {}, {}}}};
  for (const auto& [name, spec] : kNames)
    if (s == name) return spec;
  if (s.rfind("prep:", 0) == 0 && s.size() > 5) return {Source::role, Role::prep, s.substr(5), {}};
  if (const auto recent = recent_role(s, schema)) return *recent;
  place.fail(
      "\"" + s +
      "\" is no role. Roles: agent, patient, recipient, bearer, compound, prep:WORD, prep:*, self, "
      "speaker, addressee, topic, principal, recent:TYPE, recent:TYPE@LIST, "
      "clause:agent, matrix:agent, "
      "matrix:subject, clause:content, clause:mentions.");
}

std::vector<schema::TypeId> types(const Value& v, const char* name,
                                  const schema::Ontology& ontology, const Place& place) {
  std::vector<schema::TypeId> out;
  for (const std::string& s : strings(v, name, place)) {
    const schema::TypeId id = ontology.type(s);
    if (!id) place.fail("there is no entity type \"" + s + "\".");
    out.push_back(id);
  }
  return out;
}

/// The words, with "@list" replaced by the forms of that lexicon list.
std::vector<std::string> listed(std::vector<std::string> words, const schema::Schema& schema) {
  std::vector<std::string> out;
  for (std::string& word : words) {
    if (word.size() > 1 && word[0] == '@') {
      const auto& forms = schema.lexicons.list(std::string_view(word).substr(1)).forms();
      out.insert(out.end(), forms.begin(), forms.end());
    } else {
      out.push_back(std::move(word));
    }
  }
  return out;
}

void read_trigger(const Value& v, const schema::Schema& schema, const Place& place, Pattern& p) {
  static const std::pair<const char*, Trigger> kTriggers[] = {
      {"verb", Trigger::verb}, {"noun", Trigger::noun},     {"adjective", Trigger::adjective},
      {"any", Trigger::any},   {"entity", Trigger::entity}, {"reported_by", Trigger::reported}};
  unsigned triggers = 0;
  for (const auto& [name, trigger] : kTriggers) {
    if (!member(v, name)) continue;
    ++triggers;
    p.trigger = trigger;
    if (trigger == Trigger::entity) {
      p.entity_types = types(v, name, schema.ontology, place);
      p.lemmas = {"*"};
      continue;
    }
    p.lemmas = listed(strings(v, name, place), schema);
  }
  if (triggers != 1 || p.lemmas.empty())
    place.fail(
        "it needs exactly one trigger: verb, noun, adjective, any, entity or reported_by, with its "
        "words.");
}

void read_examples(const Value& v, const Place& place, Pattern& p) {
  const Value* list = member(v, "examples");
  if (!list || !list->IsArray() || list->Empty())
    place.fail("it needs at least one example sentence.");
  for (const Value& e : list->GetArray()) {
    Example example;
    if (!e.IsObject()) place.fail("an example must be an object with \"text\" and \"facts\".");
    example.text = core::required_string(e, "text", place.file);
    const Value* facts = member(e, "facts");
    if (!facts || !facts->IsArray())
      place.fail("an example needs a list \"facts\" (empty: the text gives none).");
    for (const Value& f : facts->GetArray()) {
      if (!f.IsArray() || f.Size() < 3)
        place.fail("a fact of an example is [subject, relation, object, qualifiers…].");
      std::vector<std::string> words;
      for (const Value& w : f.GetArray()) {
        if (!w.IsString()) place.fail("a fact of an example holds strings only.");
        words.emplace_back(w.GetString(), w.GetStringLength());
      }
      ExampleFact fact{words[0], words[1], words[2], "", ""};
      for (size_t i = 3; i < words.size(); ++i)
        (words[i] == "negative" || words[i] == "positive" ? fact.polarity : fact.modality) =
            words[i];
      example.facts.push_back(std::move(fact));
    }
    p.examples.push_back(std::move(example));
  }
}

bool flag(const Value& v, const char* name) {
  const Value* m = member(v, name);
  return m && m->IsBool() && m->GetBool();
}

doc::Modality modality(const Value& v, const char* name, const Place& place, bool& there) {
  const std::string s(core::optional_string(v, name));
  there = !s.empty();
  const doc::Modality m = doc::modality_from(s);
  if (there && doc::name(m) != s) place.fail("\"" + s + "\" is no modality.");
  return m;
}

const char* const kKeys[] = {"id",     "verb",         "noun",       "adjective",     "any",
                             "entity", "reported_by",  "subject",    "object",        "value",
                             "mutual", "needs",        "forbids",    "subject_types", "modality",
                             "when",   "object_types", "polarity",   "confidence",    "examples",
                             "about",  "nearby",       "infinitive", "affirmed"};

Pattern read_pattern(const Value& v, schema::RelationId relation, const schema::Schema& schema,
                     Place& place) {
  Pattern p;
  p.id = core::required_string(v, "id", place.file);
  place.id = p.id;
  for (const auto& m : v.GetObject())
    if (std::find(std::begin(kKeys), std::end(kKeys), std::string_view(m.name.GetString())) ==
        std::end(kKeys))
      place.fail(std::string("\"") + m.name.GetString() + "\" is no key of a pattern.");
  p.relation = relation;
  read_trigger(v, schema, place, p);
  for (const std::string& s : strings(v, "subject", place))
    p.subject.push_back(role_spec(s, schema, place));
  p.value = member(v, "value") != nullptr;
  for (const std::string& s : strings(v, p.value ? "value" : "object", place))
    p.object.push_back(role_spec(s, schema, place));
  p.mutual = flag(v, "mutual");
  p.nearby = flag(v, "nearby");
  p.infinitive = flag(v, "infinitive");
  p.affirmed = flag(v, "affirmed");
  if (p.subject.empty() || (p.object.empty() && !p.mutual))
    place.fail("it needs a subject, and an object or value.");
  if (p.value != schema.ontology[relation].text_object)
    place.fail("\"value\" is for relations whose object is text, \"object\" for the others.");
  p.needs = listed(strings(v, "needs", place), schema);
  p.forbids = strings(v, "forbids", place);
  p.subject_types = types(v, "subject_types", schema.ontology, place);
  p.object_types = types(v, "object_types", schema.ontology, place);
  p.modality = modality(v, "modality", place, p.has_modality);
  p.when = modality(v, "when", place, p.has_when);
  const std::string_view polarity = core::optional_string(v, "polarity");
  p.has_polarity = !polarity.empty();
  p.polarity = doc::polarity_from(polarity);
  if (const Value* c = member(v, "confidence")) {
    if (!c->IsNumber() || c->GetDouble() <= 0 || c->GetDouble() > 1)
      place.fail("\"confidence\" lies in (0, 1].");
    p.confidence = static_cast<float>(c->GetDouble());
  }
  read_examples(v, place, p);
  return p;
}

std::string first_word(const std::string& s) { return s.substr(0, s.find(' ')); }

std::vector<std::string> later_words(const std::string& s) {
  std::vector<std::string> out;
  for (size_t at = s.find(' '); at != std::string::npos;) {
    const size_t next = s.find(' ', at + 1);
    out.push_back(s.substr(at + 1, next == std::string::npos ? next : next - at - 1));
    at = next;
  }
  return out;
}

// A word of the trigger or of "needs": hangs on the predicate, or on a phrase that does, as form or
// lemma.
bool hangs_below(const SentenceFrames& frames, doc::TokenIndex predicate, std::string_view word) {
  const doc::Document& d = frames.document();
  auto is = [&](doc::TokenIndex t) { return d.lemma_of(t) == word || d.norm_of(t) == word; };
  for (doc::TokenIndex c : frames.children(predicate)) {
    if (is(c)) return true;
    if (d.deprel[c] == doc::Deprel::conj) continue;
    for (doc::TokenIndex g : frames.children(c)) {
      const doc::Deprel r = d.deprel[g];
      if ((r == doc::Deprel::case_ || r == doc::Deprel::mark || r == doc::Deprel::det ||
           r == doc::Deprel::amod) &&
          is(g))
        return true;
    }
  }
  return false;
}

}  // namespace

Patterns Patterns::load(const schema::Schema& schema) {
  const fs::path dir = schema.dir / "relations";
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(dir, ignored))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Patterns out;
  std::set<std::string> ids;
  for (const fs::path& file : files) {
    Place place{file.string(), ""};
    const rapidjson::Document json = core::read_json_file(file);
    if (!json.IsObject())
      throw core::SetupError(place.file + ": a relation file must be a JSON object.");
    const std::string name(core::required_string(json, "relation", place.file));
    const schema::RelationId relation = schema.ontology.relation(name);
    if (!relation)
      throw core::SetupError(place.file + ": the ontology has no relation \"" + name + "\".");
    const Value* list = member(json, "patterns");
    if (!list || !list->IsArray())
      throw core::SetupError(place.file + ": there is no list \"patterns\".");
    for (const Value& v : list->GetArray()) {
      if (!v.IsObject()) throw core::SetupError(place.file + ": a pattern must be an object.");
      out.patterns_.push_back(read_pattern(v, relation, schema, place));
      if (!ids.insert(out.patterns_.back().id).second)
        place.fail("there is another pattern of this id.");
    }
  }
  for (uint32_t i = 0; i < out.patterns_.size(); ++i) {
    std::set<std::string> firsts;
    for (const std::string& lemma : out.patterns_[i].lemmas) firsts.insert(first_word(lemma));
    if (out.patterns_[i].trigger == Trigger::reported || firsts.count("*")) {
      out.any_lemma_.push_back(i);
      continue;
    }
    for (const std::string& first : firsts) out.by_lemma_[first].push_back(i);
  }
  return out;
}

std::set<std::string, std::less<>> Patterns::verbs() const {
  std::set<std::string, std::less<>> out;
  for (const Pattern& p : patterns_)
    if (p.trigger == Trigger::verb || p.trigger == Trigger::reported)
      for (const std::string& lemma : p.lemmas) out.insert(first_word(lemma));
  return out;
}

std::set<schema::RelationId> Patterns::acts_of_saying() const {
  std::set<schema::RelationId> out;
  for (const Pattern& p : patterns_)
    if (!p.subject.empty() && p.subject.front().source == Source::speaker) out.insert(p.relation);
  return out;
}

bool Patterns::fits(const Pattern& pattern, FrameKind kind) {
  switch (pattern.trigger) {
    case Trigger::verb:
    case Trigger::reported:
      return kind == FrameKind::verb;
    case Trigger::noun:
    case Trigger::entity:
      return kind == FrameKind::noun;
    case Trigger::adjective:
      return kind == FrameKind::adjective;
    case Trigger::any:
      return true;
  }
  return false;
}

bool words_fit(const Pattern& pattern, const SentenceFrames& frames, const Frame& frame) {
  if (pattern.infinitive &&
      std::none_of(frames.frames().begin(), frames.frames().end(), [&](const Frame& f) {
        return f.link != ClauseLink::none && f.link != ClauseLink::conjunct &&
               f.parent != kNoFrame && frames.frames()[f.parent].predicate == frame.predicate &&
               frames.has_mark(f.predicate, "to");
      }))
    return false;
  auto below = [&](const std::string& word) { return hangs_below(frames, frame.predicate, word); };
  if (std::any_of(pattern.forbids.begin(), pattern.forbids.end(), below)) return false;
  if (!pattern.needs.empty() && std::none_of(pattern.needs.begin(), pattern.needs.end(), below))
    return false;
  if (pattern.trigger == Trigger::entity || pattern.trigger == Trigger::reported) return true;
  return std::any_of(pattern.lemmas.begin(), pattern.lemmas.end(), [&](const std::string& lemma) {
    if (lemma == "*") return true;
    if (first_word(lemma) != frame.lemma) return false;
    const auto later = later_words(lemma);
    return std::all_of(later.begin(), later.end(), below);
  });
}

}  // namespace weft::extract
