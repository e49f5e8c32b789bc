#include <zlib.h>

#include <cstdio>
#include <cstdlib>

#include "read/reading.h"

using namespace reading;

namespace {

std::string warc_record(const std::string& type, const std::string& uri,
                        const std::string& content_type, const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + uri +
         "\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string response(const std::string& headers, const std::string& body) {
  return "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body;
}

/// One entry of a ustar archive.
std::string tar_entry(const std::string& name, const std::string& bytes) {
  std::string head(512, '\0');
  head.replace(0, name.size(), name);
  const auto octal = [&](size_t at, int width, uint64_t value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%0*llo", width, static_cast<unsigned long long>(value));
    head.replace(at, static_cast<size_t>(width), buffer);
  };
  octal(100, 7, 0644);
  octal(108, 7, 0);
  octal(116, 7, 0);
  octal(124, 11, bytes.size());
  octal(136, 11, 0);
  head[156] = '0';
  head.replace(257, 5, "ustar");
  head.replace(263, 2, "00");
  uint64_t sum = 8 * ' ';
  for (size_t i = 0; i < head.size(); ++i)
    if (i < 148 || i >= 156) sum += static_cast<unsigned char>(head[i]);
  octal(148, 6, sum);
  head[155] = ' ';
  return head + bytes + std::string((512 - bytes.size() % 512) % 512, '\0');
}

std::string tar(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out;
  for (const auto& [name, bytes] : entries) out += tar_entry(name, bytes);
  return out + std::string(1024, '\0');
}

std::string pdf(const std::string& text) {
  const std::string stream = "BT /F1 12 Tf 40 700 Td (" + text + ") Tj ET";
  return "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj "
         "<</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 "
         "0 "
         "4000 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj\n4 0 obj <</Length " +
         std::to_string(stream.size()) + ">> stream\n" + stream +
         "\nendstream endobj\n5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> "
         "endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";
}

std::string ids(const Result& result) {
  std::string out;
  for (const doc::Document& d : result.documents) out += d.meta.id + " ";
  return out;
}

}  // namespace

TEST_CASE("WET: one page a record, gzip member after gzip member") {
  std::string file = gzip(warc_record("warcinfo", "", "application/warc-fields", "software: x"));
  for (const char* page : {"http://a.example/1", "http://b.example/2"})
    file += gzip(warc_record("conversion", page, "text/plain", kProse + " " + page));
  const Result result = read_bytes(file, "crawl.warc.wet.gz");
  CHECK(result.all() == "");
  REQUIRE(result.documents.size() == 2);
  CHECK(result.documents[1].meta.id == "http://b.example/2");
  CHECK(result.documents[1].meta.url == "http://b.example/2");
  CHECK(result.documents[1].meta.path.ends_with("crawl.warc.wet.gz:3"));
  CHECK(result.documents[0].text == kProse + " http://a.example/1");
}

TEST_CASE("WARC: responses with HTML or text, chunks and gzip undone, the rest passed over") {
  const std::string html = "<html><title>Quay</title><body><p>" + kProse + "</p></body></html>";
  char size[16];
  std::snprintf(size, sizeof size, "%zx\r\n", html.size());
  std::string latin = kProse + " caf\xE9";
  const std::string file =
      warc_record("request", "http://a.example/", "application/http", "GET / HTTP/1.1\r\n\r\n") +
      warc_record("response", "http://a.example/", "application/http; msgtype=response",
                  response("Content-Type: text/html\r\n", html)) +
      warc_record("response", "http://chunks.example/", "application/http;msgtype=response",
                  response("content-type: text/html\r\nTransfer-Encoding: chunked\r\n",
                           size + html + "\r\n0\r\n\r\n")) +
      warc_record("response", "http://packed.example/", "application/http;msgtype=response",
                  response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip(html))) +
      warc_record("response", "http://latin.example/", "application/http;msgtype=response",
                  response("Content-Type: text/plain; charset=ISO-8859-1\r\n", latin)) +
      warc_record("response", "http://picture.example/", "application/http;msgtype=response",
                  response("Content-Type: image/png\r\n", "\x89PNG")) +
      warc_record("response", "http://gone.example/", "application/http;msgtype=response",
                  "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + html);
  const Result result = read_bytes(file, "crawl.warc");
  CHECK(result.all() == "");
  CHECK(ids(result) ==
        "http://a.example/ http://chunks.example/ http://packed.example/ http://latin.example/ ");
  REQUIRE(result.documents.size() == 4);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(result.documents[i].meta.title == "Quay");
    CHECK(result.documents[i].text == result.documents[0].text);
  }
  CHECK(result.documents[3].text.ends_with("caf\xC3\xA9"));
}

