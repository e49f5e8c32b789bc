// SVG as pixels.
#pragma once

#include <string>
#include <string_view>

namespace weft::exporters {

/// The picture as a PNG file, `scale` times its width and height but at most kMostPixels on its
/// longer side. The pixels depend on the fonts of the machine; one machine gives the same bytes
/// every time. Throws SetupError if there is not enough memory. Use by one thread at a time.
std::string png_of(std::string_view svg, double scale = 1.5);
inline constexpr int kMostPixels = 8000;

}  // namespace weft::exporters
