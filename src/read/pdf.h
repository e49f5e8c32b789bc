// The text of a PDF file, by pdftotext (poppler-utils) in a process of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft::read {

struct PdfLimits {
  unsigned seconds = 60;
  uint64_t memory = 1u << 30;  // bytes of address space
  uint64_t max_text = 4u << 20;
};

/// False with a sentence in `fault` if there is no pdftotext, or it failed or ran into a limit.
/// Safe to call from any number of threads.
bool pdf_text(std::string_view pdf, const PdfLimits& limits, std::string& text, std::string& fault);

}  // namespace weft::read
