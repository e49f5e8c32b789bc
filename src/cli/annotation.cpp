// Three writers over one Document. Forms and texts come from documents: what could break a line or
// a column (control characters, line breaks) becomes a blank; JSON is escaped by its writer. Cost:
// linear in the text.
#include "cli/annotation.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <iterator>

#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

using core::ByteSpan;
using core::TokenSpan;

/// FEATS in alphabetical order, "_" if there are none.
std::string features(uint16_t morph) {
  constexpr struct {
    uint16_t flag;
    const char* text;
  } kFeatures[] = {{doc::kImperative, "Mood=Imp"},     {doc::kPlural, "Number=Plur"},
                   {doc::kPast, "Tense=Past"},         {doc::kPresent, "Tense=Pres"},
                   {doc::kFinite, "VerbForm=Fin"},     {doc::kGerund, "VerbForm=Ger"},
                   {doc::kInfinitive, "VerbForm=Inf"}, {doc::kParticiple, "VerbForm=Part"},
                   {doc::kPassive, "Voice=Pass"}};
  std::string out;
  for (const auto& f : kFeatures)
    if ((morph & f.flag) != 0) out += (out.empty() ? "" : "|") + std::string(f.text);
  return out.empty() ? "_" : out;
}

std::string upper(const std::string& name) {
  std::string out = name;
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

/// Walks the labels along with the tokens.
class LabelCursor {
 public:
  explicit LabelCursor(const std::vector<Label>& labels) : labels_(labels) {}
  /// The label that the token bears, or null; tokens must be asked for in order.
  const Label* at(uint32_t token) {
    while (next_ < labels_.size() && labels_[next_].tokens.end <= token) ++next_;
    return next_ < labels_.size() && labels_[next_].tokens.begin <= token ? &labels_[next_]
                                                                          : nullptr;
  }

 private:
  const std::vector<Label>& labels_;
  size_t next_ = 0;
};

/// Puts those of `more` among `labels` (both in text order) that overlap none of them, or hold
/// within them all that they overlap ("20 Hong Kong dollars"), which then gives way.
void add_free(std::vector<Label>& labels, std::vector<Label> more) {
  std::vector<Label> out;
  size_t next = 0;
  for (Label& label : more) {
    while (next < labels.size() && labels[next].tokens.end <= label.tokens.begin)
      out.push_back(std::move(labels[next++]));
    size_t behind = next;
    bool holds = true;
    for (; behind < labels.size() && labels[behind].tokens.begin < label.tokens.end; ++behind)
      holds = holds && label.tokens.contains(labels[behind].tokens) &&
              labels[behind].tokens.size() < label.tokens.size();
    if (!holds) continue;
    out.push_back(std::move(label));
    next = behind;
  }
  std::move(labels.begin() + static_cast<std::ptrdiff_t>(next), labels.end(),
            std::back_inserter(out));
  labels = std::move(out);
}

std::string bytes_of(ByteSpan span) {
  return std::to_string(span.begin) + ":" + std::to_string(span.end);
}

}  // namespace

std::vector<Label> labels_of(const doc::Document& document, const schema::Ontology& ontology,
                             const extract::AmountFinder& amounts) {
  std::vector<Label> labels, dates, figures;
  for (const doc::NameSpan& name : document.names)
    labels.push_back({name.tokens, ontology[name.type].name, name.score, {}});
  for (const doc::TimeExpression& time : document.times)
    dates.push_back({time.tokens, "Date", -1, time.value});
  for (const extract::Amount& amount : amounts.find(document)) {
    constexpr const char* kTypes[] = {"Money", "Percent", "Quantity"};
    if (amount.kind != extract::AmountKind::count)
      figures.push_back({amount.tokens, kTypes[static_cast<size_t>(amount.kind)], -1, {}});
  }
  add_free(labels, std::move(dates));
  add_free(labels, std::move(figures));
  return labels;
}

