// Blocks of Markdown as nodes of the editor. A block that the editor does not know, or that it could not write again
// so that a page shows the same, becomes a node `source` with the block's bytes.
import { MarkdownParser } from 'prosemirror-markdown';
import { cut } from './blocks.js';
import { schema } from './schema.js';
import { htmlOf } from './tokens.js';
import { writeNode } from './write.js';

const tight = (tokens, i) => {
  while (++i < tokens.length) if (tokens[i].type !== 'list_item_open') return tokens[i].hidden;
  return true;
};

const parser = new MarkdownParser(schema, { parse: (tokens) => tokens }, {
  paragraph: { block: 'paragraph' },
  heading: { block: 'heading', getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  blockquote: { block: 'blockquote' },
  bullet_list: { block: 'bullet_list', getAttrs: (token, tokens, i) => ({ tight: tight(tokens, i), bullet: token.markup }) },
  ordered_list: {
    block: 'ordered_list',
    getAttrs: (token, tokens, i) => ({ tight: tight(tokens, i), order: Number(token.attrGet('start') ?? 1) }),
  },
  list_item: { block: 'list_item' },
  code_block: { block: 'code_block', noCloseToken: true },
  fence: { block: 'code_block', getAttrs: (token) => ({ params: token.info }), noCloseToken: true },
  hr: { node: 'horizontal_rule' },
  image: {
    node: 'image',
    getAttrs: (token) => ({ src: token.attrGet('src'), alt: altOf(token), title: token.attrGet('title') || null }),
  },
  verbatim: { node: 'verbatim', getAttrs: (token) => ({ markup: token.markup, shown: token.content }) },
  hardbreak: { node: 'hard_break' },
  em: { mark: 'em' },
  strong: { mark: 'strong' },
  s: { mark: 'strike' },
  link: { mark: 'link', getAttrs: (token) => ({ href: token.attrGet('href'), title: token.attrGet('title') || null }) },
  code_inline: { mark: 'code', noCloseToken: true },
});

const known = new Set(['inline', 'text', 'fence', 'code_block', 'hr', 'image', 'verbatim', 'hardbreak', 'code_inline',
  ...['paragraph', 'heading', 'blockquote', 'bullet_list', 'ordered_list', 'list_item', 'em', 'strong', 's', 'link']
    .flatMap((name) => [`${name}_open`, `${name}_close`])]);

const allKnown = (tokens) => tokens.every((token) => known.has(token.type) &&
  (token.type === 'image' ? token.children.every((child) => child.type.startsWith('text')) : !token.children || allKnown(token.children)));

const altOf = (token) => token.children.map((child) => child.content).join('');

// A paragraph that is one picture, perhaps within a link: docs/markdown.md, "Pictures" and "Films".
function figureOf(tokens) {
  if (tokens.length !== 3 || tokens[0].type !== 'paragraph_open') return null;
  let inside = tokens[1].children;
  let href = null;
  if (inside.length === 3 && inside[0].type === 'link_open' && !inside[0].attrGet('title')) {
    href = inside[0].attrGet('href');
    inside = inside.slice(1, 2);
  }
  if (inside.length !== 1 || inside[0].type !== 'image') return null;
  const words = inside[0].attrGet('title') || '';
  const bar = words.lastIndexOf('|');
  return schema.nodes.figure.create({
    src: inside[0].attrGet('src'),
    alt: altOf(inside[0]),
    caption: (bar < 0 ? words : words.slice(0, bar)).trim(),
    credit: bar < 0 ? '' : words.slice(bar + 1).trim(),
    href,
  });
}

// "> !pull" as its first line: a pull quote.
function pullOf(node) {
  const first = node.type.name === 'blockquote' ? node.firstChild : null;
  const text = first?.type.name === 'paragraph' && first.firstChild?.isText ? first.firstChild.text : '';
  const match = /^!pull[ \t]*(\n|$)/.exec(text);
  if (!match || first.firstChild.marks.length > 0) return node;
  const rest = first.cut(match[0].length);
  const content = rest.content.size > 0 || node.childCount === 1 ? node.content.replaceChild(0, rest)
    : node.content.cut(first.nodeSize);
  return node.type.create({ pull: true }, content);
}

// The text of a heading is one line.
function oneLine(tokens) {
  if (tokens[0].type !== 'heading_open') return;
  for (const child of tokens[1].children) if (child.type === 'text') child.content = child.content.replace(/\n/g, ' ');
}

function parse(block) {
  if (!block.tokens || /^ {0,3}\[\^[^\]]+\]:/.test(block.source) || !allKnown(block.tokens)) return null;
  const figure = figureOf(block.tokens);
  if (figure) return figure;
  oneLine(block.tokens);
  const doc = parser.parse(block.tokens);
  return doc.childCount === 1 ? pullOf(doc.firstChild) : null;
}

// Would a page show the same if this node were written anew?
function faithful(node, block, references) {
  return htmlOf(writeNode(node), references) === htmlOf(block.source, references);
}

function nodeOf(block, index, references) {
  let node = null;
  try {
    node = parse(block);
    if (node) node.check();
    if (node && !faithful(node, block, references)) node = null;
  } catch {
    node = null;
  }
  if (!node) return schema.nodes.source.create({ origin: index }, block.source ? schema.text(block.source) : null);
  return node.type.create({ ...node.attrs, origin: index }, node.content);
}

// {doc, nodes, blocks, gaps, lead, feed}: what write.js needs to give unchanged blocks back by their bytes.
export function open(source) {
  const { blocks, gaps, lead, references, feed } = cut(source);
  const nodes = blocks.map((block, index) => nodeOf(block, index, references));
  const doc = schema.nodes.doc.create(null, nodes.length > 0 ? nodes : schema.nodes.paragraph.create());
  return { doc, nodes, sources: blocks.map((block) => block.source), gaps, lead, feed };
}
