// Sentences by their words, through SQLite's FTS5 (sqlite.org/fts5.html). A question is plain
// words and "phrases": each is quoted before FTS5 sees it, so that no character of it is syntax.
// Ranked by BM25, ties by place, so the answer is the same every time.
#include "store/store.h"

namespace weft::store {

namespace {

/// `"red tide" port*` becomes `"red tide" "port" *`: all of them must stand in the sentence.
std::string fts_query(std::string_view words) {
  std::string out;
  size_t at = 0;
  while (at < words.size()) {
    if (words[at] == ' ' || words[at] == '\t') {
      ++at;
      continue;
    }
    const bool phrase = words[at] == '"';
    const size_t begin = phrase ? at + 1 : at;
    size_t end = words.find(phrase ? '"' : ' ', begin);
    if (end == std::string_view::npos) end = words.size();
    std::string_view part = words.substr(begin, end - begin);
    at = end + (phrase ? 1 : 0);
    const bool prefix = !phrase && part.size() > 1 && part.back() == '*';
    if (prefix) part.remove_suffix(1);
    if (part.empty()) continue;
    out += out.empty() ? "\"" : " \"";
    for (const char c : part) {
      if (c == '"') out += '"';
      if (c != '\0') out += c;
    }
    out += prefix ? "\" *" : "\"";
  }
  return out;
}

}  // namespace

std::vector<FoundSentence> Store::search_sentences(std::string_view words, unsigned limit) const {
  std::vector<FoundSentence> out;
  const std::string query = fts_query(words);
  if (query.empty()) return out;
  Statement row(*database_,
                "SELECT d.id, s.\"begin\", s.\"end\", CAST(substr(CAST(x.text AS BLOB), s.\"begin\""
                " + 1, s.\"end\" - s.\"begin\") AS TEXT) FROM (SELECT rowid, rank FROM"
                " sentence_search WHERE sentence_search MATCH ?) f JOIN sentences s ON s.number ="
                " f.rowid JOIN documents d ON d.number = s.document JOIN texts x ON x.document ="
                " s.document WHERE d.id IS NOT NULL ORDER BY f.rank, d.id, s.\"begin\" LIMIT ?");
  row.bind(1, query).bind(2, int64_t{limit});
  while (row.step())
    out.push_back(
        {std::string(row.text(0)), row.integer(1), row.integer(2), std::string(row.text(3))});
  return out;
}

}  // namespace weft::store
