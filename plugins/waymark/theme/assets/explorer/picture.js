/* The picture: sigma draws it with WebGL. What is to be seen is decided in page.js. */

import { EdgeArrowProgram, EdgeLineProgram, Graph, Sigma, NodeProgram, floatColor } from "./vendor/sigma.js";

const SHAPES = ["circle", "square", "diamond", "triangle"];
const SHORT = 34; // letters of a name that stand beside a point,
const SHORTER = 18; // and on a narrow stage
const NARROW = 500; // pixels
const ROOMY = 600; // points, up to which all have their full size
const MANY = 8000; // links, from which only the points are drawn while the picture moves
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

const VERTEX_SHADER = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;

void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = a_size / u_sizeRatio * u_pixelRatio * 2.4;
  v_pixel = 2.0 / gl_PointSize;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT_SHADER = `
precision mediump float;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;

// How far a place is outside the shape; below zero it is inside.
float outside(vec2 at) {
  if (v_shape < 0.5) return length(at) - 0.82;
  if (v_shape < 1.5) return max(abs(at.x), abs(at.y)) - 0.72;
  if (v_shape < 2.5) return (abs(at.x) + abs(at.y)) * 0.75 - 0.74;
  return max(abs(at.x) * 0.87 - at.y * 0.5 - 0.4, at.y - 0.72);
}

void main(void) {
  float far = outside(gl_PointCoord * 2.0 - 1.0);
  #ifdef PICKING_MODE
  if (far > 0.0) discard;
  gl_FragColor = v_color;
  #else
  gl_FragColor = mix(v_color, vec4(0.0), smoothstep(-v_pixel, v_pixel, far));
  #endif
}`;

