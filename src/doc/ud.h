// The closed vocabularies of Universal Dependencies v2 (universaldependencies.org) and of the Penn
// Treebank tags, as one-byte enums with their names. Relations outside the table map to `dep`.
#pragma once

#include <cstdint>
#include <string_view>

namespace weft::doc {

enum class Upos : uint8_t {
  X,
  ADJ,
  ADP,
  ADV,
  AUX,
  CCONJ,
  DET,
  INTJ,
  NOUN,
  NUM,
  PART,
  PRON,
  PROPN,
  PUNCT,
  SCONJ,
  SYM,
  VERB,
};

/// Penn Treebank tags as used in UD English.
enum class Xpos : uint8_t {
  XX,
  CC,
  CD,
  DT,
  EX,
  FW,
  IN,
  JJ,
  JJR,
  JJS,
  LS,
  MD,
  NN,
  NNP,
  NNPS,
  NNS,
  PDT,
  POS,
  PRP,
  PRP_S,
  RB,
  RBR,
  RBS,
  RP,
  SYM,
  TO,
  UH,
  VB,
  VBD,
  VBG,
  VBN,
  VBP,
  VBZ,
  WDT,
  WP,
  WP_S,
  WRB,
  HYPH,
  NFP,
  ADD,
  AFX,
  GW,
  LRB,
  RRB,
  DOLLAR,
  COMMA,
  PERIOD,
  COLON,
  OPEN_QUOTE,
  CLOSE_QUOTE,
};

enum class Deprel : uint8_t {
  dep,
  root,
  acl,
  acl_relcl,
  advcl,
  advcl_relcl,
  advmod,
  amod,
  appos,
  aux,
  aux_pass,
  case_,
  cc,
  cc_preconj,
  ccomp,
  compound,
  compound_prt,
  conj,
  cop,
  csubj,
  csubj_pass,
  csubj_outer,
  det,
  det_predet,
  discourse,
  dislocated,
  expl,
  fixed,
  flat,
  goeswith,
  iobj,
  list,
  mark,
  nmod,
  nmod_poss,
  nmod_desc,
  nmod_unmarked,
  nsubj,
  nsubj_pass,
  nsubj_outer,
  nummod,
  obj,
  obl,
  obl_agent,
  obl_unmarked,
  orphan,
  parataxis,
  punct,
  reparandum,
  vocative,
  xcomp,
};

/// Number of values of each enum, for tables.
inline constexpr int kUposCount = 17;
inline constexpr int kXposCount = 50;
inline constexpr int kDeprelCount = 51;

std::string_view name(Upos);
std::string_view name(Xpos);
std::string_view name(Deprel);
Upos upos_from(std::string_view);  // X if unknown
Xpos xpos_from(std::string_view);  // XX if unknown
Deprel deprel_from(
    std::string_view);  // an unknown subtype gives its universal relation, anything else dep

}  // namespace weft::doc
