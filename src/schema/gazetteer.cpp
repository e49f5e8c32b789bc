// Loads the gazetteers and finds their names in text. One automaton over folded words holds all
// spellings; a match is then compared with the spelling's case, which is cheap since few candidates
// fail. Loading is bounded by hashing: about a microsecond a name, because the program starts anew
// for each question.
#include "schema/gazetteer.h"

#include <algorithm>
#include <charconv>

#include "core/error.h"
#include "core/mapped_file.h"
#include "text/ascii.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::schema {

namespace fs = std::filesystem;

namespace {

constexpr size_t kColumns = 7;
constexpr size_t kShortAcronym = 4;  // shorter ones are words in another case: "US", "IT", "WHO"

struct CaseShape {
  size_t letters = 0, upper = 0;
  bool first_upper = false;
};

CaseShape shape(std::string_view word) {
  CaseShape s;
  for (size_t pos = 0; pos < word.size();) {
    const char32_t c = text::next_char(word, pos);
    if (!text::is_letter(c)) continue;
    if (text::is_upper(c)) {
      if (s.letters == 0) s.first_upper = true;
      ++s.upper;
    }
    ++s.letters;
  }
  return s;
}

/// Whether `form`, equal to `word` but for case and accents, may stand for it (see
/// Gazetteer::match).
bool same_case(std::string_view form, std::string_view word) {
  if (form == word) return true;
  const CaseShape f = shape(form), w = shape(word);
  if (w.upper == 0) return f.upper == 0 || (f.upper == 1 && f.first_upper);
  if (f.upper == w.upper && f.first_upper == w.first_upper) return true;
  return w.upper == w.letters && w.letters >= kShortAcronym && f.upper == 1 && f.first_upper;
}

bool splits_around(char c) {
  return c == '-' || c == '/' || c == '(' || c == ')' || c == '[' || c == ']' || c == '"' ||
         c == ',' || c == ':' || c == ';' || c == '%' || c == '!' || c == '?';
}

/// The plural of the last word, for entries flagged `plural`.
std::string plural_of(std::string_view word) {
  const auto ends = [&](std::string_view tail) { return word.ends_with(tail); };
  std::string out(word);
  if (ends("s") || ends("x") || ends("ch") || ends("sh")) return out + "es";
  if (ends("y") && word.size() > 1 &&
      std::string_view("aeiou").find(word[word.size() - 2]) == std::string_view::npos) {
    out.pop_back();
    return out + "ies";
  }
  return out + "s";
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  for (size_t begin = 0;;) {
    const size_t end = s.find(separator, begin);
    out.push_back(s.substr(begin, end - begin));
    if (end == std::string_view::npos) return out;
    begin = end + 1;
  }
}

}  // namespace

std::vector<std::string_view> name_words(std::string_view name) {
  std::vector<std::string_view> out;
  size_t begin = 0;
  const auto flush = [&](size_t end) {
    if (end > begin) out.push_back(name.substr(begin, end - begin));
  };
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool in_number = (c == ',' || c == ':') && i > begin &&
                           text::is_ascii_digit(name[i - 1]) && i + 1 < name.size() &&
                           text::is_ascii_digit(name[i + 1]);
    const bool ends_word = i + 1 == name.size() || name[i + 1] == ' ';
    const bool possessive =
        c == '\'' && i > begin && i + 1 < name.size() && (name[i + 1] | 0x20) == 's' &&
        (i + 2 == name.size() || name[i + 2] == ' ' || splits_around(name[i + 2]));
    if (c == ' ') {
      flush(i);
      begin = i + 1;
    } else if (possessive) {
      flush(i);
      out.push_back(name.substr(i, 2));
      begin = i + 2;
      ++i;
    } else if ((splits_around(c) && !in_number) || (c == '\'' && (i == begin || ends_word))) {
      flush(i);
      out.push_back(name.substr(i, 1));
      begin = i + 1;
    }
  }
  flush(name.size());
  return out;
}

