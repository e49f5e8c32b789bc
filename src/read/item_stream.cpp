// Walks what the user named and cuts containers into items, in an order that depends on names
// alone: inputs as given, the files of a folder by the bytes of their paths, entries of an archive
// as they stand in it. Containers are read here as streams, in bounded memory; other files are left
// to the readers, which run in parallel. An archive within an archive is one more reader on a
// stack. Cost: linear in files and bytes, plus sorting each folder's list of paths.
#include <glob.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "read/archive.h"
#include "read/byte_source.h"
#include "read/encoding.h"
#include "read/format.h"
#include "read/json_document.h"
#include "read/source.h"
#include "read/warc.h"
#include "text/utf8.h"

namespace weft::read {

namespace {

namespace fs = std::filesystem;
using core::Severity;

struct File {
  fs::path path;  // of an entry of an archive: the archive's path, "/", and the entry's name
  std::string id;
  std::string container;  // the outermost archive; empty for a file of its own
};

constexpr uint64_t kPdfFactor = 16;  // a PDF file is mostly fonts and pictures

Format format_of_head(std::string_view head) {
  const Format format = format_of_bytes(head);
  if (format == Format::pdf || format == Format::archive) return format;
  return looks_binary(head) ? Format::text : format;
}

std::string shown(const fs::path& path) {
  return path == "-" ? std::string(kStandardInput) : path.string();
}

}  // namespace

struct ItemStream::State {
  ReadOptions options;
  std::vector<std::string> inputs;  // in order, globs still to be expanded
  size_t next_input = 0;
  std::vector<File> files;  // of the input at hand
  size_t next_file = 0;
  std::set<std::string> seen;           // canonical paths of files already given
  std::vector<std::string> containers;  // opened since take_containers()
  core::Diagnostics pending;
  uint64_t index = 0;
  uint64_t total_bytes = 0;

  struct OpenArchive {
    File file;
    std::unique_ptr<ArchiveReader> reader;
    uint64_t unknown = 0;  // entries passed over
  };

  std::deque<Item> ready;             // cut from the container at hand
  std::vector<OpenArchive> archives;  // each but the first is an entry of the one before
  std::optional<LineReader> lines;    // the rest of the container at hand
  std::optional<WarcReader> pages;    // likewise
  File container;
  std::string first_line;  // read ahead to know the format
  std::optional<LineReader::Result> first_result;

  ArchiveLimits archive_limits() const { return {options.max_ratio, options.max_unpacked_bytes}; }
  void complain(Severity severity, std::string source, std::string message) {
    pending.push_back({severity, std::move(source), std::move(message)});
  }

