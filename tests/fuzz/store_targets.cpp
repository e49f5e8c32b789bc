// Stores that somebody or something has changed. The input is not the file but what to change in a
// small good one: bytes of its pages (a bad disk), or values and rows by SQL (a forger, or another
// program), after which the checksums of the columns are made right. Every reader of a store must
// then give an answer or a sentence.
#include <zlib.h>

#include <cstdlib>
#include <vector>

#include "fuzz/scratch.h"
#include "fuzz/targets.h"
#include "graph/load.h"
#include "graph/verify.h"
#include "query/functions.h"
#include "query/query.h"
#include "query/small_graph.h"
#include "query/store_graph.h"

namespace weft::fuzz {

namespace {

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The bytes of a store that is whole.
const std::string& good_store() {
  static const std::string bytes = [] {
    const Scratch scratch("x.weft", "");
    test::write_store(test::small_graph(), scratch.file());
    return slurp(scratch.file());
  }();
  return bytes;
}

/// The same without what holds programs back that write to it in good faith.
const std::string& lax_store() {
  static const std::string bytes = [] {
    const Scratch scratch("x.weft", good_store());
    {
      store::Database base(scratch.file(), store::Database::Mode::write);
      base.execute(
          "PRAGMA writable_schema = ON;"
          "UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'");
    }
    return slurp(scratch.file());
  }();
  return bytes;
}

/// Runs `question`; a sentence is an answer too.
template <class Question>
void ask_for(Question question) {
  try {
    question();
  } catch (const core::SetupError& error) {
    if (std::string_view(error.what()).empty()) std::abort();
  }
}

constexpr const char* kQueries[] = {
    "MATCH (n) RETURN n ORDER BY n.label",
    "MATCH (a)-[r]->(b) RETURN a.label, r, b.id, evidence(r), speaker(r), r.documents",
    "MATCH (p:Person)-[r:visited]->(x) WHERE r.time > '2000' RETURN p.aliases, x.within, r.id",
    "MATCH p = (:Person {label: 'Xi Jinping'})-[*1..3]-(x) RETURN p, x.serves_as",
    "MATCH p = shortestPath((a {id: 'person/li-qiang'})-[*]-(b {id: 'place/jiangxi'})) RETURN p",
    "MATCH (a), (b) RETURN within(a, b), count(*)",
    "MATCH ()-[r:attended]->() RETURN count(*), min(r.confidence), sum(r.weight), collect(r.time)",
    "MATCH (p:Person) RETURN evidence(p, 'serves_as'), document('a.txt')",
};

void ask_graph(const fs::path& file) {
  const graph::Graph graph = graph::load(file, ontology());
  const query::View view{graph, ontology()};
  const query::NameIndex names(graph);
  for (graph::NodeIndex n = 0; n < graph.nodes.size(); ++n) {
    (void)query::show(view, n);
    (void)query::neighbors(view, n, {});
    (void)query::timeline(view, n);
  }
  (void)query::stats(view);
  (void)query::news(view, "2024-01");
  (void)query::claims(view, {});
  (void)query::top(view, {});
  (void)query::holders(view, names, "Premier", "");
  if (graph.nodes.size() > 1)
    (void)query::path(view, 0, static_cast<graph::NodeIndex>(graph.nodes.size() - 1));
}

void ask_everything(const fs::path& file) {
  ask_for([&] {
    const auto store = store::Store::open(file);
    for (const std::string& fault : graph::verify(store, ontology()).faults)
      if (fault.empty()) std::abort();
  });
  ask_for([&] { ask_graph(file); });
  ask_for([&] {
    const auto store = store::Store::open(file);
    (void)store.records(ontology());
    (void)store.decisions();
    (void)store.search_sentences("visited", 10);
    (void)store.search_sentences("\"x\" OR*", 10);
  });
  ask_for([&] {
    const query::StoreGraph graph(store::Store::open(file), ontology());
    query::Limits limits;
    limits.timeout = std::chrono::milliseconds(500);
    limits.memory = 16 << 20;
    for (const char* text : kQueries)
      ask_for([&] {
        query::Rows rows = query::run_query(graph, text, {}, limits);
        for (std::vector<query::Value> row; rows.next(row);)
          for (const query::Value& v : row) (void)query::language::json_text(v, graph);
      });
    for (const char* name : {"Xi Jinping", "the province", "Xi", "person/ana-munoz"})
      (void)graph.named(name);
  });
}

/// Takes numbers and texts off the front of the input; zeros when it is used up.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }
  uint64_t number(size_t size) {
    uint64_t out = 0;
    for (size_t i = 0; i < size && !rest_.empty(); ++i) {
      out |= uint64_t{static_cast<unsigned char>(rest_.front())} << (8 * i);
      rest_.remove_prefix(1);
    }
    return out;
  }
  std::string_view text(size_t size) {
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(out.size());
    return out;
  }

