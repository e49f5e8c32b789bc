// PNG by way of our own SVG, rendered by librsvg onto a cairo surface: one drawing serves both
// formats, and Pango inside librsvg shapes and finds fonts for every script, which drawing with
// cairo alone would leave to us. Cost: some 20 ns a pixel and 10 microseconds a shape.
// librsvg: gitlab.gnome.org/GNOME/librsvg.
#include "exporters/png.h"

#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/error.h"
#include "exporters/formats.h"
#include "exporters/svg_writer.h"

namespace weft::exporters {

namespace {

struct Free {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(GInputStream* stream) const { g_object_unref(stream); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

[[noreturn]] void fail(const std::string& what) {
  throw core::SetupError(
      "Can't draw the picture as PNG: " + what + ". Export it as SVG, which has no pixels.",
      core::ExitCode::broken_file);
}

std::unique_ptr<RsvgHandle, Free> parse(std::string_view svg) {
  const std::unique_ptr<GInputStream, Free> stream(
      g_memory_input_stream_new_from_data(svg.data(), static_cast<gssize>(svg.size()), nullptr));
  GError* error = nullptr;
  // "Unlimited" is about the size of texts, which here are our own.
  std::unique_ptr<RsvgHandle, Free> handle(rsvg_handle_new_from_stream_sync(
      stream.get(), nullptr, RSVG_HANDLE_FLAG_UNLIMITED, nullptr, &error));
  if (!handle) {
    const std::string why = error ? error->message : "it can't be read";
    g_clear_error(&error);
    fail(why);
  }
  return handle;
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string png_of(std::string_view svg, double scale) {
  const auto handle = parse(svg);
  double width = 0, height = 0;
  if (!rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) || !(width > 0) ||
      !(height > 0))
    fail("it has no size");
  scale = std::min(scale, kMostPixels / std::max(width, height));
  const int columns = std::max(1, static_cast<int>(std::ceil(width * scale)));
  const int rows = std::max(1, static_cast<int>(std::ceil(height * scale)));
  const std::unique_ptr<cairo_surface_t, Free> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows));
  const std::unique_ptr<cairo_t, Free> context(cairo_create(surface.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  const RsvgRectangle whole{0, 0, static_cast<double>(columns), static_cast<double>(rows)};
  GError* error = nullptr;
  if (!rsvg_handle_render_document(handle.get(), context.get(), &whole, &error)) {
    const std::string why = error ? error->message : "it can't be rendered";
    g_clear_error(&error);
    fail(why);
  }
  std::string png;
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &png);
  if (status != CAIRO_STATUS_SUCCESS) fail(cairo_status_to_string(status));
  return png;
}

Summary write_png(const graph::Graph& graph, const schema::Ontology& ontology,
                  const Options& options, core::OutputFile& file) {
  const Svg svg = graph_svg(graph, ontology, options.looks);
  file.write(png_of(svg.text));
  Summary summary;
  summary.nodes = svg.nodes;
  summary.edges = svg.edges;
  summary.replaced_characters = svg.replaced_characters;
  return summary;
}

}  // namespace weft::exporters