/// Builds a Gazetteer file by file, line by line.
class GazetteerReader {
 public:
  GazetteerReader(Gazetteer& target, const Ontology& ontology) : g_(target), ontology_(ontology) {}

  void read(const fs::path& path) {
    file_ = path.string();
    line_ = 0;
    const core::MappedFile mapped(path);
    if (const size_t bad = text::first_invalid_utf8(mapped.text()); bad != text::kValid)
      throw core::SetupError(file_ + ": byte " + std::to_string(bad) +
                             " is not valid UTF-8. Save the file as UTF-8.");
    std::string_view rest = mapped.text();
    bool source = false, licence = false, about = false;
    while (!rest.empty()) {
      const size_t end = rest.find('\n');
      std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      ++line_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty()) continue;
      if (line.starts_with('#')) {
        source = source || line.starts_with("# source: ");
        licence = licence || line.starts_with("# licence: ");
        about = about || line.starts_with("# about: ");
        continue;
      }
      if (!source || !licence || !about)
        fault(
            "The header must come first and hold \"# source: \", \"# licence: \" and \"# about: "
            "\".");
      row(line);
    }
    if (!source || !licence || !about)
      fault("The header lacks \"# source: \", \"# licence: \" or \"# about: \".");
  }

  void finish() {
    for (const Wanted& w : wanted_parents_) {
      const auto found = ids_.find(w.parent);
      const GazetteerId parent = found == ids_.end() ? GazetteerId() : GazetteerId(found->second);
      file_ = files_[w.file];
      line_ = w.line;
      if (!parent)
        fault("The parent \"" + w.parent +
              "\" is in no gazetteer. Add it, or leave the column empty.");
      if (parent == w.entry) fault("The entry is its own parent.");
      g_.entries_[w.entry.value].parent = parent;
    }
    index();
  }

 private:
  struct Wanted {
    GazetteerId entry;
    std::string parent;
    size_t file;
    uint64_t line;
  };

  [[noreturn]] void fault(const std::string& message) const {
    throw core::SetupError::at(file_, line_, 0, message);
  }

  void check_name(std::string_view name) const {
    if (name.empty()) fault("A name or alias is empty.");
    if (text::trim(name).size() != name.size() || name.find("  ") != std::string_view::npos)
      fault("The name \"" + std::string(name) + "\" has spaces that don't belong to it.");
  }

  void row(std::string_view line) {
    const auto columns = split(line, '\t');
    if (columns.size() != kColumns)
      fault("A row has " + std::to_string(columns.size()) +
            " columns, but it needs 7: key, type, kind, name, aliases, parent, flags (separated by "
            "tabs).");
    GazetteerEntry e;
    e.key = columns[0];
    e.type = ontology_.type(columns[1]);
    if (!e.type)
      fault("There is no entity type \"" + std::string(columns[1]) + "\" in the ontology.");
    const std::string prefix = text::slug(columns[1]) + "/";
    if (!e.key.starts_with(prefix) ||
        text::slug(std::string_view(e.key).substr(prefix.size())) != e.key.substr(prefix.size()))
      fault("The key \"" + e.key + "\" must be \"" + prefix +
            "\" and a slug of lower-case letters, digits and hyphens.");
    e.kind = columns[2];
    const auto& kinds = ontology_[e.type].kinds;
    if (!e.kind.empty() && std::find(kinds.begin(), kinds.end(), e.kind) == kinds.end())
      fault("The type " + std::string(columns[1]) + " has no kind \"" + e.kind + "\".");
    check_name(columns[3]);
    e.name = text::plain_punctuation(columns[3]);
    if (!columns[4].empty())
      for (const std::string_view alias : split(columns[4], '|')) {
        check_name(alias);
        add_alias(e, text::plain_punctuation(alias));
      }
    if (!columns[6].empty())
      for (const std::string_view f : split(columns[6], '|')) flag(e, f);
    const GazetteerId id = add(std::move(e));
    if (!columns[5].empty()) {
      if (files_.empty() || files_.back() != file_) files_.push_back(file_);
      wanted_parents_.push_back({id, std::string(columns[5]), files_.size() - 1, line_});
    }
  }

  static void add_alias(GazetteerEntry& e, std::string alias) {
    if (alias != e.name && std::find(e.aliases.begin(), e.aliases.end(), alias) == e.aliases.end())
      e.aliases.push_back(std::move(alias));
  }

  void flag(GazetteerEntry& e, std::string_view f) const {
    constexpr std::string_view kPopulation = "population=", kGeonames = "geonames=", kIso = "iso=";
    if (f == "common") {
      e.common = true;
    } else if (f == "lower") {
      e.any_case = true;
    } else if (f == "plural") {
      e.plural = true;
    } else if (f == "capital") {
      e.capital = true;
    } else if (f.starts_with(kPopulation)) {
      e.population = number(f, kPopulation.size());
    } else if (f.starts_with(kGeonames)) {
      e.geonames = number(f, kGeonames.size());
    } else if (f.starts_with(kIso)) {
      e.iso = f.substr(kIso.size());
      if (e.iso.size() < 2) fault("There is no code in \"" + std::string(f) + "\".");
    } else {
      fault("There is no flag \"" + std::string(f) +
            "\". Flags are common, lower, plural, capital, population=N, geonames=N and iso=CODE.");
    }
  }

  /// The whole number after the first `skip` bytes of a flag.
  uint32_t number(std::string_view f, size_t skip) const {
    uint32_t value = 0;
    const char* end = f.data() + f.size();
    const auto [rest, error] = std::from_chars(f.data() + skip, end, value);
    if (error != std::errc() || rest != end)
      fault("The value in \"" + std::string(f) + "\" is not a number.");
    return value;
  }

  GazetteerId add(GazetteerEntry&& e) {
    const auto [it, is_new] = ids_.try_emplace(e.key, static_cast<uint32_t>(g_.entries_.size()));
    const GazetteerId id(it->second);
    if (is_new) {
      g_.entries_.push_back(std::move(e));
      return id;
    }
    GazetteerEntry& old = g_.entries_[id.value];
    if (old.type != e.type)
      fault("The key \"" + e.key + "\" is already there with the type " + ontology_[old.type].name +
            ".");
    if (!e.kind.empty() && !old.kind.empty() && e.kind != old.kind)
      fault("The key \"" + e.key + "\" is already there with the kind " + old.kind + ".");
    if (old.kind.empty()) old.kind = e.kind;
    add_alias(old, std::move(e.name));
    for (std::string& alias : e.aliases) add_alias(old, std::move(alias));
    old.population = std::max(old.population, e.population);
    if (old.geonames == 0) old.geonames = e.geonames;
    if (old.iso.empty()) old.iso = std::move(e.iso);
    old.common = old.common || e.common;
    old.any_case = old.any_case || e.any_case;
    old.plural = old.plural || e.plural;
    old.capital = old.capital || e.capital;
    return id;
  }

  void index() {
    std::vector<std::pair<std::string, GazetteerId>> names;
    for (uint32_t i = 0; i < g_.entries_.size(); ++i) {
      const GazetteerEntry& e = g_.entries_[i];
      const GazetteerId id(i);
      g_.by_key_.emplace(e.key, id);
      for (uint32_t s = 0; s <= e.aliases.size(); ++s) {
        const std::string_view name = s == 0 ? std::string_view(e.name) : e.aliases[s - 1];
        names.emplace_back(text::name_key(name), id);
        add_pattern(name, {id, s}, e.plural);
      }
    }
    g_.matcher_.compile();
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (size_t i = 0; i < names.size(); ++i) {
      if (i == 0 || names[i].first != names[i - 1].first)
        g_.by_name_[names[i].first] = {static_cast<uint32_t>(i), 0};
      ++g_.by_name_.find(names[i].first)->second.size;
      g_.bearers_.push_back(names[i].second);
    }
  }

  void add_pattern(std::string_view name, Gazetteer::Pattern pattern, bool plural) {
    const std::string folded = text::fold(name);
    std::vector<std::string_view> words = name_words(folded);
    if (words.empty()) return;
    const auto payload = static_cast<uint32_t>(g_.patterns_.size());
    g_.patterns_.push_back(pattern);
    g_.matcher_.add(words, payload);
    if (!plural) return;
    const std::string last = plural_of(words.back());
    words.back() = last;
    g_.matcher_.add(words, payload);
  }

  Gazetteer& g_;
  const Ontology& ontology_;
  std::string file_;
  uint64_t line_ = 0;
  std::vector<std::string> files_;
  std::vector<Wanted> wanted_parents_;
  std::unordered_map<std::string, uint32_t> ids_;
};

