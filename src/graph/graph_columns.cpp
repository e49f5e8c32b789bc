// Columns are made in two passes over the tables, entities and edges, in order of their numbers.
// On disk a column is cut into chunks of one page, each a row of one table with its CRC-32; a
// heading in `meta` names the graph's checksum, the types and relations that the numbers mean, and
// the length of each column. Columns whose heading is not that of the graph at hand are never read.
#include "graph/graph_columns.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <numeric>
#include <sstream>
#include <unordered_map>

#include "core/error.h"
#include "core/hash.h"
#include "graph/fuse.h"
#include "graph/load.h"
#include "text/fold.h"

namespace weft::graph {

namespace {

using store::Statement;

constexpr const char* kHeading = "graph_columns";  // of Store::meta()
constexpr std::string_view kVersion = "1";

uint32_t checksum(std::span<const std::byte> bytes) {
  return static_cast<uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

int64_t chunk_number(uint32_t column, size_t chunk) {
  return (int64_t{column} << 32) + static_cast<int64_t>(chunk);
}

/// Texts one after the other.
struct TextBuilder {
  std::vector<uint64_t> first{0};
  std::vector<char> bytes;

  void add(std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    first.push_back(bytes.size());
  }
  TextColumn take() { return {Column(std::move(first)), Column(std::move(bytes))}; }
};

/// Numbers for texts, in the order in which they come.
class Words {
 public:
  Words() { number(""); }
  uint32_t number(std::string_view word) {
    const auto [it, fresh] =
        numbers_.try_emplace(std::string(word), static_cast<uint32_t>(numbers_.size()));
    if (fresh) texts_.add(word);
    return it->second;
  }
  TextColumn take() { return texts_.take(); }

 private:
  std::unordered_map<std::string, uint32_t> numbers_;
  TextBuilder texts_;
};

class Maker {
 public:
  Maker(const store::Store& store, const schema::Ontology& ontology)
      : store_(store), ontology_(ontology) {}

  GraphColumns make() {
    make_nodes();
    make_names();
    make_edges();
    out_.words = words_.take();
    return std::move(out_);
  }

 private:
  Statement select(std::string_view sql) const { return {store_.database(), sql}; }

  uint32_t node(const Statement& row, int column) const {
    const int64_t number = row.integer(column);
    if (number < 1 || static_cast<uint64_t>(number) > nodes_)
      throw damage(store_, "an entity is missing");
    return static_cast<uint32_t>(number - 1);
  }

  void make_nodes() {
    std::vector<uint16_t> type;
    std::vector<uint32_t> kind, mentions, documents;
    TextBuilder id, label;
    Statement row = select(
        "SELECT number, id, type, kind, label, mentions, documents FROM entities ORDER BY number");
    while (row.step()) {
      if (row.integer(0) != static_cast<int64_t>(type.size()) + 1)
        throw damage(store_, "an entity is missing");
      const schema::TypeId t = ontology_.type(row.text(2));
      if (!t) throw unknown_name(store_, "type", row.text(2));
      id.add(row.text(1));
      type.push_back(t.value);
      kind.push_back(words_.number(row.text(3)));
      label.add(row.text(4));
      mentions.push_back(static_cast<uint32_t>(row.integer(5)));
      documents.push_back(static_cast<uint32_t>(row.integer(6)));
    }
    nodes_ = type.size();
    out_.by_type = grouped(type, ontology_.types().size());
    out_.type = Column(std::move(type));
    out_.id = id.take();
    out_.label = label.take();
    out_.kind = Column(std::move(kind));
    out_.mentions = Column(std::move(mentions));
    out_.documents = Column(std::move(documents));
    std::vector<uint32_t> by_label(nodes_);
    std::iota(by_label.begin(), by_label.end(), 0u);
    std::stable_sort(by_label.begin(), by_label.end(),
                     [&](uint32_t a, uint32_t b) { return out_.label[a] < out_.label[b]; });
    out_.by_label = Column(std::move(by_label));
  }

  void make_names() {
    std::vector<std::pair<uint64_t, uint32_t>> names;
    for (uint32_t n = 0; n < nodes_; ++n)
      names.emplace_back(core::fnv1a(text::name_key(out_.label[n])), n);
    Statement row = select("SELECT entity, form FROM aliases");
    while (row.step()) names.emplace_back(core::fnv1a(text::name_key(row.text(1))), node(row, 0));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::vector<uint64_t> hashes;
    std::vector<uint32_t> bearers;
    for (const auto& [hash, bearer] : names) {
      hashes.push_back(hash);
      bearers.push_back(bearer);
    }
    out_.name_hash = Column(std::move(hashes));
    out_.name_node = Column(std::move(bearers));
  }

  void make_edges() {
    std::vector<uint32_t> source, target, time, speaker, weight;
    std::vector<uint16_t> relation;
    std::vector<uint8_t> modality, polarity;
    std::vector<float> confidence;
    Statement row = select(
        "SELECT number, source, relation, target, modality, polarity, time, speaker, confidence,"
        " weight FROM edges ORDER BY number");
    while (row.step()) {
      if (row.integer(0) != static_cast<int64_t>(source.size()) + 1)
        throw damage(store_, "an edge is missing");
      const schema::RelationId r = ontology_.relation(row.text(2));
      if (!r) throw unknown_name(store_, "relation", row.text(2));
      source.push_back(node(row, 1));
      relation.push_back(r.value);
      target.push_back(node(row, 3));
      modality.push_back(static_cast<uint8_t>(doc::modality_from(row.text(4))));
      polarity.push_back(static_cast<uint8_t>(doc::polarity_from(row.text(5))));
      time.push_back(words_.number(row.text(6)));
      speaker.push_back(words_.number(row.text(7)));
      confidence.push_back(rounded_confidence(row.real(8)));
      weight.push_back(static_cast<uint32_t>(row.integer(9)));
    }
    out_.modality = Column(std::move(modality));
    out_.polarity = Column(std::move(polarity));
    out_.time = Column(std::move(time));
    out_.speaker = Column(std::move(speaker));
    out_.confidence = Column(std::move(confidence));
    out_.weight = Column(std::move(weight));
    out_.adjacency = Adjacency(static_cast<uint32_t>(nodes_),
                               static_cast<uint16_t>(ontology_.relations().size()),
                               std::move(source), std::move(target), std::move(relation));
  }

  const store::Store& store_;
  const schema::Ontology& ontology_;
  size_t nodes_ = 0;
  Words words_;
  GraphColumns out_;
};

/// The part of the heading that says whether the columns are those of this graph.
std::string state_of(const store::Store& store, const schema::Ontology& ontology) {
  std::string out = std::string(kVersion) + "\n" + store.meta(kGraphDigest) + "\n";
  for (const schema::EntityType& t : ontology.types()) out += t.name + " ";
  out += "\n";
  for (const schema::RelationType& r : ontology.relations()) out += r.name + " ";
  return out + "\n";
}

std::string lengths_of(const GraphColumns& columns) {
  std::string out;
  GraphColumns::each_column(columns, [&](const char* name, const auto& column) {
    out += std::string(name) + " " + std::to_string(column.size()) + "\n";
  });
  return out;
}

/// Calls visit(number, bytes) for each chunk of columns that own their items.
template <class Visit>
void each_chunk(const GraphColumns& columns, Visit visit) {
  uint32_t number = 0;
  GraphColumns::each_column(columns, [&](const char*, const auto& column) {
    const auto bytes = std::as_bytes(column.all());
    for (size_t at = 0, chunk = 0; at < bytes.size(); at += kChunkBytes, ++chunk)
      visit(chunk_number(number, chunk),
            bytes.subspan(at, std::min(kChunkBytes, bytes.size() - at)));
    ++number;
  });
}

/// The rows of the table, checked.
class StoredChunks : public ChunkSource {
 public:
  explicit StoredChunks(std::shared_ptr<const store::Store> store)
      : store_(std::move(store)),
        row_(store_->database(), "SELECT data, checksum FROM graph_columns WHERE number = ?") {}

  void read(uint32_t column, size_t chunk, std::span<std::byte> into) const override {
    row_.bind(1, chunk_number(column, chunk));
    if (!row_.step()) throw fault();
    const auto bytes = row_.blob(0);
    if (bytes.size() != into.size() || checksum(bytes) != row_.integer(1)) throw fault();
    std::memcpy(into.data(), bytes.data(), into.size());
    row_.reset();
  }

  core::SetupError fault() const override {
    return damage(*store_, "its columns are not what was written");
  }

 private:
  std::shared_ptr<const store::Store> store_;
  mutable Statement row_;  // a look-up leaves nothing behind but SQLite's cache
};

/// Opens columns by the lengths that their heading gives.
class Opener {
 public:
  Opener(std::shared_ptr<const store::Store> store, const schema::Ontology& ontology,
         std::string_view lengths)
      : chunks_(std::make_shared<StoredChunks>(store)) {
    std::istringstream in{std::string(lengths)};
    std::string name;
    for (uint64_t length = 0; in >> name >> length;) lengths_[name] = length;
    nodes_ = lengths_["type"];
    edges_ = lengths_["source"];
    const uint64_t words = lengths_["words_first"], names = lengths_["name_hash"];
    below_ = {{"source", nodes_},
              {"target", nodes_},
              {"relation", ontology.relations().size()},
              {"by_relation", edges_},
              {"type", ontology.types().size()},
              {"by_type", nodes_},
              {"by_label", nodes_},
              {"kind", words - 1},
              {"time", words - 1},
              {"speaker", words - 1},
              {"name_node", nodes_},
              {"modality", 4},
              {"polarity", 2}};
    check({{"by_type_first", ontology.types().size() + 1},
           {"by_relation_first", ontology.relations().size() + 1},
           {"out_first", nodes_ + 1},
           {"in_first", nodes_ + 1},
           {"id_first", nodes_ + 1},
           {"label_first", nodes_ + 1},
           {"by_type", nodes_},
           {"by_label", nodes_},
           {"kind", nodes_},
           {"mentions", nodes_},
           {"documents", nodes_},
           {"name_node", names},
           {"target", edges_},
           {"relation", edges_},
           {"by_relation", edges_},
           {"out", edges_},
           {"in", edges_},
           {"modality", edges_},
           {"polarity", edges_},
           {"time", edges_},
           {"speaker", edges_},
           {"confidence", edges_},
           {"weight", edges_}});
    if (words == 0) throw chunks_->fault();
    Statement row(store->database(),
                  "SELECT (SELECT page_count FROM pragma_page_count()) *"
                  " (SELECT page_size FROM pragma_page_size())");
    if (row.step()) file_bytes_ = static_cast<uint64_t>(row.integer(0));
  }

  GraphColumns open() {
    GraphColumns out;
    uint32_t number = 0;
    GraphColumns::each_column(out, [&](const char* name, auto& column) {
      column = made<std::remove_reference_t<decltype(column)>>(name, number++);
    });
    return out;
  }

 private:
  void check(const std::map<std::string, uint64_t>& expected) {
    for (const auto& [name, length] : expected)
      if (lengths_[name] != length) throw chunks_->fault();
  }

  template <class T>
  static constexpr bool is_number = std::is_unsigned_v<T>;

  template <class C>
  C made(const std::string& name, uint32_t number) {
    using T = decltype(std::declval<C>()[0]);
    const uint64_t length = lengths_[name];
    // What is in a file is no longer than the file.
    if (length > file_bytes_ / sizeof(T)) throw chunks_->fault();
    typename C::Valid valid;
    if constexpr (std::is_same_v<T, Hop>) {
      valid = [nodes = nodes_, edges = edges_](std::span<const T> part) {
        return std::all_of(part.begin(), part.end(),
                           [&](Hop h) { return h.node < nodes && h.edge < edges; });
      };
    } else if constexpr (is_number<T>) {
      if (const auto limit = below_.find(name); limit != below_.end())
        valid = [below = limit->second](std::span<const T> part) {
          return std::all_of(part.begin(), part.end(), [&](T v) { return v < below; });
        };
    }
    return C(length, number, chunks_, std::move(valid));
  }

  std::shared_ptr<const StoredChunks> chunks_;
  std::map<std::string, uint64_t> lengths_, below_;
  uint64_t nodes_ = 0, edges_ = 0, file_bytes_ = 0;
};

bool has_table(const store::Store& store) {
  Statement row(store.database(),
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'graph_columns'");
  return row.step();
}

}  // namespace

std::string_view TextColumn::operator[](size_t i) const {
  const uint64_t begin = first[i], end = first[i + 1];
  if (begin > end || end > bytes.size()) first.damaged();
  const auto part = bytes.part(begin, end);
  return {part.data(), part.size()};
}

void save_columns(store::Store& store, const schema::Ontology& ontology) {
  store.database().execute(
      "CREATE TABLE IF NOT EXISTS graph_columns (number INTEGER PRIMARY KEY, checksum INTEGER NOT"
      " NULL, data BLOB NOT NULL); DELETE FROM graph_columns");
  const GraphColumns columns = Maker(store, ontology).make();
  Statement row(store.database(), "INSERT INTO graph_columns VALUES (?, ?, ?)");
  each_chunk(columns, [&](int64_t number, std::span<const std::byte> bytes) {
    row.bind(1, number).bind(2, int64_t{checksum(bytes)}).bind_blob(3, bytes).run();
  });
  store.set_meta(kHeading, state_of(store, ontology) + lengths_of(columns));
}

GraphColumns open_columns(std::shared_ptr<const store::Store> store,
                          const schema::Ontology& ontology) {
  const std::string heading = store->meta(kHeading), state = state_of(*store, ontology);
  if (store->meta(kGraphDigest).empty() || !heading.starts_with(state) || !has_table(*store))
    return Maker(*store, ontology).make();
  return Opener(store, ontology, std::string_view(heading).substr(state.size())).open();
}

std::string columns_fault(const store::Store& store, const schema::Ontology& ontology) {
  const std::string heading = store.meta(kHeading), state = state_of(store, ontology);
  if (!heading.starts_with(state) || !has_table(store)) return "";  // they are not read either
  const GraphColumns made = Maker(store, ontology).make();
  bool same = heading == state + lengths_of(made);
  int64_t chunks = 0;
  Statement row(store.database(), "SELECT data, checksum FROM graph_columns WHERE number = ?");
  each_chunk(made, [&](int64_t number, std::span<const std::byte> bytes) {
    ++chunks;
    row.bind(1, number);
    if (!row.step()) {
      same = false;
      return;
    }
    const auto stored = row.blob(0);
    same = same && std::equal(bytes.begin(), bytes.end(), stored.begin(), stored.end()) &&
           row.integer(1) == checksum(bytes);
    row.reset();
  });
  Statement count(store.database(), "SELECT count(*) FROM graph_columns");
  same = same && count.step() && count.integer(0) == chunks;
  return same ? "" : "The columns of the graph are not those of its tables.";
}

}  // namespace weft::graph
