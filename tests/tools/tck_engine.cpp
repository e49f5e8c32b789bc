// Runs scenarios of the compatibility kit for tools/tck: one JSON object a line on standard input,
// {"setup": [statement...], "parameters": {name: expression}, "query": text}, and one line of
// answer,
// {"columns": [...], "rows": [[text...]...]} or {"error": {"type", "phase", "detail", "message"}}.
// Values are written as a query would write them.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <iostream>

#include "tools/memory_graph.h"

using namespace weft;

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void text(Writer& out, std::string_view s) {
  out.String(s.data(), static_cast<rapidjson::SizeType>(s.size()));
}

void error(Writer& out, std::string_view type, bool at_runtime, std::string_view detail,
           std::string_view message) {
  out.StartObject();
  out.Key("error");
  out.StartObject();
  out.Key("type");
  text(out, type);
  out.Key("phase");
  text(out, at_runtime ? "runtime" : "compile time");
  out.Key("detail");
  text(out, detail);
  out.Key("message");
  text(out, message);
  out.EndObject();
  out.EndObject();
}

std::string run(const rapidjson::Document& scenario) {
  rapidjson::StringBuffer buffer;
  Writer out(buffer);
  const std::string query = scenario["query"].GetString();
  std::string answer;
  try {
    // What is refused is refused whatever the graph.
    try {
      query::run_query(test::MemoryGraph({}), query);
    } catch (const query::QueryError& e) {
      if (e.type == "Refused") throw;
    }
    test::MemoryData data;
    for (const auto& statement : scenario["setup"].GetArray())
      test::create(data, statement.GetString());
    const test::MemoryGraph graph(std::move(data));
    query::Parameters parameters;
    for (const auto& p : scenario["parameters"].GetObject()) {
      query::Rows value =
          query::run_query(graph, std::string("RETURN ") + p.value.GetString() + " AS v");
      std::vector<query::Value> row;
      value.next(row);
      parameters[p.name.GetString()] = row.at(0);
    }
    query::Limits limits;
    limits.timeout = std::chrono::seconds(20);
    limits.memory = size_t{1} << 30;
    query::Rows rows = query::run_query(graph, query, parameters, limits);
    out.StartObject();
    out.Key("columns");
    out.StartArray();
    for (const std::string& c : rows.columns()) text(out, c);
    out.EndArray();
    out.Key("rows");
    out.StartArray();
    for (std::vector<query::Value> row; rows.next(row);) {
      out.StartArray();
      for (const query::Value& v : row) text(out, query::language::literal_text(v, graph));
      out.EndArray();
    }
    out.EndArray();
    out.EndObject();
    return buffer.GetString();
  } catch (const query::QueryError& e) {
    buffer.Clear();
    Writer fresh(buffer);
    error(fresh, e.type, e.at_runtime, e.detail, e.what());
  } catch (const test::NeedsTemporalTypes& e) {
    buffer.Clear();
    Writer fresh(buffer);
    error(fresh, "SetUp", false, "TemporalType", e.what());
  } catch (const std::exception& e) {
    buffer.Clear();
    Writer fresh(buffer);
    error(fresh, "SetUp", false, "SetUp", e.what());
  }
  return buffer.GetString();
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    rapidjson::Document scenario;
    scenario.Parse(line.data(), line.size());
    if (scenario.HasParseError() || !scenario.IsObject()) return 2;
    std::cout << run(scenario) << std::endl;
  }
}