Gazetteer Gazetteer::load(const fs::path& dir, const Ontology& ontology) {
  Gazetteer g;
  GazetteerReader reader(g, ontology);
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(dir, error), end; !error && it != end;
       it.increment(error))
    if (it->path().extension() == ".tsv" && it->is_regular_file()) files.push_back(it->path());
  if (error)
    throw core::SetupError("The folder of gazetteers " + dir.string() +
                           " can't be read: " + error.message() + ". Check the schema folder.");
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) reader.read(file);
  reader.finish();
  return g;
}

std::span<const GazetteerId> Gazetteer::named(std::string_view name) const {
  const auto it = by_name_.find(text::name_key(name));
  if (it == by_name_.end()) return {};
  return {bearers_.data() + it->second.begin, it->second.size};
}

GazetteerId Gazetteer::by_key(std::string_view key) const {
  const auto it = by_key_.find(key);
  return it == by_key_.end() ? GazetteerId() : it->second;
}

GazetteerId Gazetteer::country_of(GazetteerId place) const {
  // England lies in the United Kingdom, and both are countries: the one that lies in none.
  for (uint32_t steps = 0; place.valid() && steps < 8; ++steps) {
    const GazetteerEntry& e = entries_[place.value];
    if (e.kind == "country" && !e.parent.valid()) return place;
    place = e.parent;
  }
  return {};
}