void annotation_conllu(const doc::Document& document, const std::vector<Label>& labels,
                       std::string& out) {
  LabelCursor cursor(labels);
  out += "# newdoc id = ";
  append_plain(out, document.meta.id);
  out += '\n';
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const TokenSpan sentence = document.sentence(s);
    if (s == 0 || document.sentence_block[s] != document.sentence_block[s - 1]) out += "# newpar\n";
    out += "# sent_id = " + std::to_string(s + 1) + "\n# text = ";
    append_plain(out, document.text_of(sentence));
    out += '\n';
    for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
      const ByteSpan span{document.token_begin[t], document.token_end[t]};
      out += std::to_string(t - sentence.begin + 1) + "\t";
      append_plain(out, document.form(t));
      out += '\t';
      append_plain(out, document.lemma_of(t));
      out += '\t';
      out += doc::name(document.upos[t]);
      out += '\t';
      out += doc::name(document.xpos[t]);
      out += '\t' + features(document.morph[t]) + '\t';
      out += document.head[t] == doc::kNoToken
                 ? "0"
                 : std::to_string(document.head[t] - sentence.begin + 1);
      out += '\t';
      out += doc::name(document.deprel[t]);
      out += "\t_\t";
      if (const Label* label = cursor.at(t))
        out += std::string("NER=") + (t == label->tokens.begin ? "B-" : "I-") + upper(label->type) +
               "|";
      if (t + 1 < sentence.end && document.token_begin[t + 1] == span.end) out += "SpaceAfter=No|";
      out += "Bytes=" + bytes_of(span) + "\n";
    }
    out += '\n';
  }
}

void annotation_json(const doc::Document& document, const std::vector<Label>& labels,
                     std::string& out) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  const auto text = [&](const char* key, std::string_view value) {
    json.Key(key);
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  const auto number = [&](const char* key, uint32_t value) {
    json.Key(key);
    json.Uint(value);
  };
  const auto span = [&](ByteSpan bytes) {
    number("begin", bytes.begin);
    number("end", bytes.end);
  };
  json.StartObject();
  text("id", document.meta.id);
  json.Key("sentences");
  json.StartArray();
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const TokenSpan sentence = document.sentence(s);
    json.StartObject();
    span(document.byte_span(sentence));
    text("text", document.text_of(sentence));
    json.Key("tokens");
    json.StartArray();
    for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
      json.StartObject();
      span({document.token_begin[t], document.token_end[t]});
      text("form", document.form(t));
      text("lemma", document.lemma_of(t));
      text("upos", doc::name(document.upos[t]));
      text("xpos", doc::name(document.xpos[t]));
      text("feats", features(document.morph[t]));
      number("head", document.head[t] == doc::kNoToken ? 0 : document.head[t] - sentence.begin + 1);
      text("deprel", doc::name(document.deprel[t]));
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  json.Key("names");
  json.StartArray();
  for (const Label& label : labels) {
    json.StartObject();
    span(document.byte_span(label.tokens));
    text("text", document.text_of(label.tokens));
    text("type", label.type);
    if (!label.value.empty()) text("value", label.value);
    if (label.score >= 0) {
      json.Key("score");
      char score[16];
      std::snprintf(score, sizeof score, "%.3f", static_cast<double>(label.score));
      json.RawValue(score, std::string_view(score).size(), rapidjson::kNumberType);
    }
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  out.append(buffer.GetString(), buffer.GetSize());
  out += '\n';
}

void annotation_text(const doc::Document& document, const std::vector<Label>& labels,
                     std::string& out) {
  LabelCursor cursor(labels);
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const TokenSpan sentence = document.sentence(s);
    uint32_t at = document.token_begin[sentence.begin];
    for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
      append_plain(out, document.bytes({at, document.token_begin[t]}));
      const Label* label = cursor.at(t);
      if (label != nullptr && t == label->tokens.begin) out += "[" + label->type + " ";
      append_plain(out, document.form(t));
      if (label != nullptr && t + 1 == label->tokens.end) out += ']';
      at = document.token_end[t];
    }
    out += '\n';
  }
}

}  // namespace weft::cli
