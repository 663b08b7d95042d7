// A body cut into its top-level blocks, each with its own bytes, and the bytes between them. Put together they are the
// body again, whatever it is. Lines that markdown-it makes nothing of (link definitions) are blocks without tokens.
import { reader } from './tokens.js';

// The lines: where each begins, and where its text ends, before the line end.
function linesOf(source) {
  const lines = [];
  const ends = /\r\n|\r|\n/g;
  let from = 0;
  for (let match = ends.exec(source); match; match = ends.exec(source)) {
    lines.push({ from, to: match.index });
    from = ends.lastIndex;
  }
  if (from < source.length) lines.push({ from, to: source.length });
  return lines;
}

// Tokens of one top-level block each.
function groupsOf(tokens) {
  const groups = [];
  for (let i = 0, begin = 0, depth = 0; i < tokens.length; i++) {
    depth += tokens[i].nesting;
    if (depth === 0) {
      groups.push(tokens.slice(begin, i + 1));
      begin = i + 1;
    }
  }
  return groups;
}

export function cut(source) {
  const lines = linesOf(source);
  const env = {};
  const blank = (line) => source.slice(lines[line].from, lines[line].to).trim() === '';
  const ranges = []; // of lines
  let at = 0;
  const add = (from, to, tokens) => {
    while (from < to && blank(from)) from++;
    while (to > from && blank(to - 1)) to--;
    if (from < to) ranges.push({ from, to, tokens });
  };
  for (const tokens of groupsOf(reader.parse(source, env))) {
    const [from, to] = tokens[0].map || [at, at];
    if (from < at || to > lines.length) continue; // what has no lines of its own is kept with what is around it
    add(at, from, null);
    add(from, to, tokens);
    at = to;
  }
  add(at, lines.length, null);
  const blocks = ranges.map(({ from, to, tokens }) => ({
    source: source.slice(lines[from].from, lines[to - 1].to),
    tokens,
    from: lines[from].from,
    to: lines[to - 1].to,
  }));
  const gaps = blocks.map(({ to }, i) => source.slice(to, i + 1 < blocks.length ? blocks[i + 1].from : source.length));
  return {
    blocks,
    gaps, // behind each block
    lead: source.slice(0, blocks.length > 0 ? blocks[0].from : source.length),
    references: env.references || {},
    feed: /\r\n|\r|\n/.exec(source)?.[0] || '\n',
  };
}
