// PNG by way of our own SVG, rendered by librsvg onto a cairo surface: one drawing serves both
// formats, and Pango inside librsvg shapes and finds fonts for every script, which drawing with
// cairo alone would leave to us. The library is loaded when the first picture is drawn: with the
// forty that it needs it would double the time in which every command starts. Cost: some 20 ns a
// pixel and 10 microseconds a shape. librsvg: gitlab.gnome.org/GNOME/librsvg.
#include "exporters/png.h"

#include <dlfcn.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/error.h"
#include "exporters/formats.h"
#include "exporters/svg_writer.h"

namespace weft::exporters {

namespace {

[[noreturn]] void fail(const std::string& what) {
  throw core::SetupError(
      "Can't draw the picture as PNG: " + what + ". Export it as SVG, which has no pixels.",
      core::ExitCode::broken_file);
}

/// The functions of librsvg and its kin that we call, found by name. Never unloaded: GLib can't be.
struct Library {
  Library() {
    // The names of its dependencies are found by the same handle.
    void* handle = ::dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    if (!handle) fail("librsvg is missing (install librsvg2-2)");
#define WEFT_FIND(function) function = find<decltype(function)>(handle, #function)
    WEFT_FIND(g_object_unref);
    WEFT_FIND(g_clear_error);
    WEFT_FIND(g_memory_input_stream_new_from_data);
    WEFT_FIND(rsvg_handle_new_from_stream_sync);
    WEFT_FIND(rsvg_handle_get_intrinsic_size_in_pixels);
    WEFT_FIND(rsvg_handle_render_document);
    WEFT_FIND(cairo_image_surface_create);
    WEFT_FIND(cairo_surface_destroy);
    WEFT_FIND(cairo_surface_write_to_png_stream);
    WEFT_FIND(cairo_create);
    WEFT_FIND(cairo_destroy);
    WEFT_FIND(cairo_set_source_rgb);
    WEFT_FIND(cairo_paint);
    WEFT_FIND(cairo_status_to_string);
#undef WEFT_FIND
  }

  decltype(&::g_object_unref) g_object_unref;
  decltype(&::g_clear_error) g_clear_error;
  decltype(&::g_memory_input_stream_new_from_data) g_memory_input_stream_new_from_data;
  decltype(&::rsvg_handle_new_from_stream_sync) rsvg_handle_new_from_stream_sync;
  decltype(&::rsvg_handle_get_intrinsic_size_in_pixels) rsvg_handle_get_intrinsic_size_in_pixels;
  decltype(&::rsvg_handle_render_document) rsvg_handle_render_document;
  decltype(&::cairo_image_surface_create) cairo_image_surface_create;
  decltype(&::cairo_surface_destroy) cairo_surface_destroy;
  decltype(&::cairo_surface_write_to_png_stream) cairo_surface_write_to_png_stream;
  decltype(&::cairo_create) cairo_create;
  decltype(&::cairo_destroy) cairo_destroy;
  decltype(&::cairo_set_source_rgb) cairo_set_source_rgb;
  decltype(&::cairo_paint) cairo_paint;
  decltype(&::cairo_status_to_string) cairo_status_to_string;

 private:
  template <class Function>
  static Function find(void* handle, const char* name) {
    void* found = ::dlsym(handle, name);
    if (!found) fail(std::string("librsvg is too old, it has no ") + name);
    return reinterpret_cast<Function>(found);
  }
};

const Library& library() {
  static const Library loaded;
  return loaded;
}

struct Free {
  void operator()(RsvgHandle* handle) const { library().g_object_unref(handle); }
  void operator()(GInputStream* stream) const { library().g_object_unref(stream); }
  void operator()(cairo_surface_t* surface) const { library().cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { library().cairo_destroy(context); }
};

std::unique_ptr<RsvgHandle, Free> parse(std::string_view svg) {
  const std::unique_ptr<GInputStream, Free> stream(library().g_memory_input_stream_new_from_data(
      svg.data(), static_cast<gssize>(svg.size()), nullptr));
  GError* error = nullptr;
  // "Unlimited" is about the size of texts, which here are our own.
  std::unique_ptr<RsvgHandle, Free> handle(library().rsvg_handle_new_from_stream_sync(
      stream.get(), nullptr, RSVG_HANDLE_FLAG_UNLIMITED, nullptr, &error));
  if (!handle) {
    const std::string why = error ? error->message : "it can't be read";
    library().g_clear_error(&error);
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
  if (!library().rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) ||
      !(width > 0) || !(height > 0))
    fail("it has no size");
  scale = std::min(scale, kMostPixels / std::max(width, height));
  const int columns = std::max(1, static_cast<int>(std::ceil(width * scale)));
  const int rows = std::max(1, static_cast<int>(std::ceil(height * scale)));
  const std::unique_ptr<cairo_surface_t, Free> surface(
      library().cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows));
  const std::unique_ptr<cairo_t, Free> context(library().cairo_create(surface.get()));
  library().cairo_set_source_rgb(context.get(), 1, 1, 1);
  library().cairo_paint(context.get());
  const RsvgRectangle whole{0, 0, static_cast<double>(columns), static_cast<double>(rows)};
  GError* error = nullptr;
  if (!library().rsvg_handle_render_document(handle.get(), context.get(), &whole, &error)) {
    const std::string why = error ? error->message : "it can't be rendered";
    library().g_clear_error(&error);
    fail(why);
  }
  std::string png;
  const cairo_status_t status =
      library().cairo_surface_write_to_png_stream(surface.get(), append, &png);
  if (status != CAIRO_STATUS_SUCCESS) fail(library().cairo_status_to_string(status));
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