 private:
  std::string_view rest_;
};

struct Column {
  std::string table, name;
};

const std::vector<Column>& columns() {
  static const std::vector<Column> all = [] {
    const Scratch scratch("x.weft", good_store());
    const store::Database base(scratch.file(), store::Database::Mode::read_only);
    std::vector<Column> out;
    store::Statement row(base,
                         "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
                         " WHERE m.type = 'table' AND m.sql NOT LIKE '%VIRTUAL%' AND m.name NOT"
                         " LIKE 'sqlite%' AND m.name NOT LIKE '%search%' ORDER BY 1, c.cid");
    while (row.step()) out.push_back({std::string(row.text(0)), std::string(row.text(1))});
    return out;
  }();
  return all;
}

uint32_t crc(std::span<const std::byte> bytes) {
  return static_cast<uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// Flips bits of a chunk of a column, or makes it another size, and signs it.
void forge_chunk(store::Database& base, Bytes& in) {
  store::Statement rows(base, "SELECT number, data FROM graph_columns ORDER BY number");
  std::vector<std::pair<int64_t, std::vector<std::byte>>> chunks;
  while (rows.step()) {
    const auto data = rows.blob(1);
    chunks.emplace_back(rows.integer(0), std::vector<std::byte>(data.begin(), data.end()));
  }
  if (chunks.empty()) return;
  auto& [number, data] = chunks[in.number(1) % chunks.size()];
  const uint64_t at = in.number(2), value = in.number(4);
  if (at >= 0xf000)
    data.resize(at & 0xfff);
  else
    for (size_t i = 0; i < 4 && !data.empty(); ++i)
      data[(at + i) % data.size()] ^= static_cast<std::byte>(value >> (8 * i));
  store::Statement(base, "UPDATE graph_columns SET data = ?1, checksum = ?2 WHERE number = ?3")
      .bind_blob(1, data)
      .bind(2, int64_t{crc(data)})
      .bind(3, number)
      .run();
}

/// A value of any kind.
void bind_value(store::Statement& statement, int parameter, Bytes& in) {
  switch (in.number(1) % 6) {
    case 0:
      statement.bind_null(parameter);
      break;
    case 1:
      statement.bind(parameter, static_cast<int64_t>(static_cast<int8_t>(in.number(1))));
      break;
    case 2:
      statement.bind(parameter, static_cast<int64_t>(in.number(8)));
      break;
    case 3:
      statement.bind(parameter, static_cast<double>(static_cast<int64_t>(in.number(8))) / 1000);
      break;
    case 4:
      statement.bind_blob(parameter, std::as_bytes(std::span(in.text(in.number(1)))));
      break;
    default:
      statement.bind(parameter, in.text(in.number(1)));
  }
}

void change_row(store::Database& base, Bytes& in) {
  const Column& column = columns()[in.number(1) % columns().size()];
  const std::string row =
      " LIMIT 1 OFFSET (SELECT ?1 % max(1, count(*)) FROM \"" + column.table + "\"))";
  const uint64_t what = in.number(1);
  const auto number = static_cast<int64_t>(in.number(1));
  // Tables without rowids are named by the column itself.
  const bool has_rowid = column.table != "meta" && column.table != "aliases";
  const std::string key = has_rowid ? "rowid" : "\"" + column.name + "\"";
  const std::string where =
      " WHERE " + key + " = (SELECT " + key + " FROM \"" + column.table + "\"" + row;
  if (what % 8 == 0) {
    store::Statement(base, "DELETE FROM \"" + column.table + "\"" + where).bind(1, number).run();
    return;
  }
  store::Statement update(
      base, "UPDATE \"" + column.table + "\" SET \"" + column.name + "\" = ?2" + where);
  update.bind(1, number);
  bind_value(update, 2, in);
  update.run();
}

}  // namespace

/// Pages that are kept (two bytes; 0: all), then changes of four bytes: place (3), and what is
/// flipped there.
void open_flipped_store(std::string_view bytes) {
  std::string file = good_store();
  Bytes in(bytes);
  constexpr size_t kPage = 4096;
  if (const size_t pages = in.number(2); pages > 0)
    file.resize(std::min(file.size(), pages * kPage / 4));
  while (!in.empty() && !file.empty()) {
    const size_t at = in.number(3);
    file[at % file.size()] = static_cast<char>(file[at % file.size()] ^ in.number(1));
  }
  const Scratch scratch("x.weft", file);
  ask_everything(scratch.file());
}

/// Changes: which (one byte; from 192 on of a column's chunk), then as the functions above read
/// them.
void open_changed_store(std::string_view bytes) {
  const Scratch scratch("x.weft", lax_store());
  {
    store::Database base(scratch.file(), store::Database::Mode::write);
    base.execute(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON;"
        "PRAGMA foreign_keys = OFF");
    Bytes in(bytes);
    for (int most = 20; most > 0 && !in.empty(); --most)
      ask_for([&] {
        if (in.number(1) >= 192)
          forge_chunk(base, in);
        else
          change_row(base, in);
      });
  }
  ask_everything(scratch.file());
}

}  // namespace weft::fuzz
