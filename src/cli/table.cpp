// The table of commands, in the order of `weft help`.
#include "cli/table.h"

#include <algorithm>

#include "cli/commands.h"

namespace weft::cli {

namespace {

constexpr std::string_view kMake = "Make a graph";
constexpr std::string_view kAsk = "Ask it";
constexpr std::string_view kEntityDetails =
    "ENTITY is an id (\"person/xi-jinping\"), a label or an alias; case and accents don't matter. "
    "If several entities "
    "bear the name, they are listed and you give an id.";

const Command kCommands[] = {
    {"build", kMake, "Reads documents and makes a store with their graph",
     "Text, HTML and JSON Lines, plain or compressed with gzip or zstd. A folder is read with all "
     "its subfolders. A "
     "document that can't be read is reported and left out, and the exit code is then 1.",
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
    {"export", kMake, "Writes a store's graph to a file for other programs",
     "The format follows from the ending of the file's name. GraphML opens in Gephi, NetworkX and "
     "igraph.",
     "export news.weft -o news.graphml\n"
     "export news.weft -o news.json\n"
     "export news.weft --format json -o - | jq '.nodes[].label'",
     declare_export},
    {"find", kAsk, "Finds entities by name",
     "Names and aliases are compared without case or accents: first those that are TEXT, then "
     "those that begin with it, "
     "have all its words, or hold it anywhere. If there are none, the nearest names are listed.",
     "find news.weft \"central committee\"\nfind news.weft Jiangxi --type Place --format json",
     declare_find},
    {"show", kAsk, "Shows what the graph knows of one entity", kEntityDetails,
     "show news.weft \"Xi Jinping\"\nshow news.weft person/xi-jinping --format json", declare_show},
    {"neighbors", kAsk, "Lists the entities around one", kEntityDetails,
     "neighbors news.weft Jiangxi\nneighbors news.weft \"Xi Jinping\" --depth 2 --type Place",
     declare_neighbors},
    {"path", kAsk, "Shows how two entities are connected",
     "A shortest chain of facts from the first to the second, each with words that prove it. Facts "
     "are followed in "
     "either direction; the arrow shows which way each one goes.",
     "path news.weft \"Xi Jinping\" Jiangxi\npath news.weft Chongqing Hunan --relation visited "
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
    {"stats", kAsk, "Counts documents, entities and facts", "",
     "stats news.weft\nstats news.weft --format json", declare_stats},
    {"schema", kAsk, "Lists the types of entities and relations",
     "WHAT is \"types\", \"relations\" or the name of one of them.",
     "schema\nschema relations --format markdown\nschema visited", declare_schema},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

const Command* find_command(std::string_view name) {
  const auto* found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                   [&](const Command& c) { return c.name == name; });
  return found == std::end(kCommands) ? nullptr : found;
}

}  // namespace weft::cli