/** Draws each node in one of the four shapes, so that kinds are not told by colour alone. */
class ShapeProgram extends NodeProgram {
  getDefinition() {
    const { FLOAT, POINTS, UNSIGNED_BYTE } = WebGLRenderingContext;
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX_SHADER,
      FRAGMENT_SHADER_SOURCE: FRAGMENT_SHADER,
      METHOD: POINTS,
      UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(id, start, node) {
    this.array.set([node.x, node.y, node.size, SHAPES.indexOf(node.shape), floatColor(node.color), id], start);
  }

  setUniforms({ sizeRatio, pixelRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}

const shortened = (name, most) => (name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name);

/** The graph as the drawing library wants it; keys are places in the lists. */
function drawable(connections, shapeOf, most) {
  const graph = new Graph({ multi: true, type: "directed" });
  const scale = Math.min(1, Math.sqrt(ROOMY / connections.nodes.length)); // many points are small ones
  for (const node of connections.nodes) {
    const size = scale * (3 + Math.min(Math.sqrt(node.links.length) * 1.2, 9));
    graph.addNode(node.at, { x: node.x, y: node.y, size, label: shortened(node.name, most), full: `${node.name} (${node.kind})`, shape: shapeOf(node.kind), type: "shape" });
  }
  for (const link of connections.links) graph.addDirectedEdgeWithKey(link.at, link.source.at, link.target.at);
  return graph;
}

/** The name beside a point, with an edge in the colour of the ground so that lines do not cross it out. */
function drawLabel(colours, context, data, { labelSize: size, labelFont: font }) {
  if (!data.label) return;
  const [left, base] = [data.x + data.size + 4, data.y + size / 3];
  context.font = `${size}px ${font}`;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = colours.ground;
  context.strokeText(data.label, left, base);
  context.fillStyle = colours.text;
  context.fillText(data.label, left, base);
}

/** The label of the point under the mouse, on a ground of its own. */
function drawHover(colours, context, data, settings) {
  const { labelSize: size, labelFont: font } = settings;
  context.font = `600 ${size}px ${font}`;
  const wide = context.measureText(data.full).width + 12;
  const left = Math.max(2, Math.min(data.x + data.size + 4, context.canvas.clientWidth - wide - 2));
  context.beginPath();
  context.arc(data.x, data.y, data.size + 4, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = colours.strong;
  context.stroke();
  context.fillStyle = colours.ground;
  context.fillRect(left, data.y - size, wide, size * 2);
  context.lineWidth = 1;
  context.strokeRect(left, data.y - size, wide, size * 2);
  context.fillStyle = colours.text;
  context.fillText(data.full, left + 6, data.y + size / 3);
}

/**
 * Draws the graph on the stage. Throws where the browser has no WebGL.
 *
 * @param {HTMLElement} stage
 * @param {import("./graph.js").Connections} connections
 * @param {(kind: string) => string} shapeOf
 * @param {() => Record<string, any>} readColours
 * @param {(node: object) => void} choose Called when a point is clicked or touched.
 */
export function draw(stage, connections, shapeOf, readColours, choose) {
  let colours = readColours();
  /** What is to be seen: `nodes` and `links`, and of these the `bold` ones, or null if all are alike. */
  let view = { nodes: new Set(connections.nodes), links: new Set(), boldNodes: null, boldLinks: new Set(), named: false };

  const nodeReducer = (key, data) => {
    const node = connections.nodes[key];
    if (!view.nodes.has(node)) return { ...data, hidden: true };
    const isFaded = view.boldNodes && !view.boldNodes.has(node);
    if (isFaded) return { ...data, color: colours.faded, size: data.size * 0.6, label: null, zIndex: 0 };
    return { ...data, color: colours.kinds[node.kind], forceLabel: Boolean(view.boldNodes) && view.boldNodes.size < 40, zIndex: 1 };
  };
  const edgeReducer = (key, data) => {
    const link = connections.links[key];
    if (!view.links.has(link)) return { ...data, hidden: true };
    if (!view.boldLinks.has(link)) return { ...data, type: "thin", size: 1, color: view.boldNodes ? colours.faintLine : colours.line, zIndex: 0 };
    const label = view.named ? connections.words.get(link.relation).forward.toLowerCase() : "";
    return { ...data, type: "bold", size: 2.5, color: colours.accent, label, forceLabel: view.named, zIndex: 1 };
  };

  const sigma = new Sigma(drawable(connections, shapeOf, stage.clientWidth < NARROW ? SHORTER : SHORT), stage, {
    nodeProgramClasses: { shape: ShapeProgram },
    edgeProgramClasses: { thin: EdgeLineProgram, bold: EdgeArrowProgram }, // drawn in this order
    defaultNodeType: "shape",
    defaultEdgeType: "thin",
    defaultDrawNodeLabel: (...args) => drawLabel(colours, ...args),
    defaultDrawNodeHover: (...args) => drawHover(colours, ...args),
    nodeReducer,
    edgeReducer,
    zIndex: true,
    allowInvalidContainer: true, // on paper the stage has no size
    renderEdgeLabels: true,
    labelFont: getComputedStyle(stage).fontFamily,
    labelSize: 13,
    edgeLabelColor: { color: colours.text },
    edgeLabelSize: 12,
    labelRenderedSizeThreshold: 8,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    hideEdgesOnMove: connections.links.length > MANY,
    hideLabelsOnMove: connections.links.length > MANY,
    stagePadding: 24,
  });
  sigma.on("clickNode", ({ node }) => choose(connections.nodes[node]));
  sigma.on("enterNode", () => stage.classList.add("wm-pointing"));
  sigma.on("leaveNode", () => stage.classList.remove("wm-pointing"));

  const camera = sigma.getCamera();
  const turnTo = (state) => {
    if (CALM.matches) camera.setState(state);
    else camera.animate(state, { duration: 300 });
  };
  const zoom = (factor) => turnTo({ ratio: camera.getBoundedRatio(camera.ratio * factor) });
  const move = (right, down) => turnTo({ x: camera.x + right * camera.ratio, y: camera.y - down * camera.ratio });
  const whole = () => turnTo({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });

  const keys = {
    ArrowLeft: () => move(-0.15, 0), ArrowRight: () => move(0.15, 0), ArrowUp: () => move(0, -0.15), ArrowDown: () => move(0, 0.15),
    "+": () => zoom(1 / 1.5), "=": () => zoom(1 / 1.5), "-": () => zoom(1.5), 0: whole,
  };
  stage.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });

  return {
    show(next) {
      view = next;
      sigma.refresh();
    },
    recolour() {
      colours = readColours();
      sigma.setSetting("edgeLabelColor", { color: colours.text });
      sigma.refresh();
    },
    closer: () => zoom(1 / 1.5),
    further: () => zoom(1.5),
    whole,
    /** Moves so that these nodes fill the stage. */
    lookAt(nodes) {
      const places = [...nodes].map((node) => sigma.getNodeDisplayData(node.at)).filter(Boolean);
      if (!places.length) return;
      const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
      const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
      const width = (values) => Math.max(...values) - Math.min(...values);
      turnTo({ x: middle(xs), y: middle(ys), ratio: Math.min(1, Math.max(0.15, width(xs) * 1.7, width(ys) * 1.3)), angle: 0 });
    },
  };
}