  bool list_inputs(const InputSpec& spec);
  bool expand_glob(const std::string& pattern);
  void open_input(const std::string& input);
  void walk(const fs::path& root);
  void open_file(const File& file);
  void open_archive(const File& file, std::unique_ptr<ArchiveReader> reader);
  void open_entry();
  void open_source(const File& file, Format format, std::optional<ByteSource> source);
  void read_pages();
  void start_json(const File& file, ByteSource source, bool lines_for_sure);
  void read_lines();
  /// `number` is the line or position in its file, 0 for a file of one document.
  Item make_item(const File& file, uint64_t number);
};

/// Appends the inputs of `spec`, globs expanded; false if none of them exists.
bool ItemStream::State::list_inputs(const InputSpec& spec) {
  std::vector<std::string> named = spec.inputs;
  if (!spec.files_from.empty()) {
    ByteSource source(spec.files_from, options.max_ratio);
    LineReader list(std::move(source), 1u << 16);
    std::string line;
    for (LineReader::Result r; (r = list.next(line)) != LineReader::Result::end;) {
      if (r == LineReader::Result::too_long)
        complain(Severity::error, shown(spec.files_from) + ":" + std::to_string(list.number()),
                 "This line is too long to be a path, and was skipped.");
      else if (!line.empty())
        named.push_back(line);
    }
    if (list.stop())
      throw core::SetupError(
          "The list of inputs " + shown(spec.files_from) + " can't be read. " + list.stop().message,
          core::ExitCode::broken_file);
  }
  bool any = false;
  for (const std::string& input : named) {
    std::error_code error;
    if (input == "-" || fs::exists(fs::path(input), error)) {
      inputs.push_back(input);
      any = true;
    } else if (expand_glob(input)) {
      any = true;
    } else {
      complain(Severity::error, input,
               error ? "It can't be reached: " + error.message() + "."
                     : "There is no such file or folder, and no file matches it as a pattern. "
                       "Check the spelling.");
    }
  }
  return any;
}

bool ItemStream::State::expand_glob(const std::string& pattern) {
  if (pattern.find_first_of("*?[") == std::string::npos) return false;
  glob_t found{};
  const int result = ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
  std::vector<std::string> paths;
  if (result == 0)
    for (size_t i = 0; i < found.gl_pathc; ++i) paths.emplace_back(found.gl_pathv[i]);
  ::globfree(&found);
  std::sort(paths.begin(), paths.end());  // glob(3) sorts by locale
  for (std::string& path : paths) inputs.push_back(std::move(path));
  return !paths.empty();
}

void ItemStream::State::walk(const fs::path& root) {
  std::vector<fs::path> folders{root};
  uint64_t unknown = 0;
  std::string first_unknown;
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    fs::directory_iterator it(folder, error);
    for (; !error && it != fs::directory_iterator(); it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (name.empty() || name[0] == '.') continue;
      std::error_code ignored;
      // Links to folders are not followed: they may form a loop.
      if (it->is_directory(ignored)) {
        if (!it->is_symlink(ignored)) folders.push_back(it->path());
      } else if (format_of_name(name)) {
        files.push_back({it->path(), it->path().lexically_relative(root).generic_string(), {}});
      } else if (unknown++ == 0 || it->path().string() < first_unknown) {
        first_unknown = it->path().string();
      }
    }
    if (error)
      complain(Severity::error, folder.string(),
               "The folder can't be read: " + error.message() + ".");
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.path.native() < b.path.native(); });
  if (unknown)
    complain(Severity::note, root.string(),
             std::to_string(unknown) + (unknown == 1 ? " file" : " files") +
                 " with an unknown ending skipped, such as " + first_unknown +
                 ". Name such a file itself to have it read.");
  if (files.empty() && !unknown)
    complain(Severity::warning, root.string(), "The folder holds no documents.");
}

void ItemStream::State::open_input(const std::string& input) {
  files.clear();
  next_file = 0;
  std::error_code error;
  if (input != "-" && fs::is_directory(fs::path(input), error))
    walk(input);
  else
    files.push_back({input, input == "-" ? "stdin" : fs::path(input).filename().string(), {}});
  for (const File& file : files) {
    const auto size = file.path == "-" ? 0 : fs::file_size(file.path, error);
    if (!error) total_bytes += size;
  }
}

Item ItemStream::State::make_item(const File& file, uint64_t number) {
  Item item;
  item.index = index++;
  item.source = shown(file.path);
  item.container = file.container.empty() ? item.source : file.container;
  item.id = file.id;
  item.format = Format::json_lines;
  if (number) {
    item.source += ":" + std::to_string(number);
    item.id += ":" + std::to_string(number);
  }
  return item;
}

/// Turns the container whose first line is at hand into items: one a line, or what a JSON file as a
/// whole holds.
void ItemStream::State::start_json(const File& file, ByteSource source, bool lines_for_sure) {
  container = file;
  lines.emplace(std::move(source), options.max_document_bytes);
  if (lines_for_sure) return;
  std::string text, line;
  const LineReader::Result first = lines->next(text);
  if (first != LineReader::Result::line) {
    first_result = first;
    return;
  }
  if (text::trim(text).empty() || is_json_object(text)) {
    first_line = std::move(text);
    first_result = first;
    return;
  }
  // Not an object a line: the file is one object or an array, spread over lines.
  bool too_large = false;
  for (LineReader::Result r; (r = lines->next(line)) != LineReader::Result::end;) {
    too_large = too_large || r == LineReader::Result::too_long ||
                text.size() + line.size() > options.max_document_bytes;
    if (too_large) break;
    text += '\n';
    text += line;
  }
  const Stop stop = lines->stop();
  lines.reset();
  if (stop) return complain(Severity::error, shown(file.path), stop.message);
  if (too_large)
    return complain(Severity::error, shown(file.path),
                    "It is one JSON value of more than " +
                        std::to_string(options.max_document_bytes) +
                        " bytes, and was skipped. Write one object a line (JSON Lines) instead.");
  if (const std::string warning = mend_json(text); !warning.empty())
    complain(Severity::warning, shown(file.path), warning);
  std::string fault;
  std::vector<std::string> objects = json_objects(text, fault);
  if (!fault.empty()) complain(Severity::error, shown(file.path), fault);
  const bool one = objects.size() == 1;
  for (size_t i = 0; i < objects.size(); ++i) {
    Item item = make_item(file, one ? 0 : i + 1);
    item.bytes = std::move(objects[i]);
    ready.push_back(std::move(item));
  }
}