TEST_CASE("a WARC file that is damaged loses the damaged records only") {
  const std::string good = warc_record("conversion", "http://a.example/", "text/plain", kProse);
  const auto read = [&](const std::string& bytes) { return read_bytes(bytes, "x.warc"); };
  {
    const Result result =
        read(good + "garbage\n\n<html>\n" + good + "WARC/1.0\r\nNo: length\r\n\r\n" + good);
    CHECK(result.documents.size() == 3);
    CHECK(result.says("x.warc", "stands before record 2."));
    CHECK(result.says("x.warc", "damaged header"));
  }
  {
    const Result result = read(good + good.substr(0, good.size() - 40));
    CHECK(result.documents.size() == 1);
    CHECK(result.says("x.warc", "cut off"));
  }
  {
    const Result result = read(
        good + warc_record("conversion", "u", "text/plain", std::string(5u << 20, 'x')) + good);
    CHECK(result.documents.size() == 2);
    CHECK(result.says("x.warc", "longer than"));
  }
  {
    const Result result =
        read("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 18446744073709551615\r\n\r\nx");
    CHECK(result.documents.empty());
    CHECK(result.diagnostics.size() == 1);
  }
}

TEST_CASE("tar archives: documents of every format, by the names of their entries") {
  const std::string bytes =
      tar({{"folder/a.txt", kProse},
           {"folder/b.html", "<html><body><p>" + kProse + "</p></body></html>"},
           {"c.txt.gz", gzip(kProse + " Packed.")},
           {"d.jsonl",
            "{\"id\": \"own\", \"text\": \"" + kProse + "\"}\n{\"text\": \"" + kProse + "\"}\n"},
           {"e.warc", warc_record("conversion", "http://a.example/", "text/plain", kProse)},
           {"../../etc/passwd.txt", kProse},
           {"picture.png", "\x89PNG"},
           {".hidden.txt", kProse}});
  for (const auto& [name, packed] : {std::pair<std::string, std::string>{"x.tar", bytes},
                                     {"x.tar.gz", gzip(bytes)},
                                     {"x.tar.zst", zstd(bytes)}}) {
    const Result result = read_bytes(packed, name);
    CAPTURE(name);
    CHECK(ids(result) == name + "/folder/a.txt " + name + "/folder/b.html " + name +
                             "/c.txt.gz own " + name + "/d.jsonl:2 http://a.example/ " + name +
                             "/../../etc/passwd.txt ");
    CHECK(result.says(name, "2 entries with an unknown ending"));
  }
}

TEST_CASE("archives within archives, to a depth") {
  std::string bytes = tar({{"a.txt", kProse}});
  for (int i = 0; i < 2; ++i) bytes = tar({{"in.tar.gz", gzip(bytes)}, {"b.txt", kProse}});
  const Result result = read_bytes(bytes, "x.tar");
  CHECK(ids(result) == "x.tar/in.tar.gz/in.tar.gz/a.txt x.tar/in.tar.gz/b.txt x.tar/b.txt ");
  const Result deeper = read_bytes(tar({{"in.tar", bytes}}), "x.tar");
  CHECK(ids(deeper) == "x.tar/in.tar/in.tar.gz/b.txt x.tar/in.tar/b.txt ");
  CHECK(deeper.says("in.tar.gz", "--max-depth"));
}

TEST_CASE("archives that are bombs or damaged end with a sentence") {
  read::ReadOptions options;
  options.max_document_bytes = 1u << 30;
  const std::string zeros = tar({{"a.txt", kProse}, {"zeros.txt", std::string(40u << 20, ' ')}});
  {
    options.max_ratio = 100;
    const Result result = read_bytes(gzip(zeros), "x.tar.gz", options);
    CHECK(result.documents.size() == 1);
    CHECK(result.all().find("bomb") != std::string::npos);
  }
  {
    options.max_ratio = 1000000;
    options.max_unpacked_bytes = 1u << 20;
    const Result result = read_bytes(gzip(zeros), "x.tar.gz", options);
    CHECK(result.all().find("--max-unpacked") != std::string::npos);
  }
  const std::string good = gzip(tar({{"a.txt", kProse}, {"b.txt", kProse}}));
  for (size_t n = 0; n < good.size(); n += 7) {
    CHECK(read_bytes(good.substr(0, n), "x.tar.gz").documents.size() <= 2);
    std::string flipped = good;
    flipped[n] = static_cast<char>(flipped[n] ^ 0x55);
    CHECK(read_bytes(flipped, "x.tar.gz").documents.size() <= 2);
  }
}

TEST_CASE("PDF files through pdftotext") {
  if (std::system("command -v pdftotext > /dev/null") != 0) {
    MESSAGE("skipped: pdftotext is not installed");
    return;
  }
  const Result result = read_bytes(pdf(kProse), "a.pdf");
  CHECK(result.all() == "");
  REQUIRE(result.documents.size() == 1);
  CHECK(result.documents[0].text.find("harbour council said on Monday") != std::string::npos);
  CHECK(read_bytes(tar({{"a.pdf", pdf(kProse)}}), "x.tar").documents.size() == 1);
  CHECK(read_bytes(gzip(pdf(kProse)), "a.pdf.gz").documents.size() == 1);
  CHECK(read_bytes("%PDF-1.4 and then nothing of the kind", "a.pdf")
            .says("a.pdf", "pdftotext can't read it"));
  CHECK(read_bytes(pdf(""), "a.pdf").says("a.pdf", "without text"));
  read::ReadOptions options;
  options.pdf_seconds = 0;
  CHECK(read_bytes(pdf(kProse), "a.pdf", options).says("a.pdf", "was stopped"));
}
