// The explorer: one offline page with the graph in it. The page itself is data, bundled from
// tools/explorer into schema/explorer/template.html; this file writes the graph as JSON into the
// place that the template keeps for it. Every "<", ">" and "&" of the JSON is a \u escape, so that
// no name can end the script element or open a comment in it (HTML Living Standard, 4.12.1.3,
// "Restrictions for contents of script elements"). A sentence that proves several facts is written
// once. O(n log n + bytes written); one document's text in memory at a time.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "core/error.h"
#include "core/mapped_file.h"
#include "exporters/byte_writer.h"
#include "exporters/doubts.h"
#include "exporters/escape.h"
#include "exporters/formats.h"
#include "exporters/page_choice.h"

namespace weft::exporters {

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kPlace = "@WEFT_GRAPH@";
constexpr size_t kEvidence = 40;         // sentences of one fact; their whole number is given, too
constexpr size_t kSentenceBytes = 2000;  // of one sentence
constexpr size_t kContextBytes = 160;    // before and after it

/// The end of the paragraph before `pos`, from the beginning of a word.
std::string words_before(std::string_view text, size_t pos) {
  size_t begin = pos - std::min(pos, kContextBytes);
  if (begin > 0)
    while (begin < pos && text[begin] != ' ' && text[begin] != '\n') ++begin;
  const std::string_view words = text.substr(begin, pos - begin);
  if (const size_t paragraph = words.rfind("\n\n"); paragraph != std::string_view::npos)
    return std::string(words.substr(paragraph + 2));
  return (begin > 0 && !words.empty() ? "\xE2\x80\xA6" : "") + std::string(words);
}

/// The beginning of the rest of the paragraph, up to the end of a word.
std::string words_after(std::string_view text, size_t pos) {
  size_t end = std::min(text.size(), pos + kContextBytes);
  const bool cut = end < text.size();
  if (cut)
    while (end > pos && text[end] != ' ' && text[end] != '\n') --end;
  const std::string_view words = text.substr(pos, end - pos);
  if (const size_t paragraph = words.find("\n\n"); paragraph != std::string_view::npos)
    return std::string(words.substr(0, paragraph));
  return std::string(words) + (cut && !words.empty() ? " \xE2\x80\xA6" : "");
}

std::string grouped(size_t n) {
  std::string digits = std::to_string(n);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

class PageWriter {
 public:
  PageWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
             core::OutputFile& file)
      : graph_(g),
        ontology_(ontology),
        options_(options),
        out_(file),
        doubts_(g),
        kept_(choose_for_page(g, options)) {}

  Summary write(std::string_view page) {
    const size_t place = page.find(kPlace);
    out_.raw(page.substr(0, place));
    number_nodes();
    number_sentences();
    out_.raw("{\"format\":").integer(kFormat);
    member(",\"generator\":", std::string("weft ") + WEFT_VERSION);
    member(",\"title\":", options_.title);
    out_.raw(",\"total\":{\"nodes\":").integer(graph_.nodes.size());
    out_.raw(",\"edges\":").integer(graph_.edges.size()).raw("}");
    types();
    documents();
    list(",\n\"nodes\":[", kept_.nodes, [&](uint32_t n) { node(n); });
    list(",\n\"edges\":[", kept_.edges, [&](uint32_t e) { edge(graph_.edges[e]); });
    out_.raw("}").raw(page.substr(place + kPlace.size()));
    out_.flush();
    summary_.nodes = kept_.nodes.size();
    summary_.edges = kept_.edges.size();
    if (kept_.nodes.size() < graph_.nodes.size() || kept_.edges.size() < graph_.edges.size())
      summary_.notes.push_back(
          "The page holds the " + grouped(kept_.nodes.size()) + " best connected of " +
          grouped(graph_.nodes.size()) + " entities and " + grouped(kept_.edges.size()) + " of " +
          grouped(graph_.edges.size()) +
          " facts between them. --max-nodes and --max-edges move these limits.");
    return summary_;
  }

 private:
  using Evidence = std::vector<graph::EvidenceItem>;
  /// Document, begin, end, text.
  using SentenceKey = std::tuple<std::string_view, uint64_t, uint64_t, std::string_view>;

  static SentenceKey key(const graph::EvidenceItem& e) {
    return {e.document, e.span.begin, e.span.end, e.text};
  }

  template <class Do>
  void for_all_evidence(Do&& act) const {
    const auto shown = [&](const Evidence& items) {
      for (size_t i = 0; i < std::min(items.size(), kEvidence); ++i) act(items[i]);
    };
    for (const uint32_t n : kept_.nodes)
      for (const graph::Attribute& a : graph_.nodes[n].attributes) shown(a.evidence);
    for (const uint32_t e : kept_.edges) shown(graph_.edges[e].evidence);
  }

  void number_nodes() {
    number_.assign(graph_.nodes.size(), graph::kNoNode);
    for (size_t i = 0; i < kept_.nodes.size(); ++i)
      number_[kept_.nodes[i]] = static_cast<uint32_t>(i);
  }

  void number_sentences() {
    for_all_evidence([&](const graph::EvidenceItem& e) { sentences_.try_emplace(key(e), 0, &e); });
    uint32_t next = 0;
    for (auto& [unused, sentence] : sentences_) sentence.first = next++;
  }

  template <class Items, class Write>
  void list(std::string_view open, const Items& items, Write&& write_item) {
    out_.raw(open);
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_.raw(",\n");
      first = false;
      write_item(item);
    }
    out_.raw("]");
  }

