// Draws edges for sigma: straight, bent or looping lines with an arrow head, whose pattern tells how a fact is meant
// (solid: stated; dashes: planned; dashes and dots: called for; dots: possible) and whose ticks tell that it is denied.
// Each edge is one instance of a strip along a cubic Bézier curve; all measures are in pixels of the screen, so
// patterns look alike at every zoom. Reference: sigma's EdgeProgram; Bézier's formula as anywhere.
import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const UNIFORMS = ["u_matrix", "u_view", "u_sizeRatio", "u_pixelRatio"];
const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

const VERTEX = /* glsl */ `
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec4 a_shape;   // thickness, bend, radius of the source, radius of the target
attribute float a_style;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec3 a_along;   // place along the body or the head (0 to 1), side (-1 or 1), 1 in the head

uniform mat3 u_matrix;
uniform vec2 u_view;
uniform float u_sizeRatio;
uniform float u_pixelRatio;

varying vec4 v_color;
varying vec2 v_at;        // pixels along the curve, pixels beside it
varying vec3 v_lengths;   // of the whole curve, hidden by the source, hidden by the target
varying float v_thickness;
varying float v_style;

vec2 onScreen(vec2 p) { return (u_matrix * vec3(p, 1.0)).xy * u_view * 0.5; }

void main() {
  if (a_shape.x <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec2 p = onScreen(a_start), q = onScreen(a_end);
  float sourceRadius = a_shape.z / u_sizeRatio, targetRadius = a_shape.w / u_sizeRatio;
  vec2 chord = q - p;
  float far = length(chord);
  vec2 c1, c2;
  float whole;
  if (far < 0.5) {        // from a node to itself
    float reach = sourceRadius * 3.0 + 14.0 + abs(a_shape.y) * 60.0;
    c1 = p + vec2(-reach * 0.8, reach);
    c2 = p + vec2(reach * 0.8, reach);
    whole = reach * 2.3;
  } else {
    vec2 aside = vec2(-chord.y, chord.x) * a_shape.y;
    c1 = p + chord / 3.0 + aside * 0.667;
    c2 = p + chord * 0.667 + aside * 0.667;
    whole = (far + length(c1 - p) + length(c2 - c1) + length(q - c2)) * 0.5;
  }
  float thickness = max(a_shape.x / sqrt(u_sizeRatio), 1.0);
  bool denied = mod(floor(a_style / 4.0), 2.0) > 0.5, arrow = a_style < 7.5;
  float headLength = arrow ? 4.0 + 1.8 * thickness : 0.0;
  // The strip is only as wide as what is drawn in it: every pixel of it costs.
  float reach = thickness * 0.5 + 1.0;
  if (denied) reach = 6.0;
  if (arrow && a_along.z > 0.5) reach = max(reach, 2.8 + 0.9 * thickness);
  #ifdef PICKING_MODE
  reach = max(thickness * 0.5, 4.5);
  #endif
  float neck = clamp((whole - targetRadius - 1.0 - headLength) / max(whole, 1.0), 0.0, 1.0);
  float t = a_along.z > 0.5 ? mix(neck, 1.0, a_along.x) : neck * a_along.x, u = 1.0 - t;
  vec2 at = u * u * u * p + 3.0 * u * u * t * c1 + 3.0 * u * t * t * c2 + t * t * t * q;
  vec2 tangent = normalize(3.0 * u * u * (c1 - p) + 6.0 * u * t * (c2 - c1) + 3.0 * t * t * (q - c2) + vec2(1e-5));
  vec2 place = at + vec2(-tangent.y, tangent.x) * a_along.y * reach;
  gl_Position = vec4(place / (u_view * 0.5), 0.0, 1.0);
  v_at = vec2(t * whole, a_along.y * reach);
  v_lengths = vec3(whole, sourceRadius, targetRadius);
  v_thickness = thickness;
  v_style = a_style;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying vec3 v_lengths;
varying float v_thickness;
varying float v_style;
uniform float u_pixelRatio;

// 1 inside the stretch from a to b of a pattern that repeats, with soft ends.
float stretch(float at, float a, float b) {
  return smoothstep(a - 0.6, a + 0.4, at) * (1.0 - smoothstep(b - 0.4, b + 0.6, at));
}

void main() {
  float modality = mod(v_style, 4.0);
  bool denied = mod(floor(v_style / 4.0), 2.0) > 0.5;
  bool arrow = v_style < 7.5;
  float tip = v_lengths.x - v_lengths.z - 1.0;
  float headLength = arrow ? 4.0 + 1.8 * v_thickness : 0.0;
  float headHalf = 1.8 + 0.9 * v_thickness;
  float s = v_at.x, beside = abs(v_at.y);
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float soft = 0.7 / u_pixelRatio;
  float half_ = v_thickness * 0.5;
  float cover;
  if (s > tip - headLength) {
    float allowed = headHalf * (tip - s) / max(headLength, 0.001);
    cover = arrow ? 1.0 - smoothstep(allowed - soft, allowed + soft, beside) : 0.0;
    if (s > tip) cover = 0.0;
    if (!arrow && s <= tip) cover = 1.0 - smoothstep(half_ - soft, half_ + soft, beside);
  } else {
    cover = 1.0 - smoothstep(half_ - soft, half_ + soft, beside);
    float d = s - v_lengths.y;
    if (modality > 2.5) cover *= stretch(mod(d, 6.0), 0.5, 2.5);                                       // possible
    else if (modality > 1.5) cover *= max(stretch(mod(d, 18.0), 0.5, 9.0), stretch(mod(d, 18.0), 12.5, 14.5));   // called for
    else if (modality > 0.5) cover *= stretch(mod(d, 13.0), 0.5, 8.5);                                 // planned
    if (denied) {
      float tick = stretch(mod(d, 16.0), 7.0, 8.6) * (1.0 - smoothstep(4.5, 5.5, beside));
      cover = max(cover, tick);
    }
  }
  float alpha = v_color.a * cover;
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
  #endif
}
`;

const MODALITY_NUMBER = { asserted: 0, planned: 1, directive: 2, possible: 3 };

/** The number by which the shaders know how a fact is drawn. */
export function edgeStyle(modality, negated, symmetric) {
  return MODALITY_NUMBER[modality] + (negated ? 4 : 0) + (symmetric ? 8 : 0);
}

export const withoutArrow = (style) => (style < 8 ? style + 8 : style);

export function createEdgeProgram(steps) {
  const along = [];
  for (let i = 0; i <= steps; ++i) along.push([i / steps, -1, 0], [i / steps, 1, 0]);
  along.push([0, -1, 1], [0, 1, 1], [1, -1, 1], [1, 1, 1]);
  return class extends EdgeProgram {
    getDefinition() {
      return {
        VERTICES: along.length,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP,
        UNIFORMS,
        ATTRIBUTES: [
          { name: "a_start", size: 2, type: FLOAT },
          { name: "a_end", size: 2, type: FLOAT },
          { name: "a_shape", size: 4, type: FLOAT },
          { name: "a_style", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_along", size: 3, type: FLOAT }],
        CONSTANT_DATA: along,
      };
    }

    processVisibleItem(id, offset, source, target, data) {
      const values = [source.x, source.y, target.x, target.y, data.size, data.bend, source.size, target.size, data.style];
      for (const value of values) this.array[offset++] = value;
      this.array[offset++] = floatColor(data.color);
      this.array[offset++] = id;
    }

    setUniforms(params, { gl, uniformLocations }) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform2f(uniformLocations.u_view, params.width, params.height);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
    }
  };
}
