// One pass measures what formats trip over; a table says which format minds which measure and what
// it does. A row is left out where its measure is 0, so a short answer means that little is lost.
// What readers do was found by reading and running them (tests/interop).
#include "exporters/check.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "exporters/byte_writer.h"
#include "exporters/flat_rows.h"
#include "exporters/spells.h"

namespace weft::exporters {

namespace {

struct Measures {
  uint64_t nodes = 0, edges = 0, documents = 0;
  uint64_t malformed = 0;      // bytes that are no UTF-8
  uint64_t nul = 0;            // NUL characters
  uint64_t not_xml = 0;        // characters that XML 1.0 forbids, NUL and malformed ones included
  uint64_t line_ends = 0;      // texts with line ends or control characters
  uint64_t bars = 0;           // items of lists that hold '|'
  uint64_t semicolons = 0;     // items of lists that hold ';'
  uint64_t nulls = 0;          // texts that read "null"
  uint64_t formulas = 0;       // texts that a spreadsheet would run
  uint64_t values = 0;         // facts whose object is text
  uint64_t edge_evidence = 0;  // pieces of evidence of edges
  uint64_t more_evidence = 0;  // of them those beyond the first kEvidenceTexts of an edge
  uint64_t long_evidence = 0;  // of the first ones those above kEvidenceBytes
  uint64_t speakers = 0;       // facts with a speaker
  uint64_t timed = 0;          // edges with a time
  uint64_t imprecise = 0;      // of them those whose time is no single day
  uint64_t merged_times = 0;   // times of one edge that overlap or touch another
  uint64_t no_times = 0;       // times that are no dates, or open at both ends
  uint64_t symmetric = 0;      // edges without direction
  uint64_t parallel = 0;       // edges between two nodes that an earlier edge connects that way
  uint64_t heavy = 0;          // edges with a weight above 1000
  uint64_t unasserted = 0;     // facts that are not asserted, or denied
  uint64_t doubts = 0;         // pairs of nodes that may be one thing
};

class Measurer {
 public:
  Measurer(const graph::Graph& g, const schema::Ontology& ontology) {
    m_.nodes = g.nodes.size();
    m_.edges = g.edges.size();
    m_.documents = g.documents.size();
    m_.doubts = g.maybe_same.size();
    for (const graph::MaybeSame& d : g.maybe_same) item(d.reason);
    for (const doc::Metadata& d : g.documents) text(d.id);
    for (const graph::Node& n : g.nodes) node(n);
    std::set<std::pair<graph::NodeIndex, graph::NodeIndex>> pairs;
    for (const graph::Edge& e : g.edges) {
      edge(e);
      if (ontology[e.relation].symmetric) ++m_.symmetric;
      // Edges are sorted by source, so the pairs of earlier sources are no longer needed.
      if (!pairs.empty() && pairs.begin()->first != e.source) pairs.clear();
      if (!pairs.insert({e.source, e.target}).second) ++m_.parallel;
    }
  }

  const Measures& result() const { return m_; }

 private:
  void text(std::string_view s) {
    bool breaks = false;
    for (size_t pos = 0; pos < s.size();) {
      const DecodedChar c = decode(s, pos);
      pos += c.size;
      const bool malformed = c.code == kMalformed;
      if (malformed) ++m_.malformed;
      if (c.code == 0) ++m_.nul;
      const bool control = c.code < 0x20 && c.code != '\t' && c.code != '\n' && c.code != '\r';
      if (malformed || control || c.code == 0xfffe || c.code == 0xffff) ++m_.not_xml;
      breaks = breaks || c.code < 0x20 || (c.code >= 0x7f && c.code < 0xa0) || c.code == 0x2028 ||
               c.code == 0x2029;
    }
    if (breaks) ++m_.line_ends;
    if (s == "null") ++m_.nulls;
    if (!s.empty() && std::string_view("=+-@\t\r").find(s[0]) != s.npos) ++m_.formulas;
  }

  void item(std::string_view s) {
    text(s);
    if (s.find('|') != s.npos) ++m_.bars;
    if (s.find(';') != s.npos) ++m_.semicolons;
  }

