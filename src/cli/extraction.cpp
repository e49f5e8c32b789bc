// Writers of one document's facts, open triples and times. Texts come from documents: on their way
// to a terminal what could break a line becomes a blank; JSON is escaped by its writer. Cost:
// linear in what is written.
#include "cli/extraction.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdio>

#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

using core::ByteSpan;

class Writer {
 public:
  Writer(const doc::Document& document, const schema::Ontology* ontology, std::string& out)
      : document_(document), ontology_(ontology), out_(out), json_(buffer_) {}

  void begin() {
    json_.StartObject();
    text("document", document_.meta.id);
  }
  void end() {
    json_.EndObject();
    out_.append(buffer_.GetString(), buffer_.GetSize());
    out_ += '\n';
    buffer_.Clear();
    json_.Reset(buffer_);
  }
  void text(const char* key, std::string_view value) {
    json_.Key(key);
    json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void text_or_null(const char* key, std::string_view value) {
    if (!value.empty()) return text(key, value);
    null(key);
  }
  void null(const char* key) {
    json_.Key(key);
    json_.Null();
  }
  void number(const char* key, uint32_t value) {
    json_.Key(key);
    json_.Uint(value);
  }
  void entity(const char* key, doc::LocalEntity e) {
    if (e == doc::kNoEntity) return null(key);
    json_.Key(key);
    json_.StartObject();
    text("label", document_.entities[e].label);
    text("type", (*ontology_)[document_.entities[e].type].name);
    json_.EndObject();
  }
  void phrase(const char* key, const extract::OpenPhrase& p) {
    if (*key != 0) json_.Key(key);
    json_.StartObject();
    text("text", p.text);
    json_.Key("stretches");
    json_.StartArray();
    for (const ByteSpan& s : p.stretches) {
      json_.StartArray();
      json_.Uint(s.begin);
      json_.Uint(s.end);
      json_.EndArray();
    }
    json_.EndArray();
    entity("entity", p.entity);
    json_.EndObject();
  }
  void evidence(const doc::Evidence& e) {
    json_.StartObject();
    number("begin", e.span.begin);
    number("end", e.span.end);
    text("text", document_.bytes(e.span));
    text("rule", e.rule);
    json_.Key("confidence");
    char value[16];
    std::snprintf(value, sizeof value, "%.2f", static_cast<double>(e.confidence));
    json_.RawValue(value, std::string_view(value).size(), rapidjson::kNumberType);
    text("modality", doc::name(e.modality));
    text("polarity", doc::name(e.polarity));
    text_or_null("time", e.time);
    entity("speaker", e.speaker);
    json_.EndObject();
  }
  rapidjson::Writer<rapidjson::StringBuffer>& json() { return json_; }

 private:
  const doc::Document& document_;
  const schema::Ontology* ontology_;
  std::string& out_;
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_;
};

/// " [planned, not, 2024-03, says Li]": what differs from a plain statement.
void append_qualifiers(const doc::Document& document, const doc::Evidence& e, std::string& out) {
  std::string said;
  const auto add = [&](std::string_view s) { (said += said.empty() ? "" : ", ") += s; };
  if (e.modality != doc::Modality::asserted) add(doc::name(e.modality));
  if (e.polarity == doc::Polarity::negative) add("not");
  if (!e.time.empty()) add(e.time);
  if (e.speaker != doc::kNoEntity) add("says " + document.entities[e.speaker].label);
  if (said.empty()) return;
  out += " [";
  append_plain(out, said);
  out += ']';
}

/// Writes the sentence if it is not the one of the line before.
class SentenceLines {
 public:
  SentenceLines(const doc::Document& document, std::string& out) : document_(document), out_(out) {}
  void at(uint32_t sentence) {
    if (sentence == last_) return;
    last_ = sentence;
    append_plain(out_, document_.text_of(document_.sentence(sentence)));
    out_ += '\n';
  }

 private:
  const doc::Document& document_;
  std::string& out_;
  uint32_t last_ = 0xffffffffu;
};

struct FactAt {
  const doc::Fact* fact;
  const doc::Evidence* evidence;
};

/// Every piece of evidence with its fact, by sentence.
std::vector<FactAt> by_sentence(const doc::Document& document) {
  std::vector<FactAt> out;
  for (const doc::Fact& f : document.facts)
    for (const doc::Evidence& e : f.evidence) out.push_back({&f, &e});
  std::stable_sort(out.begin(), out.end(), [](const FactAt& a, const FactAt& b) {
    return a.evidence->sentence < b.evidence->sentence;
  });
  return out;
}

}  // namespace

void facts_json(const doc::Document& document, const schema::Ontology& ontology, std::string& out) {
  Writer w(document, &ontology, out);
  for (const doc::Fact& f : document.facts) {
    w.begin();
    w.entity("subject", f.subject);
    w.text("relation", ontology[f.relation].name);
    w.entity("object", f.object);
    w.text_or_null("value", f.value);
    w.json().Key("evidence");
    w.json().StartArray();
    for (const doc::Evidence& e : f.evidence) w.evidence(e);
    w.json().EndArray();
    w.end();
  }
}

void triples_json(const doc::Document& document, const std::vector<extract::OpenTriple>& triples,
                  const schema::Ontology& ontology, std::string& out) {
  Writer w(document, &ontology, out);
  for (const extract::OpenTriple& t : triples) {
    w.begin();
    w.phrase("subject", t.subject);
    w.phrase("relation", t.relation);
    w.json().Key("arguments");
    w.json().StartArray();
    for (const extract::OpenPhrase& a : t.arguments) w.phrase("", a);
    w.json().EndArray();
    w.json().Key("evidence");
    w.evidence(t.evidence);
    w.end();
  }
}

void times_json(const doc::Document& document, std::string& out) {
  Writer w(document, nullptr, out);
  for (const doc::TimeExpression& t : document.times) {
    const ByteSpan span = document.byte_span(t.tokens);
    w.begin();
    w.number("begin", span.begin);
    w.number("end", span.end);
    w.text("text", document.bytes(span));
    w.text_or_null("value", t.value);
    w.end();
  }
}

void facts_text(const doc::Document& document, const schema::Ontology& ontology, std::string& out) {
  SentenceLines lines(document, out);
  for (const auto& [fact, evidence] : by_sentence(document)) {
    lines.at(evidence->sentence);
    out += "  ";
    append_plain(out, document.entities[fact->subject].label);
    out += " | " + ontology[fact->relation].name + " | ";
    append_plain(
        out, fact->object == doc::kNoEntity ? fact->value : document.entities[fact->object].label);
    append_qualifiers(document, *evidence, out);
    out += '\n';
  }
}

void triples_text(const doc::Document& document, const std::vector<extract::OpenTriple>& triples,
                  std::string& out) {
  SentenceLines lines(document, out);
  for (const extract::OpenTriple& t : triples) {
    lines.at(t.evidence.sentence);
    out += "  ";
    append_plain(out, t.subject.text);
    out += " | ";
    append_plain(out, t.relation.text);
    const char* between = " | ";
    for (const extract::OpenPhrase& a : t.arguments) {
      out += between;
      append_plain(out, a.text);
      between = "; ";
    }
    append_qualifiers(document, t.evidence, out);
    out += '\n';
  }
}

void times_text(const doc::Document& document, std::string& out) {
  SentenceLines lines(document, out);
  for (const doc::TimeExpression& t : document.times) {
    lines.at(document.sentence_of(t.tokens.begin));
    out += "  ";
    append_plain(out, document.text_of(t.tokens));
    out += " | " + (t.value.empty() ? "unknown" : t.value) + "\n";
  }
}

}  // namespace weft::cli
