// Name tables of the UD and Penn vocabularies, in the order of the enums; look-up is a linear scan
// over at most 51 names (done once a label when a model is loaded, never per token).
#include "doc/ud.h"

#include <array>

namespace weft::doc {

namespace {

constexpr std::array<std::string_view, kUposCount> kUpos = {
    "X",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
    "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"};

constexpr std::array<std::string_view, kXposCount> kXpos = {
    "XX",  "CC",  "CD",    "DT",    "EX",   "FW",  "IN",  "JJ",   "JJR", "JJS",
    "LS",  "MD",  "NN",    "NNP",   "NNPS", "NNS", "PDT", "POS",  "PRP", "PRP$",
    "RB",  "RBR", "RBS",   "RP",    "SYM",  "TO",  "UH",  "VB",   "VBD", "VBG",
    "VBN", "VBP", "VBZ",   "WDT",   "WP",   "WP$", "WRB", "HYPH", "NFP", "ADD",
    "AFX", "GW",  "-LRB-", "-RRB-", "$",    ",",   ".",   ":",    "``",  "''"};

constexpr std::array<std::string_view, kDeprelCount> kDeprel = {
    "dep",         "root",          "acl",   "acl:relcl",  "advcl",
    "advcl:relcl", "advmod",        "amod",  "appos",      "aux",
    "aux:pass",    "case",          "cc",    "cc:preconj", "ccomp",
    "compound",    "compound:prt",  "conj",  "cop",        "csubj",
    "csubj:pass",  "csubj:outer",   "det",   "det:predet", "discourse",
    "dislocated",  "expl",          "fixed", "flat",       "goeswith",
    "iobj",        "list",          "mark",  "nmod",       "nmod:poss",
    "nmod:desc",   "nmod:unmarked", "nsubj", "nsubj:pass", "nsubj:outer",
    "nummod",      "obj",           "obl",   "obl:agent",  "obl:unmarked",
    "orphan",      "parataxis",     "punct", "reparandum", "vocative",
    "xcomp"};

template <class Enum, size_t N>
Enum look_up(const std::array<std::string_view, N>& table, std::string_view name, Enum otherwise) {
  for (size_t i = 0; i < N; ++i)
    if (table[i] == name) return static_cast<Enum>(i);
  return otherwise;
}

}  // namespace

std::string_view name(Upos v) { return kUpos[static_cast<size_t>(v)]; }
std::string_view name(Xpos v) { return kXpos[static_cast<size_t>(v)]; }
std::string_view name(Deprel v) { return kDeprel[static_cast<size_t>(v)]; }

Upos upos_from(std::string_view s) { return look_up(kUpos, s, Upos::X); }
Xpos xpos_from(std::string_view s) { return look_up(kXpos, s, Xpos::XX); }

Deprel deprel_from(std::string_view s) {
  const Deprel whole = look_up(kDeprel, s, Deprel::dep);
  if (whole != Deprel::dep) return whole;
  return look_up(kDeprel, s.substr(0, s.find(':')), Deprel::dep);
}

}  // namespace weft::doc