  void qualifiers(const graph::Qualifiers& q) {
    if (!q.speaker.empty()) ++m_.speakers;
    if (q.modality != doc::Modality::asserted || q.polarity != doc::Polarity::positive)
      ++m_.unasserted;
  }

  void node(const graph::Node& n) {
    text(n.label);
    for (const doc::Alias& a : n.aliases) item(a.form);
    for (const graph::Attribute& a : n.attributes) {
      ++m_.values;
      item(a.value);
      qualifiers(a.summary);
    }
  }

  void edge(const graph::Edge& e) {
    qualifiers(e.summary);
    if (e.weight > 1000) ++m_.heavy;
    m_.edge_evidence += e.evidence.size();
    for (size_t i = 0; i < e.evidence.size(); ++i) {
      item(e.evidence[i].text);
      if (i >= kEvidenceTexts)
        ++m_.more_evidence;
      else if (e.evidence[i].text.size() > kEvidenceBytes)
        ++m_.long_evidence;
    }
    const Span span = span_of(e);
    if (!span.precision.empty()) ++m_.timed;
    if (!span.precision.empty() && span.precision != "day") ++m_.imprecise;
    times(e);
  }

  void times(const graph::Edge& e) {
    std::set<std::string_view> different{e.summary.time};
    for (const graph::EvidenceItem& i : e.evidence) different.insert(i.time);
    different.erase("");
    uint64_t readable = 0;
    for (const std::string_view time : different) {
      graph::Edge alone;
      alone.summary.time = time;
      readable += spells(alone).size();
    }
    m_.no_times += different.size() - readable;
    m_.merged_times += readable - spells(e).size();
  }