  void text(std::string_view s) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string quoted = "\"";
    for (size_t pos = 0; pos < s.size();) {
      const DecodedChar c = decode(s, pos);
      const bool markup = c.code == '<' || c.code == '>' || c.code == '&';
      const bool line_end = c.code == 0x2028 || c.code == 0x2029;  // to JavaScript
      if (c.code == kMalformed) {
        quoted += "\xEF\xBF\xBD";
        ++summary_.replaced_characters;
      } else if (c.code == '"' || c.code == '\\') {
        quoted += '\\';
        quoted += s[pos];
      } else if (markup || line_end || c.code < 0x20 || (c.code >= 0x7f && c.code < 0xa0)) {
        quoted += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4) quoted += kHex[c.code >> shift & 15];
      } else {
        quoted += s.substr(pos, c.size);
      }
      pos += c.size;
    }
    out_.raw(quoted += '"');
  }

  void member(std::string_view name, std::string_view value) {
    out_.raw(name);
    text(value);
  }
  void optional_member(std::string_view name, std::string_view value) {
    if (!value.empty()) member(name, value);
  }
  void signed_decimal(double value) {
    if (std::isfinite(value) && value < 0) out_.raw("-");
    out_.decimal(std::isfinite(value) ? std::abs(value) : 0, 3);
  }

  void types() {
    list(",\n\"types\":[", ontology_.types(), [&](const schema::EntityType& t) {
      member("{\"name\":", t.name);
      member(",\"color\":", t.color);
      member(",\"description\":", t.description);
      out_.raw("}");
    });
    list(",\n\"relations\":[", ontology_.relations(), [&](const schema::RelationType& r) {
      member("{\"name\":", r.name);
      member(",\"inverse\":", r.inverse);
      member(",\"description\":", r.description);
      out_.raw(r.symmetric ? ",\"symmetric\":true}" : "}");
    });
  }

  /// The documents that are referred to, and after them their sentences. Both maps are in order of
  /// document, so that each text is fetched once.
  void documents() {
    std::map<std::string_view, uint32_t> numbers;
    for (const auto& [place, unused] : sentences_) numbers.try_emplace(std::get<0>(place), 0);
    uint32_t next = 0;
    for (auto& [id, number] : numbers) number = next++;
    std::map<std::string_view, const doc::Metadata*> known;
    for (const doc::Metadata& d : graph_.documents) known.emplace(d.id, &d);
    list(",\n\"documents\":[", numbers, [&](const auto& row) {
      member("{\"id\":", row.first);
      if (const auto found = known.find(row.first); found != known.end()) {
        optional_member(",\"title\":", found->second->title);
        optional_member(",\"date\":", found->second->date);
        optional_member(",\"source\":", found->second->source);
        optional_member(",\"url\":", found->second->url);
      }
      out_.raw("}");
    });
    std::string_view current;
    std::optional<std::string> whole;
    list(",\n\"sentences\":[", sentences_, [&](const auto& row) {
      const graph::EvidenceItem& e = *row.second.second;
      if (options_.text_of && (current.data() == nullptr || current != e.document)) {
        current = e.document;
        whole = options_.text_of(e.document);
      }
      out_.raw("[").integer(numbers.at(e.document)).raw(",");
      text(shortened(e.text, kSentenceBytes));
      if (whole && e.span.end <= whole->size() && e.span.begin <= e.span.end &&
          e.text.size() <= kSentenceBytes) {
        out_.raw(",");
        text(words_before(*whole, e.span.begin));
        out_.raw(",");
        text(words_after(*whole, e.span.end));
      }
      out_.raw("]");
    });
  }

  /// A speaker in the page is its number there, one that was cut its name.
  void speaker(std::string_view id) {
    const graph::NodeIndex n = graph_.find(id);
    if (n == graph::kNoNode)
      text(id);
    else if (number_[n] != graph::kNoNode)
      out_.integer(number_[n]);
    else
      text(graph_.nodes[n].label);
  }

  template <class Q>  // graph::Qualifiers or graph::EvidenceItem
  void qualifiers(const Q& q) {
    if (q.modality != doc::Modality::asserted) member(",\"m\":", doc::name(q.modality));
    if (q.polarity == doc::Polarity::negative) out_.raw(",\"not\":true");
    optional_member(",\"t\":", q.time);
    if (!q.speaker.empty()) {
      out_.raw(",\"by\":");
      speaker(q.speaker);
    }
    out_.raw(",\"c\":").decimal(q.confidence, 2);
  }

  void evidence(const Evidence& items) {
    if (items.size() > kEvidence) out_.raw(",\"of\":").integer(items.size());
    out_.raw(",\"e\":[");
    for (size_t i = 0; i < std::min(items.size(), kEvidence); ++i) {
      out_.raw(i == 0 ? "{\"s\":" : ",{\"s\":").integer(sentences_.at(key(items[i])).first);
      qualifiers(items[i]);
      optional_member(",\"rule\":", items[i].rule);
      out_.raw("}");
    }
    out_.raw("]}");
  }

  void node(graph::NodeIndex index) {
    const graph::Node& n = graph_.nodes[index];
    member("{\"id\":", n.id);
    member(",\"label\":", n.label);
    out_.raw(",\"type\":").integer(n.type.value);
    optional_member(",\"kind\":", n.kind);
    out_.raw(",\"mentions\":").integer(n.mentions).raw(",\"documents\":").integer(n.documents);
    if (options_.looks) looks(options_.looks->nodes[index]);
    out_.raw(",\"aliases\":[");
    for (size_t i = 0; i < n.aliases.size(); ++i) {
      if (i > 0) out_.raw(",");
      text(n.aliases[i].form);
    }
    out_.raw("]");
    if (!n.attributes.empty())
      list(",\"facts\":[", n.attributes, [&](const graph::Attribute& a) {
        out_.raw("{\"r\":").integer(a.relation.value);
        member(",\"value\":", a.value);
        qualifiers(a.summary);
        evidence(a.evidence);
      });
    doubts(index);
    out_.raw("}");
  }

  /// The others that are in the page, too: their numbers there, with the reasons.
  void doubts(graph::NodeIndex index) {
    std::vector<Doubts::Other> shown;
    for (const Doubts::Other& d : doubts_.of(index))
      if (number_[d.other] != graph::kNoNode) shown.push_back(d);
    if (shown.empty()) return;
    list(",\"maybe\":[", shown, [&](const Doubts::Other& d) {
      out_.raw("[").integer(number_[d.other]).raw(",");
      text(d.reason);
      out_.raw("]");
    });
  }

  void looks(const graph::NodeLook& look) {
    out_.raw(",\"x\":");
    signed_decimal(look.x);
    out_.raw(",\"y\":");
    signed_decimal(look.y);
    out_.raw(",\"size\":").decimal(look.size, 3);
    out_.raw(",\"community\":").integer(look.community);
    out_.raw(",\"pagerank\":").decimal(look.pagerank, 8);
    out_.raw(",\"betweenness\":").decimal(look.betweenness, 8);
  }

  void edge(const graph::Edge& e) {
    member("{\"id\":", e.id);
    out_.raw(",\"s\":").integer(number_[e.source]).raw(",\"o\":").integer(number_[e.target]);
    out_.raw(",\"r\":").integer(e.relation.value).raw(",\"w\":").integer(e.weight);
    qualifiers(e.summary);
    evidence(e.evidence);
  }

  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  const Options& options_;
  ByteWriter out_;
  const Doubts doubts_;
  PageChoice kept_;
  std::vector<uint32_t> number_;  // of each of the graph's nodes in the page
  std::map<SentenceKey, std::pair<uint32_t, const graph::EvidenceItem*>> sentences_;
  Summary summary_;
};

}  // namespace

Summary write_html(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                   core::OutputFile& file) {
  const std::filesystem::path dir =
      options.schema_dir.empty() ? schema::find_schema_dir() : options.schema_dir;
  const std::filesystem::path page = dir / "explorer" / "template.html";
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(page, ignored))
    throw core::SetupError("The explorer's page, " + page.string() +
                           ", is missing. Install weft again, or make the page with "
                           "tools/explorer/build.");
  const core::MappedFile mapped(page);
  if (mapped.text().find(kPlace) == std::string_view::npos)
    throw core::SetupError(page.string() + " has no place for a graph (" + std::string(kPlace) +
                           "). Make it again with tools/explorer/build.");
  return PageWriter(g, ontology, options, file).write(mapped.text());
}

}  // namespace weft::exporters
