/* The graph of records, and what can be asked of it: finding records, filtering, ways. Knows nothing of the page. */

export const FORMAT = "waymark-explorer-1";

/** Words as they are compared: small letters without accents. */
const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * @typedef {{at: number, id: string, kind: string, name: string, names: string[], address: string, x: number, y: number, links: Link[]}} Node
 * @typedef {{at: number, source: Node, target: Node, relation: string}} Link
 * @typedef {{link: Link, from: Node, to: Node}} Step  One link of a path, walked in either direction.
 */
export class Connections {
  /** @param data What graph.json holds; `waymark/explorer.py` describes it. */
  constructor(data) {
    if (data.format !== FORMAT) throw new Error(`graph.json is of the format ${data.format}, not ${FORMAT}`);
    /** @type {string[]} */
    this.kinds = data.kinds.map(([name]) => name);
    /** Words of a relation from the one that states it, and from the other end. */
    this.words = new Map(data.relations.map(([name, forward, backward]) => [name, { forward, backward }]));
    /** @type {Node[]} */
    this.nodes = data.nodes.map(([id, kind, name, names, address, x, y], at) => ({ at, id, kind: this.kinds[kind], name, names, address, x, y, links: [] }));
    /** @type {Link[]} */
    this.links = data.edges.map(([source, target, relation], at) => ({
      at, source: this.nodes[source], target: this.nodes[target], relation: data.relations[relation][0],
    }));
    for (const link of this.links) {
      link.source.links.push(link);
      if (link.target !== link.source) link.target.links.push(link);
    }
    this.byId = new Map(this.nodes.map((node) => [node.id, node]));
    this._spelt = this.nodes.map((node) => [node.name, ...node.names].map(folded));
  }

  /** Records whose name or other name holds all the words: those that begin with them first, then by name. */
  find(words) {
    const wanted = folded(words).trim();
    if (!wanted) return [];
    const parts = wanted.split(/\s+/);
    const rank = (spelt) => {
      if (spelt === wanted) return 0;
      if (spelt.startsWith(wanted)) return 1;
      if (parts.every((part) => ` ${spelt.replace(/[^\p{L}\p{N}]+/gu, " ")}`.includes(` ${part}`))) return 2;
      return parts.every((part) => spelt.includes(part)) ? 3 : 4;
    };
    return this.nodes
      .map((node) => ({ node, rank: Math.min(...this._spelt[node.at].map(rank)) }))
      .filter((each) => each.rank < 4)
      .sort((one, other) => one.rank - other.rank || one.node.name.localeCompare(other.node.name, "en"))
      .map((each) => each.node);
  }

  /**
   * What is shown: records of the wanted kinds, those that are `kept` whatever their kind, and the wanted links between them.
   *
   * @param {Set<string>} kinds
   * @param {Set<string>} relations
   * @param {Node[]} kept
   */
  shown(kinds, relations, kept) {
    const isKept = new Set(kept);
    const nodes = new Set(this.nodes.filter((node) => kinds.has(node.kind) || isKept.has(node)));
    const links = new Set(this.links.filter((link) => relations.has(link.relation) && nodes.has(link.source) && nodes.has(link.target)));
    return { nodes, links };
  }

  /**
   * The shortest path over the given links, in either direction; null if there is none, empty from a record to itself.
   *
   * @param {Node} from
   * @param {Node} to
   * @param {Set<Link>} links
   * @returns {Step[] | null}
   */
  path(from, to, links) {
    const reachedBy = new Map([[from, null]]);
    for (let front = [from]; front.length && !reachedBy.has(to); ) {
      const next = [];
      for (const node of front) {
        for (const link of node.links) {
          const other = otherEnd(link, node);
          if (!links.has(link) || reachedBy.has(other)) continue;
          reachedBy.set(other, { link, from: node, to: other });
          next.push(other);
        }
      }
      front = next;
    }
    if (!reachedBy.has(to)) return null;
    const steps = [];
    for (let step = reachedBy.get(to); step; step = reachedBy.get(step.from)) steps.unshift(step);
    return steps;
  }

  /** What a link is called when it is read from one of its ends. */
  wordsFrom(link, node) {
    const { forward, backward } = this.words.get(link.relation);
    return link.source === node ? forward : backward;
  }
}

/** The end of a link that is not this node. */
export const otherEnd = (link, node) => (link.source === node ? link.target : link.source);