std::string_view Gazetteer::spelling(const Pattern& p) const {
  const GazetteerEntry& e = entries_[p.entry.value];
  return p.spelling == 0 ? e.name : e.aliases[p.spelling - 1];
}

std::vector<GazetteerMatch> Gazetteer::match(std::span<const std::string_view> forms) const {
  std::vector<core::StringId> ids;
  CaseShape all;
  ids.reserve(forms.size());
  for (const std::string_view form : forms) {
    ids.push_back(matcher_.word(text::fold(form)));
    const CaseShape s = shape(form);
    all.letters += s.letters;
    all.upper += s.upper;
  }
  const bool in_capitals =
      all.upper == all.letters && forms.size() > 1 && all.letters >= kShortAcronym;

  std::vector<text::PhraseMatcher::Match> found;
  matcher_.find(ids, found);
  std::vector<GazetteerMatch> out;
  for (const auto& m : found) {
    const Pattern& pattern = patterns_[m.payload];
    const GazetteerEntry& e = entries_[pattern.entry.value];
    bool fits = e.any_case || in_capitals;
    if (!fits) {
      const auto words = name_words(spelling(pattern));
      CaseShape span;
      fits = true;
      for (uint32_t t = m.tokens.begin; t < m.tokens.end; ++t) {
        const CaseShape s = shape(forms[t]);
        span.letters += s.letters;
        span.upper += s.upper;
        fits = fits && t - m.tokens.begin < words.size() &&
               same_case(forms[t], words[t - m.tokens.begin]);
      }
      fits = fits || (!e.common && span.upper == span.letters && span.letters >= kShortAcronym);
    }
    if (fits) out.push_back({m.tokens, pattern.entry});
  }
  std::sort(out.begin(), out.end(), [](const GazetteerMatch& a, const GazetteerMatch& b) {
    if (a.tokens.begin != b.tokens.begin) return a.tokens.begin < b.tokens.begin;
    if (a.tokens.end != b.tokens.end) return a.tokens.end > b.tokens.end;
    return a.entry < b.entry;
  });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace weft::schema
