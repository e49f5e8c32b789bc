// Which bodies of a document have members rather than employees, and who the lists and tables of
// the document say is a member of which: squads, members of parliament with their parties, boards
// and juries, delegations, candidates.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "schema/schema.h"

namespace weft::extract {

/// Rules that begin so read the layout of a list or the coordination of its names; a model of pairs
/// in a sentence doesn't judge them.
inline constexpr std::string_view kListRule = "list.";

/// One a document, which must outlive it; not shared. Needs the mentions layer, which must not
/// change while it is used.
class MemberBodies {
 public:
  /// Judges every organization by the words of its names, then by what people are called beside it
  /// ("Torvik striker", "a Labour lawmaker"): one sense for the whole document. In a text about
  /// sport, what no name decides is a team.
  MemberBodies(const schema::Schema& schema, const doc::Document& document);

  /// True if people of the body are its members.
  bool has(doc::LocalEntity body) const { return sorts_[body] == Sort::members; }
  /// True if the body's name says that its people are employed.
  bool employs(doc::LocalEntity body) const { return sorts_[body] == Sort::employer; }
  /// True if the body's name says that other bodies are its members: a coalition, a league.
  bool unites(doc::LocalEntity body) const;
  /// True if the body's name says that it is another's: a council, a secretariat.
  bool owned(doc::LocalEntity body) const;
  /// What somebody "of" the body is to it: "member_of" or "works_for".
  const char* relation(doc::LocalEntity body) const {
    return has(body) ? "member_of" : "works_for";
  }
  /// The text lists members of the body; no effect where its name says that it employs.
  void mark(doc::LocalEntity body) {
    if (sorts_[body] == Sort::unknown) sorts_[body] = Sort::members;
  }

 private:
  // represented: people speak for it, whether they are its members or its employees
  enum class Sort : uint8_t { unknown, employer, represented, members };
  void mark_crowded(const schema::CoreTypes& core, const doc::Document& document);
  Sort by_name(const schema::Schema& schema, const doc::Entity& body) const;

  const doc::Document& document_;
  const schema::WordList &uniting_, &owned_;
  std::vector<Sort> sorts_;  // by entity
};

/// Appends to document.facts what the document's lists and tables say of people and bodies
/// (member_of, works_for), each with the line or sentence of the person as evidence and a rule that
/// begins with kListRule. Marks in `bodies` those whose members are listed. Needs tokens, tags and
/// mentions; linear in tokens.
void find_list_memberships(const schema::Schema& schema, doc::Document& document,
                           MemberBodies& bodies);

/// One sense a document: a body that people are members of somewhere has members everywhere, unless
/// its name says that it employs; works_for facts that only a name beside a name shows become
/// member_of (rule "sense.member_of"), member_of facts of who joined or led a body that employs
/// works_for ("sense.works_for"), and part_of facts of bodies in a body that unites bodies
/// member_of. Call it when all facts are collected. Linear in facts.
void settle_memberships(const schema::Ontology& ontology, doc::Document& document,
                        MemberBodies& bodies);

}  // namespace weft::extract
