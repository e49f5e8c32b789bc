// Everything that an explanation needs stands in the records: which rule joined a mention to its
// entity, which one joined that entity to the node (found by resolving again), which pattern found
// a fact. Patterns are described by what their file says. Linear in mentions of the node.
#include "query/explain.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/json_file.h"

namespace weft::query {

namespace {

using doc::JoinRule;
using graph::Joint;
using graph::MergeRule;

std::string why(JoinRule rule, const std::string& label) {
  const std::string it = "\"" + label + "\"";
  switch (rule) {
    case JoinRule::name:
      return "bears its name";
    case JoinRule::gazetteer:
      return "is another name of the same gazetteer entry";
    case JoinRule::bracket:
      return "stands beside it in brackets, as its short form";
    case JoinRule::personal_name:
      return "is a part of a person's name that only " + it + " has here, or had last";
    case JoinRule::titled:
      return "is the name with a title before it";
    case JoinRule::place_kind:
      return "is the place's name with or without the word for its kind";
    case JoinRule::acronym:
      return "has the initials of " + it;
    case JoinRule::short_form:
      return "begins or ends the one longer name that does so here";
    case JoinRule::office:
      return "is a title that only this office has here";
    case JoinRule::description:
      return "describes what was mentioned before; " + it + " agrees best with it";
    case JoinRule::title:
      return "is the title with which " + it + " was named before";
    case JoinRule::pronoun:
      return "refers to what was mentioned before; " + it + " agrees best with it";
    case JoinRule::called:
      return "describes what the text calls " + it + " beside it";
    case JoinRule::capital:
      return "is the capital and acts as a government does; the document names the country";
  }
  return {};
}

std::string why(const Joint& joint) {
  const doc::Entity& e = joint.record->entities[joint.entity];
  switch (joint.rule) {
    case MergeRule::first:
      return "is what the other documents' mentions were joined to, or the only one";
    case MergeRule::link:
      return "is linked to the gazetteer's entry " + e.link;
    case MergeRule::name:
      return "has the same type and name, and nothing speaks against it";
    case MergeRule::alias:
      return "is a short form that some document gives together with the longer name";
    case MergeRule::decision:
      return "was called the same by a person (weft decisions)";
  }
  return {};
}

std::string one_line(std::string_view s) {
  std::string out;
  for (const char c : s) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  return out;
}

std::string bytes_of(const std::string& text, core::ByteSpan span) {
  const bool good = span.begin <= span.end && span.end <= text.size();
  return good ? one_line(std::string_view(text).substr(span.begin, span.size())) : std::string();
}

/// The sentence that the place lies in, or the place itself.
core::ByteSpan sentence_at(const doc::Record& record, core::ByteSpan span) {
  const auto after =
      std::upper_bound(record.sentences.begin(), record.sentences.end(), span.begin,
                       [](uint32_t begin, const core::ByteSpan& s) { return begin < s.begin; });
  if (after == record.sentences.begin()) return span;
  const core::ByteSpan sentence = *std::prev(after);
  return span.begin < sentence.end ? sentence : span;
}

struct Place {
  core::ByteSpan span;
  JoinRule rule = JoinRule::name;
};

/// All mentions of an entity with their rules, pronouns too, in text order.
std::vector<Place> places_of(const doc::Entity& e) {
  std::vector<Place> out;
  for (const core::ByteSpan span : e.mentions) {
    const auto joined = std::find_if(e.joined.begin(), e.joined.end(),
                                     [&](const doc::Joined& j) { return j.span == span; });
    out.push_back({span, joined == e.joined.end() ? JoinRule::name : joined->rule});
  }
  for (const doc::Joined& j : e.joined)
    if (j.rule == JoinRule::pronoun) out.push_back({j.span, j.rule});
  std::stable_sort(out.begin(), out.end(),
                   [](const Place& a, const Place& b) { return a.span.begin < b.span.begin; });
  return out;
}

}  // namespace

Table explain_node(std::span<const Joint> joints, const TextOf& text_of) {
  Table table;
  table.columns = {{"document", Show::always, "", true},
                   {"form"},
                   {"rule"},
                   {"why"},
                   {"times"},
                   {"begin"},
                   {"end", Show::on_request},
                   {"sentence"}};
  for (const Joint& joint : joints) {
    const doc::Record& record = *joint.record;
    const doc::Entity& e = record.entities[joint.entity];
    const std::string text = text_of(record.meta.id);
    table.rows.push_back({record.meta.id,
                          e.label,
                          "document: " + std::string(name(joint.rule)),
                          why(joint),
                          int64_t(e.mentions.size()),
                          {},
                          {},
                          {}});
    std::map<std::pair<std::string, JoinRule>, size_t> rows;
    for (const Place& place : places_of(e)) {
      const std::string form = bytes_of(text, place.span);
      const auto [it, fresh] = rows.try_emplace({form, place.rule}, table.rows.size());
      if (!fresh) {
        ++std::get<int64_t>(table.rows[it->second][4]);
        continue;
      }
      table.rows.push_back({record.meta.id, form, std::string(doc::name(place.rule)),
                            why(place.rule, e.label), int64_t{1}, int64_t{place.span.begin},
                            int64_t{place.span.end},
                            bytes_of(text, sentence_at(record, place.span))});
    }
  }
  return table;
}

namespace {

/// What a pattern's file says of it: trigger and roles.
class PatternTexts {
 public:
  PatternTexts(const std::filesystem::path& schema_dir, const schema::Ontology& ontology)
      : dir_(schema_dir / "relations"), ontology_(ontology) {}

