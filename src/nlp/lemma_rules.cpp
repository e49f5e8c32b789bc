// Look-up: the whole word first, then its endings from the longest (7 bytes) to the empty one; the
// training keeps only endings that decide otherwise than the next shorter one, so the table is
// small. Cost: at most nine look-ups. The idea is that of edit trees (Chrupała 2008), cut down to
// what English needs.
#include "nlp/lemma_rules.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "nlp/feature.h"
#include "nlp/word.h"
#include "text/utf8.h"

namespace weft::nlp {

LemmaScript LemmaScript::between(std::string_view base, std::string_view lemma) {
  size_t same = 0;
  while (same < base.size() && same < lemma.size() && base[same] == lemma[same]) ++same;
  while (!text::is_char_border(base, same) || !text::is_char_border(lemma, same)) --same;
  return {static_cast<uint32_t>(base.size() - same), std::string(lemma.substr(same))};
}

bool LemmaScript::apply(std::string_view base, std::string& out) const {
  if (cut > base.size() || !text::is_char_border(base, base.size() - cut)) return false;
  out.assign(base.substr(0, base.size() - cut));
  out += add;
  return !out.empty();
}

std::optional<LemmaScript> LemmaScript::parse(std::string_view text) {
  LemmaScript script;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), script.cut);
  if (error != std::errc() || end == text.data() + text.size() || *end != ' ') return std::nullopt;
  script.add.assign(end + 1, text.data() + text.size());
  return script;
}

bool keeps_case(doc::Xpos xpos) {
  return xpos == doc::Xpos::NNP || xpos == doc::Xpos::NNPS || xpos == doc::Xpos::FW ||
         xpos == doc::Xpos::ADD || xpos == doc::Xpos::XX;
}

uint64_t whole_word_key(doc::Xpos xpos, std::string_view base) {
  return feature(1, static_cast<uint64_t>(xpos), hash_bytes(base));
}

uint64_t ending_key(doc::Xpos xpos, std::string_view ending) {
  return feature(2, static_cast<uint64_t>(xpos), hash_bytes(ending));
}

LemmaRules::LemmaRules(const std::filesystem::path& path) : file_(path, "lemmatizer") {
  slots_ = file_.section<Slot>("slots");
  if (!std::has_single_bit(slots_.size()))
    file_.refuse("its table of words has an impossible size");
  for (const std::string& line : file_.lines("scripts")) {
    const auto script = LemmaScript::parse(line);
    if (!script) file_.refuse("a script is broken");
    scripts_.push_back(*script);
  }
  size_t empty = 0;
  for (const Slot& slot : slots_) {
    if (slot.script > scripts_.size()) file_.refuse("a word points outside the scripts");
    empty += slot.script == 0;
  }
  if (empty == 0) file_.refuse("its table of words is full");
}

const LemmaScript* LemmaRules::find(uint64_t key) const {
  for (size_t place = key & (slots_.size() - 1);; place = (place + 1) & (slots_.size() - 1)) {
    if (slots_[place].script == 0) return nullptr;
    if (slots_[place].print == static_cast<uint32_t>(key >> 32))
      return &scripts_[slots_[place].script - 1];
  }
}

void LemmaRules::lemma(std::string_view norm, doc::Xpos xpos, std::string& base,
                       std::string& out) const {
  if (keeps_case(xpos)) {
    base.assign(norm);
  } else {
    lower_case(norm, base);
  }
  if (const LemmaScript* script = find(whole_word_key(xpos, base));
      script && script->apply(base, out))
    return;
  for (size_t length = std::min(kLongestEnding, base.size()) + 1; length-- > 0;) {
    const std::string_view ending = std::string_view(base).substr(base.size() - length);
    if (const LemmaScript* script = find(ending_key(xpos, ending));
        script && script->apply(base, out))
      return;
  }
  out = base;
}

}  // namespace weft::nlp