  Measures m_;
};

struct Row {
  std::string_view formats;  // joined by spaces; "graphml:strict" is one dialect only
  std::string_view change;
  std::string_view what;
  uint64_t Measures::*count;
  std::string_view how;
};

constexpr std::array kRows = {
    Row{"graphml:strict", "merges", "edges between two nodes that another relation connects",
        &Measures::parallel,
        "Gephi makes one edge of them, because only the dialect \"gephi\" tells it their kinds."},
    Row{"graphology gephi-lite gexf graphml d3 cytoscape dot csv neo4j", "merges",
        "edges between two nodes that another relation connects", &Measures::parallel,
        "Not in the file, but readers that know no parallel edges keep one of them."},
    Row{"gexf csv", "merges", "times of one fact that overlap or touch", &Measures::merged_times,
        "They are one stretch of the timeline: Gephi can't read overlapping ones."},
    Row{"gexf csv neo4j gephi-lite", "drops", "times that are no dates", &Measures::no_times,
        "They are not on the timeline and have no start and end."},
    Row{"graphml gexf graphology d3 cytoscape gephi-lite csv neo4j dot", "drops",
        "titles, dates and sources of documents", &Measures::documents,
        "Only their ids are there; graphology keeps them as an attribute of the graph."},
    Row{"graphml gexf gephi-lite csv neo4j dot", "drops",
        "rule, bytes and qualifiers of each piece of evidence", &Measures::edge_evidence,
        "json, jsonl and turtle have them."},
    Row{"graphml gexf gephi-lite csv", "drops", "evidence beyond the third piece of an edge",
        &Measures::more_evidence, "json, jsonl, turtle and markdown have all of it."},
    Row{"dot", "drops", "evidence of edges but the first, shortened, as a tooltip",
        &Measures::edge_evidence, "json, jsonl, turtle and markdown have all of it."},
    Row{"graphml gexf gephi-lite csv", "shortens", "evidence above 500 bytes",
        &Measures::long_evidence, "It ends with an ellipsis."},
    Row{"dot", "replaces", "weights above 1000", &Measures::heavy,
        "They are 1000: Graphviz can't compute with larger ones."},
    Row{"dot svg png", "drops", "facts whose object is text", &Measures::values,
        "Only nodes and edges are drawn."},
    Row{"svg png", "drops", "evidence of edges", &Measures::edge_evidence,
        "A picture shows what is related; json and others say why."},
    Row{"graphml gexf gephi-lite csv neo4j", "retypes", "facts whose object is text",
        &Measures::values, "They are one column `attributes`, as \"relation: text\" joined."},
    Row{"graphml gexf gephi-lite csv neo4j dot", "retypes",
        "pairs of entities that may be one thing", &Measures::doubts,
        "Each stands at both entities, as \"name (id): reason\" in `maybe_same`."},
    Row{"jsonl svg png", "drops", "pairs of entities that may be one thing", &Measures::doubts,
        "The other formats say so; `weft decisions --open` lists them."},
    Row{"graphml:strict", "renames", "ids of entities", &Measures::nodes,
        "'/' is ':' there, since GraphML's schema wants it so; `entity_id` has them as they are."},
    Row{"graphml dot", "drops", "times of edges for a timeline", &Measures::timed,
        "They are there as text; gexf and csv give Gephi its timeline."},
    Row{"gexf csv:gephi", "retypes", "times that are a month, a year or an interval",
        &Measures::imprecise,
        "They become whole days; `date_precision` says what the document said."},
    Row{"csv:gephi", "drops", "times of edges as written", &Measures::timed,
        "Gephi would take years for numbers; Timeset and date_precision say it."},
    Row{"graphml json d3 cytoscape neo4j gexf:directed", "retypes", "edges of symmetric relations",
        &Measures::symmetric,
        "They are directed like all others; the ontology says which relations are symmetric."},
    Row{"graphml gexf graphology gephi-lite csv dot", "renames", "types of entities",
        &Measures::nodes,
        "`type` is called `entity_type`: readers have another use for that word."},
    Row{"neo4j", "renames", "relations", &Measures::edges,
        "They are in capitals, as is usual there: VISITED."},
    Row{"graphml:gephi", "renames", "texts that read \"null\"", &Measures::nulls,
        "A space is added, since Gephi would take them for no value."},
    Row{"graphml gexf gephi-lite csv graphology", "replaces", "'|' inside items of lists",
        &Measures::bars, "It becomes '/', since lists are joined by '|'."},
    Row{"neo4j", "replaces", "';' inside items of lists", &Measures::semicolons,
        "It becomes ',', since lists are joined by ';'."},
    Row{"csv", "replaces", "texts that a spreadsheet would run as a formula", &Measures::formulas,
        "An apostrophe is put before them."},
    Row{"neo4j dot markdown", "replaces", "texts with line ends or control characters",
        &Measures::line_ends, "They become spaces."},
    Row{"graphml gexf svg", "replaces", "characters that XML 1.0 can't hold", &Measures::not_xml,
        "U+FFFD stands in their place."},
    Row{"json graphology d3 cytoscape gephi-lite jsonl csv turtle neo4j dot markdown html",
        "replaces", "bytes that are no UTF-8", &Measures::malformed,
        "U+FFFD stands in their place."},
    Row{"csv turtle", "replaces", "NUL characters", &Measures::nul,
        "U+FFFD stands in their place."},
    Row{"turtle", "drops", "planned, demanded, possible and denied facts as plain triples",
        &Measures::unasserted, "They are there as statements with their modality and polarity."},
    Row{"jsonl", "drops", "entities as such", &Measures::nodes,
        "Only facts are written: aliases and counts, and entities without facts, are in json."},
};

bool concerns(std::string_view formats, std::string_view name, std::string_view dialect) {
  while (!formats.empty()) {
    const std::string_view word = formats.substr(0, formats.find(' '));
    const size_t colon = word.find(':');
    if (word.substr(0, colon) == name && (colon == word.npos || word.substr(colon + 1) == dialect))
      return true;
    formats.remove_prefix(std::min(word.size() + 1, formats.size()));
  }
  return false;
}

}  // namespace

std::vector<Finding> check(const Format& format, const graph::Graph& graph,
                           const schema::Ontology& ontology, const Options& options) {
  const Measurer measurer(graph, ontology);
  const std::string_view dialect = options.dialect.empty()
                                       ? format.dialects.substr(0, format.dialects.find(' '))
                                       : std::string_view(options.dialect);
  std::vector<Finding> out;
  for (const Row& row : kRows)
    if (const uint64_t count = measurer.result().*row.count;
        count > 0 && concerns(row.formats, format.name, dialect))
      out.push_back({row.change, row.what, count, row.how});
  return out;
}

}  // namespace weft::exporters