void ItemStream::State::read_lines() {
  std::string line;
  while (lines && ready.empty()) {
    LineReader::Result result;
    if (first_result) {
      result = *first_result;
      line = std::move(first_line);
      first_result.reset();
    } else {
      result = lines->next(line);
    }
    if (result == LineReader::Result::too_long) {
      complain(Severity::error, shown(container.path) + ":" + std::to_string(lines->number()),
               "This line is longer than " + std::to_string(options.max_document_bytes) +
                   " bytes, the limit of one document (--max-document), and was skipped.");
    } else if (result == LineReader::Result::end) {
      if (lines->stop()) complain(Severity::error, shown(container.path), lines->stop().message);
      lines.reset();
    } else if (!text::trim(line).empty()) {
      Item item = make_item(container, lines->number());
      item.bytes = std::move(line);
      ready.push_back(std::move(item));
    }
  }
}

void ItemStream::State::open_file(const File& file) {
  const bool from_stdin = file.path == "-";
  std::error_code error;
  const fs::path canonical = from_stdin ? file.path : fs::weakly_canonical(file.path, error);
  if (!seen.insert(error ? file.path.string() : canonical.string()).second) return;
  if (!from_stdin) containers.push_back(shown(file.path));

  const std::optional<Format> by_name =
      from_stdin ? std::nullopt : format_of_name(file.path.filename().string());
  Format format =
      options.format != Format::automatic ? options.format : by_name.value_or(Format::automatic);
  std::optional<ByteSource> source;
  if (format == Format::automatic || format == Format::json_lines ||
      format == Format::web_archive || from_stdin) {
    source.emplace(file.path, options.max_ratio);
    if (format == Format::automatic) format = format_of_head(source->peek());
  }
  if (format == Format::archive && !from_stdin)
    return open_archive(file, std::make_unique<ArchiveReader>(file.path, archive_limits()));
  open_source(file, format, std::move(source));
}

/// Cuts what `source` gives into items; without one the file is left to the reader.
void ItemStream::State::open_source(const File& file, Format format,
                                    std::optional<ByteSource> source) {
  if (format == Format::json_lines) {
    const std::string ending = file.path.extension() == ".gz" || file.path.extension() == ".zst"
                                   ? file.path.stem().extension().string()
                                   : file.path.extension().string();
    start_json(file, std::move(*source),
               options.format == Format::json_lines || ending == ".jsonl" || ending == ".ndjson");
    return;
  }
  if (format == Format::web_archive) {
    container = file;
    pages.emplace(std::move(*source), options.max_document_bytes);
    return;
  }
  if (format == Format::archive)
    return open_archive(file,
                        std::make_unique<ArchiveReader>(std::move(*source), archive_limits()));
  Item item = make_item(file, 0);
  item.format = format;
  if (!source) {
    item.file = file.path;
    ready.push_back(std::move(item));
    return;
  }
  const uint64_t limit = options.max_document_bytes * (format == Format::pdf ? kPdfFactor : 1);
  if (!read_all(*source, limit, item.bytes)) {
    --index;
    return complain(
        Severity::error, item.source,
        "It is longer than " + std::to_string(limit) +
            " bytes, the limit of one document. Cut it into documents, one a line (JSON Lines).");
  }
  if (source->stop()) {
    --index;
    return complain(Severity::error, item.source, source->stop().message);
  }
  ready.push_back(std::move(item));
}

