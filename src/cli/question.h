// What all commands that ask a store share: opening it, and entities given by name.
#pragma once

#include <optional>
#include <string>

#include "cli/session.h"
#include "query/functions.h"
#include "store/store.h"

namespace weft::cli {

/// The entity of that id or name, or nothing. Throws SetupError (usage) listing the candidates if
/// there are several.
std::optional<graph::NodeIndex> entity_named(query::View view, const query::NameIndex& names,
                                             const std::string& text);
/// Why entity_named() gave nothing, and what may have been meant.
std::string no_entity_named(query::View view, const query::NameIndex& names,
                            const std::string& text);

/// A store's graph, opened for questions. Immutable. Its views point into it, so it stays where it
/// was made.
class Question {
 public:
  /// Throws SetupError (broken_file) if there is no readable store.
  Question(const Session& session, const std::string& store);
  Question(const Session& session, const store::Store& store);
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  query::View view() const { return {graph_, ontology_}; }
  const query::NameIndex& names() const { return names_; }

  std::optional<graph::NodeIndex> entity(const std::string& text) const {
    return entity_named(view(), names_, text);
  }
  std::string no_such_entity(const std::string& text) const {
    return no_entity_named(view(), names_, text);
  }

 private:
  schema::Ontology ontology_;
  graph::Graph graph_;
  query::NameIndex names_;
};

/// One entity and the facts at it, read without the rest of the store if the name is plain: so that
/// the answer comes at once, however large the graph.
class Surroundings {
 public:
  /// With a `depth` above 1 all of the graph is there. Throws SetupError: broken_file if there is
  /// no readable store; usage, listing the candidates, if several entities bear the name.
  Surroundings(const Session& session, const std::string& store, const std::string& entity,
               unsigned depth = 1);
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;

  query::View view() const { return {graph_, ontology_}; }
  /// Nothing if no entity bears the name; problem() says so.
  std::optional<graph::NodeIndex> entity() const { return entity_; }
  const std::string& problem() const { return problem_; }

 private:
  schema::Ontology ontology_;
  graph::Graph graph_;
  std::optional<graph::NodeIndex> entity_;
  std::string problem_;
};

}  // namespace weft::cli
