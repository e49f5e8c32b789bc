// The table of commands, in the order of `weft help`.
#include "cli/table.h"

#include <algorithm>

#include "cli/commands.h"
#include "query/language/aggregates.h"
#include "query/language/functions.h"

namespace weft::cli {

namespace {

constexpr std::string_view kMake = "Make a graph";
constexpr std::string_view kCare = "Keep a store";
constexpr std::string_view kAsk = "Ask it";
constexpr std::string_view kSetUp = "Set up";
constexpr std::string_view kEntityDetails =
    "ENTITY is an id (\"person/xi-jinping\"), a label or an alias; case and accents don't matter. "
    "If several entities "
    "bear the name, they are listed and you give an id.";

/// What the language knows, with its functions from their table.
std::string_view query_details() {
  static const std::string text = [] {
    std::string out =
        "A read-only subset based on openCypher: MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, "
        "RETURN "
        "[DISTINCT], ORDER BY, SKIP, LIMIT, UNION [ALL]; patterns with labels, types, properties "
        "and "
        "variable length (*1..3); shortestPath and allShortestPaths; exists { ... } and count { "
        "... }; "
        "lists, maps, comprehensions, CASE, parameters ($name). A relationship is used once in a "
        "match.\n"
        "An entity's type is its label, a relation the type of a relationship (`weft schema`). "
        "Nodes "
        "have id, type, label, kind, aliases, mentions, documents, geonames, iso and within (what "
        "the gazetteer knows of a place), and texts such as serves_as as "
        "lists. Relationships have id, relation, source, target, time, modality, polarity, "
        "speaker, "
        "confidence, weight, documents. Exit code 4 means that a limit was reached.\n";
    std::string_view group;
    for (const query::language::Function& f : query::language::functions()) {
      out += f.group == group
                 ? ", "
                 : std::string(group.empty() ? "" : ".\n") + std::string(f.group) + ": ";
      out += f.signature;
      group = f.group;
    }
    out += ".\nMany rows: ";
    for (const query::language::Aggregate& a : query::language::aggregates())
      out += (out.ends_with(": ") ? "" : ", ") + std::string(a.signature);
    return out + ", each with DISTINCT too.";
  }();
  return text;
}

const Command kCommands[] = {
    {"build", kMake, "Reads documents and makes a store with their graph",
     "Text, HTML, JSON Lines, web archives (WARC, WET) and PDF (by pdftotext), plain or compressed "
     "with gzip or zstd, and all of these in tar and zip archives. A folder is read with all its "
     "subfolders. A document that can't be read is reported and left out, and the exit code is "
     "then 1.\n"
     "A store that is there is added to: what is new is read, what has changed replaces what came "
     "from the same file, and the rest stays, unless --sync is given. Ctrl-C stops after the "
     "documents at hand; the same command goes on from there. Without INPUT the graph is made of "
     "what is stored.",
     "build articles/ -o news.weft\n"
     "build report.html notes.txt --threads 4 -o news.weft\n"
     "# documents from a program, one JSON object a line with \"text\", \"title\", \"date\"\n"
     "build - --input-format jsonl -o news.weft < documents.jsonl",
     declare_build},
    {"annotate", kMake, "Shows what the language models say of documents",
     "Sentences, tokens, tags, lemmas, trees and names. Offsets are bytes of the document's text.",
     "annotate report.txt\nannotate report.txt --format text --model fast\n"
     "echo \"Maria Lopez visited Chicago.\" | weft annotate - --format json",
     declare_annotate},
    {"extract", kMake, "Shows what each document says, without making a store",
     "Facts as the ontology knows them, one JSON object a line; with --open every clause as a "
     "triple of the text's own words. Each has the bytes that prove it, and modality, polarity, "
     "time and speaker. A subject or argument holds its text, its stretches of bytes and the "
     "entity "
     "that it names; a relation without stretches is implied by the grammar (\"X, the mayor\": X "
     "is "
     "the mayor). Documents that say the same are not brought together: `weft build` does that.",
     "extract report.txt\nextract report.txt --format text\n"
     "extract report.txt --open | jq -r '[.subject.text, .relation.text, .arguments[].text] | "
     "@tsv'\n"
     "extract news.jsonl --times --format text",
     declare_extract},
    {"export", kMake, "Writes a store's graph to a file for other programs",
     "The format follows from the ending of the file's name. GraphML opens in Gephi, NetworkX and "
     "igraph, HTML in any browser.",
     "export news.weft -o news.graphml\n"
     "export news.weft -o news.json\n"
     "export news.weft -o news.html\n"
     "export news.weft --format json -o - | jq '.nodes[].label'\n"
     "# what a query returns\n"
     "export news.weft --query 'MATCH (p:Person)-[r:visited]->(x:Place) RETURN r' -o visits.gexf",
     declare_export},
    {"view", kMake, "Opens a store's graph in the browser",
     "One page that works without a network: search, filters by type, relation, modality, time and "
     "confidence, paths, and for each fact its sentences. It is written to a temporary folder, or "
     "to FILE if you give one; a browser that may not read temporary folders (those installed as "
     "snaps) needs a FILE in your home folder.",
     "view news.weft\n"
     "# write the page without opening it, to send it to somebody\n"
     "view news.weft -o news.html --no-open",
     declare_view},
    {"remove", kCare, "Takes documents out of a store",
     "DOCUMENT is the id of a document, or a file as it was named when it was read: all that came "
     "from it is removed. The graph is made anew without them, and nothing of them is left in the "
     "file.",
     "remove news.weft 12-zhao-moves.txt\nremove news.weft archive/2023.jsonl", declare_remove},
    {"same", kCare, "Decides that two entities are one",
     "The decision is stored; this build and all later ones make one node of the two, under the id "
     "of A. Sides are ids, labels or aliases.",
     "same news.weft \"Gao Wenbo\" person/gao-wen-bo", declare_same},
    {"different", kCare, "Decides that two names mean different entities",
     "The decision is stored; this build and all later ones keep apart what the documents call A "
     "and what they call B. Within one document, names stay as that document uses them.",
     "different news.weft WHO \"Wuhan Harbour Office\"", declare_different},
    {"decisions", kCare, "Lists what was decided about entities, or takes it back", "",
     "decisions news.weft\ndecisions news.weft --undo 3", declare_decisions},
    {"verify", kCare, "Checks that a store is whole",
     "Reads everything: SQLite's own check, texts against their hashes, records against theirs, "
     "every piece of evidence against the record and the text it came from, every reference. "
     "Faults "
     "are listed, and the exit code is then 3.",
     "verify news.weft", declare_verify},
    {"find", kAsk, "Finds entities by name",
     "Names and aliases are compared without case or accents: first those that are TEXT, then "
     "those that begin with it, "
     "have all its words, or hold it anywhere. If there are none, the nearest names are listed.",
     "find news.weft \"central committee\"\nfind news.weft Jiangxi --type Place --format json",
     declare_find},
    {"search", kAsk, "Finds sentences by their words",
     "All the words must stand in a sentence; case and accents don't matter. The best come first.",
     "search news.weft \"land sea corridor\"\nsearch news.weft 'visit* \"railway port\"' --format "
     "json",
     declare_search},
    {"show", kAsk, "Shows what the graph knows of one entity", kEntityDetails,
     "show news.weft \"Xi Jinping\"\nshow news.weft person/xi-jinping --format json", declare_show},
    {"neighbors", kAsk, "Lists the entities around one", kEntityDetails,
     "neighbors news.weft Jiangxi\nneighbors news.weft \"Xi Jinping\" --depth 2 --type Place",
     declare_neighbors},
    {"path", kAsk, "Shows how two entities are connected",
     "A shortest chain of facts from the first to the second, each with words that prove it; with "
     "--k N the N shortest, no two of which go by way of the same entities. Facts are followed in "
     "either direction; the arrow shows which way each one goes.",
     "path news.weft \"Xi Jinping\" Jiangxi\n"
     "path news.weft \"Xi Jinping\" Jiangxi --k 3 --max 5\npath news.weft Chongqing Hunan "
     "--relation visited "
     "--relation located_in",
     declare_path},
    {"facts", kAsk, "Lists facts by subject, relation, object, time and modality",
     "All conditions must hold; an option given several times means any of its values. --since and "
     "--until keep facts "
     "whose time overlaps that span, and leave out those without a time.",
     "facts news.weft --relation visited --since 2024-03\n"
     "facts news.weft --subject \"Xi Jinping\" --modality directive\n"
     "facts news.weft --object Jiangxi --format csv > jiangxi.csv",
     declare_facts},
    {"evidence", kAsk, "Shows the words that prove a fact",
     "FACT is the id of an edge (from `weft facts --format json`), or its subject, relation and "
     "object. The numbers are "
     "bytes in the document's text.",
     "evidence news.weft \"Xi Jinping\" visited Jiangxi\nevidence news.weft \"Xi Jinping visited "
     "Jiangxi\" --format jsonl",
     declare_evidence},
    {"explain", kAsk, "Shows why mentions are one entity, and what gave a fact",
     "For an entity: by which rule each form and pronoun of each document was taken to speak of "
     "it, and why the documents' entities were merged. For a fact: which rule found it, what the "
     "rule looks for, on which words, and what its confidence is made of. Pairs that were not "
     "merged stand in `weft show` and `weft decisions --open`.",
     "explain news.weft Sichuan\nexplain news.weft \"Xi Jinping\" visited Jiangxi",
     declare_explain},
    {"timeline", kAsk, "Shows what happened to an entity when", kEntityDetails,
     "timeline news.weft \"Xi Jinping\"\n"
     "timeline news.weft \"Li Qiang\" --since 2024 --format json\n"
     "# a picture\n"
     "timeline news.weft \"Xi Jinping\" -o xi.svg",
     declare_timeline},
    {"compare", kAsk, "Shows what two entities share, and what only one has",
     "Rows marked \"both\" hold for both entities; the columns a and b say how each is known: "
     "stated, planned, directive (should), possible or denied, and when.",
     "compare news.weft Jiangxi Hunan\ncompare news.weft Jiangxi Hunan --shared --format markdown",
     declare_compare},
    {"top", kAsk, "Lists the most central entities",
     "The measures are those of the whole graph, also with --type. Betweenness of large graphs is "
     "estimated from a fixed sample.",
     "top news.weft\ntop news.weft --by betweenness --type Person --limit 10", declare_top},
    {"claims", kAsk, "Lists what is reported as somebody's word",
     "Each row is one sentence with the fact it states, and whose word the document says it is.",
     "claims news.weft --speaker \"Xi Jinping\" --modality directive\n"
     "claims news.weft --about Jiangxi --since 2024-03",
     declare_claims},
    {"contradictions", kAsk, "Lists where the documents can't all be right",
     "Facts that one sentence states and another denies for the same time, and offices of which "
     "there is one at a time with two holders. Every side is shown with its words.",
     "contradictions news.weft\ncontradictions news.weft --format json", declare_contradictions},
    {"holders", kAsk, "Shows who held an office when",
     "OFFICE is the name of an office or a part of it, or the body or place that it belongs to. "
     "first and last are the first and last day for which a document says so: the fact's own time, "
     "else the document's date.",
     "holders news.weft Premier\nholders news.weft \"State Council\" --at 2024-03",
     declare_holders},
    {"new", kAsk, "Lists facts that no document before a date speaks of", "",
     "new news.weft --since 2024-03-10", declare_new},
    {"diff", kAsk, "Shows what changed between two stores",
     "Documents, entities and facts that were added, removed or changed. A fact is the same if its "
     "subject, relation and object are.",
     "diff yesterday.weft today.weft\ndiff a.weft b.weft --format jsonl", declare_diff},
    {"query", kAsk, "Asks with a query language", query_details(),
     "query news.weft 'MATCH (p:Person)-[v:visited]->(x:Place) RETURN p.label, x.label, v.time "
     "ORDER BY v.time'\n"
     "# a fact with the words that prove it\n"
     "query news.weft 'MATCH (p {label: $who})-[r:visited]->(x) UNWIND evidence(r) AS e RETURN "
     "x.label, e.text, document(e).title' -p 'who=Xi Jinping'\n"
     "# how two entities are connected\n"
     "query news.weft 'MATCH p = shortestPath((a {label: \"Xi Jinping\"})-[*..5]-(b {label: "
     "\"Jiangxi\"})) RETURN p'\n"
     "# who is spoken of in most documents\n"
     "query news.weft 'MATCH (p:Person) RETURN p.label, p.documents ORDER BY p.documents DESC "
     "LIMIT 10'\n"
     "# facts of one month, as JSON\n"
     "query news.weft 'MATCH (a)-[r]->(b) WHERE overlaps(r.time, \"2024-03\") RETURN a, r, b' "
     "--format jsonl\n"
     "# who met whom, as a picture\n"
     "query news.weft 'MATCH (a)-[r:met_with]-(b) RETURN r' --format dot | dot -Tsvg > met.svg\n"
     "# visits to places within a province\n"
     "query news.weft 'MATCH (p)-[:visited]->(x:Place), (y:Place {label: \"Jiangxi\"}) WHERE "
     "within(x, y) RETURN p.label, x.label'",
     declare_query},
    {"shell", kAsk, "Asks one query after the other",
     "The store is read once. A query ends with \";\" or an empty line. Lines that begin with "
     "\":\" "
     "are commands; :help lists them. The tabulator completes keywords, types, relations, "
     "properties and, within quotes, the names of entities. Ctrl-C leaves the query, Ctrl-D the "
     "shell. The lines are kept in $XDG_STATE_HOME/weft/history. If standard input is no terminal, "
     "the first query that fails ends the shell with its exit code.",
     "shell news.weft\n"
     "shell news.weft --format jsonl < queries.txt",
     declare_shell},
    {"stats", kAsk, "Counts documents, entities and facts", "",
     "stats news.weft\nstats news.weft --format json", declare_stats},
    {"schema", kAsk, "Lists the types of entities and relations",
     "WHAT is \"types\", \"relations\" or the name of one of them.",
     "schema\nschema relations --format markdown\nschema visited", declare_schema},
    {"completion", kSetUp, "Prints what a shell needs to complete weft's commands and options",
     "Manual pages come from the same tables: `weft help --man` and `weft help --man COMMAND`.",
     "completion bash > ~/.local/share/bash-completion/completions/weft\n"
     "completion zsh > ~/.zfunc/_weft\n"
     "completion fish > ~/.config/fish/completions/weft.fish",
     declare_completion},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

const Command* find_command(std::string_view name) {
  const auto* found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                   [&](const Command& c) { return c.name == name; });
  return found == std::end(kCommands) ? nullptr : found;
}

}  // namespace weft::cli
