// Progress that never scrolls a terminal away, an estimate of what is left from the bytes of the
// files that are known, and a summary in sentences or as JSON.
#include "cli/build_report.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstdio>

#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr Seconds kTerminalInterval{0.1};
constexpr Seconds kLogInterval{10};
constexpr double kFirstEstimate = 2;  // seconds of work that an estimate needs
constexpr size_t kListedCopies = 3;

/// "1,234,567".
std::string grouped(uint64_t number) {
  std::string out = std::to_string(number);
  for (size_t at = out.size(); at > 3;) out.insert(at -= 3, ",");
  return out;
}

std::string counted(uint64_t number, const char* one, const char* many) {
  return grouped(number) + " " + (number == 1 ? one : many);
}

std::string decimal(double number, const char* unit) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.1f %s", number, unit);
  return buffer;
}

/// "40 s", "12 min", "3 h 20 min".
std::string duration(double seconds) {
  const auto s = static_cast<uint64_t>(std::llround(seconds));
  if (s < 100) return std::to_string(s) + " s";
  const uint64_t minutes = (s + 30) / 60;
  if (minutes < 100) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::string shell_name(const std::string& store) {
  return store.find_first_of(" '\"$&()*;<>?[]`|\\\n") == std::string::npos && store[0] != '-'
             ? store
             : "STORE";
}

}  // namespace

BuildReport::BuildReport(Session& session, std::string store)
    : session_(session), store_(std::move(store)), start_(Clock::now()), last_(start_) {}

void BuildReport::progress(const pipeline::Progress& p) {
  const auto now = Clock::now();
  const bool terminal = session_.errors_to_terminal();
  const bool news = p.weaving && !weaving_;
  if (session_.quiet()) return;
  if (now - last_ < (terminal ? kTerminalInterval : kLogInterval) && !(news && terminal)) return;
  last_ = now;
  weaving_ = p.weaving;
  const double seconds = Seconds(now - start_).count();
  const auto megabytes = static_cast<double>(p.bytes) / 1e6;
  std::string line = counted(p.documents, "document", "documents");
  if (p.weaving) {
    line += ", making the graph";
  } else {
    line += " (" + grouped(p.stored) + " stored), " + decimal(megabytes, "MB") + ", " +
            decimal(megabytes / std::max(seconds, 0.001), "MB/s");
    // Packed files are larger than they look: no estimate once more was read than there seemed to
    // be.
    if (seconds >= kFirstEstimate && p.bytes > 0 && p.bytes < p.total_bytes)
      line += ", about " +
              duration(seconds * static_cast<double>(p.total_bytes - p.bytes) /
                       static_cast<double>(p.bytes)) +
              " left";
  }
  if (p.problems > 0) line += ", " + grouped(p.problems) + " left out";
  terminal ? session_.status(line) : session_.note(line);
}

void BuildReport::summary(const pipeline::BuildSummary& b, uint64_t left_out) {
  std::string read = counted(b.added, "document", "documents") + " read (" +
                     counted(b.words, "word", "words") + ")";
  if (b.unchanged > 0) read += ", " + grouped(b.unchanged) + " unchanged";
  if (b.extracted_again > 0) read += ", " + grouped(b.extracted_again) + " extracted again";
  if (b.removed > 0) read += ", " + grouped(b.removed) + " replaced or removed";
  if (left_out > 0) read += ", " + grouped(left_out) + " left out for the reasons above";
  session_.note(read + ".");
  if (b.reasons.size() > 1 || left_out > 5)
    for (const auto& [reason, count] : b.reasons)
      session_.note("  left out " + grouped(count) + ": " + reason + ".");
  for (size_t i = 0; i < std::min(kListedCopies, b.copies.size()); ++i) {
    std::string line = "  nearly the same text, counted as one source: ";
    for (size_t k = 0; k < std::min(kListedCopies, b.copies[i].size()); ++k)
      line += (k ? ", " : "") + visible(b.copies[i][k]);
    if (b.copies[i].size() > kListedCopies)
      line += " and " + grouped(b.copies[i].size() - kListedCopies) + " more";
    session_.note(line + ".");
  }
  if (b.copies.size() > kListedCopies)
    session_.note("  and " + counted(b.copies.size() - kListedCopies, "group", "groups") +
                  " more of near copies (" + grouped(b.near_copies) +
                  " documents beyond the first of each group).");
  if (b.stopped) {
    session_.note("Stopped. " + counted(b.waiting, "document is", "documents are") +
                  " stored but not in the graph of " + store_ +
                  " yet. Run the same command again to go on.");
    return;
  }
  session_.note(store_ + " holds " + counted(b.documents, "document", "documents") + ", " +
                counted(b.entities, "entity", "entities") + " and " +
                counted(b.facts, "fact", "facts") + ". It took " + decimal(b.total_seconds, "s") +
                ".");
  if (session_.verbose())
    for (const pipeline::StageTime& stage : b.stages)
      session_.note("  " + stage.name + ": " + decimal(stage.seconds, "s"));
  const std::string name = shell_name(store_);
  session_.note("Next: weft stats " + name + ", weft find " + name + " NAME, or weft export " +
                name + " -o graph.graphml");
}

std::string summary_json(const pipeline::BuildSummary& b) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> w(buffer);
  w.StartObject();
  const auto number = [&](const char* key, uint64_t value) {
    w.Key(key);
    w.Uint64(value);
  };
  number("documents", b.documents);
  number("added", b.added);
  number("unchanged", b.unchanged);
  number("extracted_again", b.extracted_again);
  number("removed", b.removed);
  number("skipped", b.skipped);
  number("near_copies", b.near_copies);
  number("waiting", b.waiting);
  w.Key("stopped");
  w.Bool(b.stopped);
  w.Key("reasons");
  w.StartObject();
  for (const auto& [reason, count] : b.reasons) number(reason.c_str(), count);
  w.EndObject();
  number("words", b.words);
  number("bytes", b.bytes);
  number("entities", b.entities);
  number("facts", b.facts);
  const auto seconds = [&](double value) { w.Double(std::round(value * 1000) / 1000); };
  w.Key("seconds");
  w.StartObject();
  for (const pipeline::StageTime& stage : b.stages) {
    w.Key(stage.name.c_str());
    seconds(stage.seconds);
  }
  w.Key("total");
  seconds(b.total_seconds);
  w.EndObject();
  w.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace weft::cli