void ItemStream::State::open_archive(const File& file, std::unique_ptr<ArchiveReader> reader) {
  if (archives.size() >= options.max_depth)
    return complain(Severity::error, shown(file.path),
                    "It is an archive within " + std::to_string(archives.size()) +
                        " others, deeper than is allowed, and was skipped. Unpack it yourself if "
                        "you trust it, or raise --max-depth.");
  archives.push_back({file, std::move(reader), 0});
}

void ItemStream::State::open_entry() {
  OpenArchive& archive = archives.back();
  std::optional<std::string> name = archive.reader->next();
  if (!name) {
    const std::string source = shown(archive.file.path);
    if (archive.reader->stop())
      complain(Severity::error, source, archive.reader->stop().message);
    else if (archive.unknown > 0)
      complain(Severity::note, source,
               std::to_string(archive.unknown) + (archive.unknown == 1 ? " entry" : " entries") +
                   " with an unknown ending skipped.");
    archives.pop_back();
    return;
  }
  const std::string base = fs::path(*name).filename().string();
  const std::optional<Format> format = format_of_name(base);
  if (!format || base.empty() || base[0] == '.') {
    ++archive.unknown;
    return;
  }
  const File entry{
      archive.file.path / fs::path(*name).relative_path(),
      archive.file.id + "/" + fs::path(*name).relative_path().generic_string(),
      archive.file.container.empty() ? shown(archive.file.path) : archive.file.container};
  open_source(entry, options.format != Format::automatic ? options.format : *format,
              archive.reader->entry());
}

void ItemStream::State::read_pages() {
  std::string fault;
  std::optional<WarcPage> page = pages->next(fault);
  if (!fault.empty()) complain(Severity::error, shown(container.path), fault);
  if (!page) {
    if (pages->stop()) complain(Severity::error, shown(container.path), pages->stop().message);
    pages.reset();
    return;
  }
  if (page->bytes.empty()) return;
  Item item = make_item(container, pages->number());
  item.format = page->format;
  item.bytes = std::move(page->bytes);
  if (!page->url.empty()) item.id = page->url;
  item.url = std::move(page->url);
  item.charset = std::move(page->charset);
  ready.push_back(std::move(item));
}

ItemStream::ItemStream(InputSpec spec, ReadOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  if (spec.inputs.empty() && spec.files_from.empty())
    throw core::SetupError(
        "No input was named. Name files, folders or patterns, or - for standard input.");
  if (!state_->list_inputs(spec)) {
    std::string names;
    for (const core::Diagnostic& d : state_->pending) {
      if (names.size() > 300) {
        names += ", and others";
        break;
      }
      names += (names.empty() ? "" : ", ") + d.source;
    }
    throw core::SetupError(
        names.empty() ? "The list of inputs is empty. Write one file, folder or pattern a line."
                      : "Nothing that was named exists: " + names +
                            ". Check the spelling and the folder you are in.",
        core::ExitCode::broken_file);
  }
}

ItemStream::~ItemStream() = default;

std::vector<std::string> ItemStream::take_containers() {
  return std::exchange(state_->containers, {});
}

uint64_t ItemStream::total_bytes() const { return state_->total_bytes; }

std::optional<Item> ItemStream::next(core::Diagnostics& diagnostics) {
  State& s = *state_;
  while (s.ready.empty()) {
    if (s.lines) {
      s.read_lines();
    } else if (s.pages) {
      s.read_pages();
    } else if (!s.archives.empty()) {
      s.open_entry();
    } else if (s.next_file < s.files.size()) {
      s.open_file(s.files[s.next_file++]);
    } else if (s.next_input < s.inputs.size()) {
      s.open_input(s.inputs[s.next_input++]);
    } else {
      break;
    }
  }
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(s.pending.begin()),
                     std::make_move_iterator(s.pending.end()));
  s.pending.clear();
  if (s.ready.empty()) return std::nullopt;
  std::optional<Item> item = std::move(s.ready.front());
  s.ready.pop_front();
  return item;
}

}  // namespace weft::read
