// Three writers over one Document. Forms and texts come from documents: what could break a line or
// a column (control characters, line breaks) becomes a blank; JSON is escaped by its writer. Cost:
// linear in the text.
#include "cli/annotation.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "text/utf8.h"

namespace weft::cli {

namespace {

using core::ByteSpan;
using core::TokenSpan;

/// `s` on one line, without control characters.
void append_plain(std::string& out, std::string_view s) {
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    const char32_t c = text::next_char(s, i);
    if (c < 0x20 || text::is_control(c) || c == 0x2028 || c == 0x2029) {
      out += ' ';
    } else {
      out += s.substr(begin, i - begin);
    }
  }
}

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

/// Walks the names along with the tokens.
class NameCursor {
 public:
  explicit NameCursor(const doc::Document& document) : names_(document.names) {}
  /// The name that the token lies in, or null; tokens must be asked for in order.
  const doc::NameSpan* at(uint32_t token) {
    while (next_ < names_.size() && names_[next_].tokens.end <= token) ++next_;
    return next_ < names_.size() && names_[next_].tokens.begin <= token ? &names_[next_] : nullptr;
  }

 private:
  const std::vector<doc::NameSpan>& names_;
  size_t next_ = 0;
};

std::string bytes_of(ByteSpan span) {
  return std::to_string(span.begin) + ":" + std::to_string(span.end);
}

}  // namespace

void annotation_conllu(const doc::Document& document, const schema::Ontology& ontology,
                       std::string& out) {
  NameCursor names(document);
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
      if (const doc::NameSpan* name = names.at(t))
        out += std::string("NER=") + (t == name->tokens.begin ? "B-" : "I-") +
               upper(ontology[name->type].name) + "|";
      if (t + 1 < sentence.end && document.token_begin[t + 1] == span.end) out += "SpaceAfter=No|";
      out += "Bytes=" + bytes_of(span) + "\n";
    }
    out += '\n';
  }
}

void annotation_json(const doc::Document& document, const schema::Ontology& ontology,
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
  for (const doc::NameSpan& name : document.names) {
    json.StartObject();
    span(document.byte_span(name.tokens));
    text("text", document.text_of(name.tokens));
    text("type", ontology[name.type].name);
    json.Key("score");
    char score[16];
    std::snprintf(score, sizeof score, "%.3f", static_cast<double>(name.score));
    json.RawValue(score, std::string_view(score).size(), rapidjson::kNumberType);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  out.append(buffer.GetString(), buffer.GetSize());
  out += '\n';
}

void annotation_text(const doc::Document& document, const schema::Ontology& ontology,
                     std::string& out) {
  NameCursor names(document);
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const TokenSpan sentence = document.sentence(s);
    uint32_t at = document.token_begin[sentence.begin];
    for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
      append_plain(out, document.bytes({at, document.token_begin[t]}));
      const doc::NameSpan* name = names.at(t);
      if (name != nullptr && t == name->tokens.begin) out += "[" + ontology[name->type].name + " ";
      append_plain(out, document.form(t));
      if (name != nullptr && t + 1 == name->tokens.end) out += ']';
      at = document.token_end[t];
    }
    out += '\n';
  }
}

}  // namespace weft::cli
