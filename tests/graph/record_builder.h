// Makes Records for tests as one would write them down: entities by label, facts by number, one
// sentence each.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/sha256.h"
#include "doc/record.h"
#include "graph/resolve.h"

namespace weft::testing {

inline const schema::Ontology& shipped_ontology() {
  static const auto ontology =
      schema::Ontology::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "ontology.json");
  return ontology;
}

/// One document under construction. Each fact gets a sentence of its own in the text.
class RecordBuilder {
 public:
  explicit RecordBuilder(std::string id) {
    record.meta.id = id;
    record.meta.path = id;
    record.meta.language = "en";
  }

  doc::LocalEntity entity(std::string type, std::string label,
                          std::vector<std::string> aliases = {}, std::string link = {},
                          std::string kind = {}) {
    doc::Entity e;
    e.type = shipped_ontology().type(type);
    e.kind = std::move(kind);
    e.link = std::move(link);
    e.mentions.push_back(append(label));
    e.aliases.push_back({label, 1});
    for (const std::string& a : aliases) {
      e.mentions.push_back(append(a));
      e.aliases.push_back({a, 1});
    }
    e.label = std::move(label);
    record.entities.push_back(std::move(e));
    return static_cast<doc::LocalEntity>(record.entities.size() - 1);
  }

  doc::Evidence evidence(const std::string& sentence,
                         doc::Modality modality = doc::Modality::asserted,
                         float confidence = 0.8f) {
    doc::Evidence e;
    e.span = append(sentence);
    e.sentence = static_cast<uint32_t>(record.sentences.size());
    record.sentences.push_back(e.span);
    e.rule = "test.rule";
    e.confidence = confidence;
    e.modality = modality;
    return e;
  }

  doc::Fact& fact(doc::LocalEntity subject, std::string relation, doc::LocalEntity object,
                  std::vector<doc::Evidence> evidence) {
    record.facts.push_back(
        {subject, shipped_ontology().relation(relation), object, {}, std::move(evidence)});
    return record.facts.back();
  }
  doc::Fact& value(doc::LocalEntity subject, std::string relation, std::string text,
                   std::vector<doc::Evidence> evidence) {
    record.facts.push_back({subject, shipped_ontology().relation(relation), doc::kNoEntity,
                            std::move(text), std::move(evidence)});
    return record.facts.back();
  }

  /// Call last: the hash is of the whole text.
  doc::Record done() {
    record.meta.sha256 = core::sha256_hex(text);
    return record;
  }

  doc::Record record;
  std::string text;

 private:
  core::ByteSpan append(const std::string& s) {
    if (!text.empty()) text += '\n';
    const auto begin = static_cast<uint32_t>(text.size());
    text += s;
    return {begin, static_cast<uint32_t>(text.size())};
  }
};

/// Several documents with their texts.
struct Corpus {
  std::vector<doc::Record> records;
  std::map<std::string, std::string> texts;

  void add(RecordBuilder builder) {
    records.push_back(builder.done());
    texts[builder.record.meta.id] = builder.text;
  }
  graph::Graph graph(const schema::Gazetteer* gazetteer = nullptr,
                     graph::ResolveSummary* summary = nullptr) const {
    return graph::resolve(
        records, [this](const std::string& id) { return texts.at(id); }, shipped_ontology(),
        gazetteer, summary);
  }
};

/// A graph as text, everything in it, for comparing two of them.
inline std::string dump(const graph::Graph& g) {
  std::string out;
  const auto qualifiers = [&](const auto& q) {
    out += ' ' + std::string(doc::name(q.modality)) + ' ' + std::string(doc::name(q.polarity)) +
           " t=" + q.time + " s=" + q.speaker + " c=" + std::to_string(q.confidence);
  };
  const auto evidence = [&](const std::vector<graph::EvidenceItem>& items) {
    for (const auto& e : items) {
      out += "\n    " + e.document + ' ' + std::to_string(e.span.begin) + '-' +
             std::to_string(e.span.end) + " [" + e.text + "] " + e.rule;
      qualifiers(e);
    }
  };
  for (const auto& d : g.documents)
    out += "document " + d.id + ' ' + d.sha256 + ' ' + d.title + ' ' + d.date + '\n';
  for (const auto& n : g.nodes) {
    out += n.id + " (" + shipped_ontology()[n.type].name + ' ' + n.kind + ") " + n.label + ' ' +
           std::to_string(n.mentions) + ' ' + std::to_string(n.documents);
    for (const auto& a : n.aliases) out += " |" + a.form + '*' + std::to_string(a.count);
    out += " <" + n.place.geonames + ' ' + n.place.iso;
    for (const auto& key : n.place.within) out += ' ' + key;
    out += '>';
    for (const auto& a : n.attributes) {
      out += "\n  ." + shipped_ontology()[a.relation].name + " = " + a.value;
      qualifiers(a.summary);
      evidence(a.evidence);
    }
    out += '\n';
  }
  for (const auto& m : g.maybe_same)
    out += g.nodes[m.a].id + " ~ " + g.nodes[m.b].id + ' ' + m.reason + '\n';
  for (const auto& e : g.edges) {
    out += e.id + ' ' + g.nodes[e.source].id + " -" + shipped_ontology()[e.relation].name + "-> " +
           g.nodes[e.target].id + " w=" + std::to_string(e.weight);
    qualifiers(e.summary);
    evidence(e.evidence);
    out += '\n';
  }
  return out;
}

}  // namespace weft::testing