  /// Of the rule `PATTERNS.ID`; the patterns of one relation may also give another.
  std::string of(std::string_view rule) {
    const bool near = rule.ends_with("~near");
    const std::string id(near ? rule.substr(0, rule.size() - 5) : rule);
    for (const auto& [begin, text] : kReaders)
      if (id.starts_with(begin)) return std::string(text);
    const std::string name = id.substr(0, id.find('.'));
    if (!ontology_.relation(name)) return kUnknown;
    auto [it, fresh] = files_.try_emplace(name);
    if (fresh) read(name, it->second);
    const auto found = it->second.find(id);
    std::string out = found == it->second.end() ? kUnknown : found->second;
    return near ? out + "; one end is the nearest fitting name" : out;
  }

 private:
  static constexpr const char* kUnknown = "a rule that this schema does not have";
  /// What reads facts without patterns, by how its rules begin.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kReaders = {{
      {"structure.", "the structure of a name: what stands inside or beside it"},
      {"neighbour.", "two names side by side: \"A (B)\", \"A of B\", \"A, B\" or \"B's A\""},
      {"successor.", "who is succeeded or replaced in an office held it before"},
      {"leaving.", "who resigns or is dismissed on a day held the office until then"},
      {"entering.", "who took office or was elected at a time held the office from then on"},
      {"then.", "who is called then an office-holder was it at the time that the clause tells"},
      {"list.", "a list, a table or a run of names that says to which body they belong"},
      {"sense.works_for", "joins or leads a body whose name says that it employs its people"},
      {"sense.", "two names side by side; elsewhere the text speaks of that body's members"},
      {"has_value.", "a figure and the name that it measures"},
      {"serves_as.", "a description of the name, beside it or in the clause"},
      {"model.", "the relation model, which weighs the words between and around both names"},
  }};

  void read(const std::string& name, std::map<std::string, std::string>& out) const {
    const auto path = dir_ / (name + ".json");
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return;
    const rapidjson::Document file = core::read_json_file(path);
    if (!file.IsObject() || !file.HasMember("patterns") || !file["patterns"].IsArray()) return;
    for (const auto& p : file["patterns"].GetArray()) {
      if (!p.IsObject() || !p.HasMember("id") || !p["id"].IsString()) continue;
      std::string text;
      for (const char* key : {"verb", "noun", "adjective", "any", "entity", "reported_by", "needs",
                              "subject", "object", "value"})
        if (p.HasMember(key))
          text += (text.empty() ? "" : "; ") + std::string(key) + ' ' + words(p[key]);
      out.emplace(p["id"].GetString(), text);
    }
  }

  static std::string words(const rapidjson::Value& v) {
    if (v.IsString()) return v.GetString();
    std::string out;
    if (v.IsArray())
      for (const auto& item : v.GetArray())
        if (item.IsString()) out += (out.empty() ? "" : ", ") + std::string(item.GetString());
    return out;
  }

  std::filesystem::path dir_;
  const schema::Ontology& ontology_;
  std::map<std::string, std::map<std::string, std::string>> files_;
};

/// The words for a node in a sentence, with what joined them: "the company (description)". Where
/// the sentence does not mention it, the nearest mention before.
std::string words_for(const std::vector<Joint>& joints, const graph::EvidenceItem& evidence,
                      const std::string& text) {
  std::string inside, before;
  for (const Joint& joint : joints) {
    if (joint.record->meta.id != evidence.document) continue;
    for (const Place& place : places_of(joint.record->entities[joint.entity])) {
      if (place.span.begin >= evidence.span.end) break;
      const std::string said =
          bytes_of(text, place.span) + " (" + std::string(doc::name(place.rule)) + ")";
      if (place.span.end <= evidence.span.begin)
        before = said;
      else if (inside.find(said) == std::string::npos)
        inside += (inside.empty() ? "" : ", ") + said;
    }
  }
  if (!inside.empty()) return inside;
  return before.empty() ? "not mentioned here" : "mentioned before: " + before;
}

std::string basis(const std::string& rule, const schema::Lexicons& lexicons) {
  const std::string* share = lexicons.list("rule_confidence").value(rule);
  return share ? "right in " + *share + " of the development gold" : "the pattern's own estimate";
}

}  // namespace

Table explain_facts(View view, const std::vector<FactRef>& facts, const TextOf& text_of,
                    const std::filesystem::path& schema_dir, const schema::Lexicons& lexicons,
                    const graph::Joints& joints) {
  Table table;
  table.columns = {{"fact", Show::always, "", true},
                   {"document"},
                   {"begin", Show::on_request},
                   {"end", Show::on_request},
                   {"text"},
                   {"rule"},
                   {"looks_for"},
                   {"subject_words"},
                   {"object_words"},
                   {"confidence"},
                   {"basis"}};
  const graph::Graph& g = view.graph;
  PatternTexts patterns(schema_dir, view.ontology);
  for (const FactRef& f : facts) {
    const graph::Edge* edge = f.is_edge ? &g.edges[f.edge] : nullptr;
    const graph::Node& subject = g.nodes[edge ? edge->source : f.node];
    const graph::Attribute* attribute = edge ? nullptr : &subject.attributes[f.attribute];
    const auto relation = edge ? edge->relation : attribute->relation;
    const auto& evidence = edge ? edge->evidence : attribute->evidence;
    const auto& summary = edge ? edge->summary : attribute->summary;
    const std::string object = edge ? g.nodes[edge->target].label : attribute->value;
    const std::string fact = subject.label + ' ' + view.ontology[relation].name + ' ' + object;
    const std::vector<Joint>& of_subject = joints.at(subject.id);
    for (const graph::EvidenceItem& e : evidence) {
      const std::string text = text_of(e.document);
      table.rows.push_back({fact, e.document, int64_t{e.span.begin}, int64_t{e.span.end},
                            one_line(e.text), e.rule, patterns.of(e.rule),
                            words_for(of_subject, e, text),
                            edge ? words_for(joints.at(g.nodes[edge->target].id), e, text) : object,
                            real(e.confidence), basis(e.rule, lexicons)});
    }
    std::vector<Cell> whole(table.columns.size());
    whole[0] = fact;
    whole[5] = std::string("all together");
    whole[9] = real(summary.confidence);
    whole[10] = std::string(evidence.size() == 1
                                ? "its one piece of evidence"
                                : "1 minus the product of the doubts of independent sentences that "
                                  "say so, at most 0.99");
    table.rows.push_back(std::move(whole));
  }
  return table;
}

}  // namespace weft::query
