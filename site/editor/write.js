// The editor's document as Markdown. A block that is as it was opened is given back by its bytes, with the bytes
// between it and its neighbours; only what was changed is written anew.
import { MarkdownSerializer } from 'prosemirror-markdown';
import { schema } from './schema.js';

// Addresses, footnote marks: as they are. The rest so that Markdown reads it as the text that it is.
const RAW = /(https?:\/\/[^\s<>]+|\[\^[^\]\s[]+\])/;

function escapeInline(text) {
  return text.split(RAW).map((piece, i) => (i % 2 === 1 ? piece : piece
    .replace(/[\\`*[\]]|~(?=~)|<(?=[a-z/!?])|&(?=#?\w+;)/gi, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_'))).join('');
}

const escapeStart = (line) => line
  .replace(/^(\s*)(#{1,6}(?:\s|$)|[-+](?:\s|$)|>|~~~|={2,}\s*$|-{2,}\s*$|\|)/, '$1\\$2')
  .replace(/^(\s*\d{1,9})([.)])(\s|$)/, '$1\\$2$3');

const title = (words) => (words ? ` "${words.replace(/[\\"]/g, '\\$&')}"` : '');
const address = (href) => (/[\s()<>]/.test(href) || href === '' ? `<${href.replace(/[<>]/g, encodeURIComponent)}>` : href);
const picture = ({ src, alt, words }) => `![${alt.replace(/[\\`*_[\]]/g, '\\$&')}](${address(src)}${title(words)})`;

function text(state, node) {
  const lines = node.text.split('\n');
  lines.forEach((line, i) => {
    state.write();
    const start = i > 0 || state.atBlockStart;
    const escaped = escapeInline(line);
    state.out += start ? escapeStart(escaped) : escaped;
    if (i + 1 < lines.length) state.out += '\n';
  });
}

function fenced(state, node) {
  const longest = Math.max(2, ...(node.textContent.match(/^`{3,}/gm) || []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  state.write(`${fence}${node.attrs.params || ''}\n`);
  if (node.textContent) {
    state.text(node.textContent.replace(/\n$/, ''), false);
    state.write('\n');
  }
  state.write(fence);
  state.closeBlock(node);
}

function figure(state, node) {
  const { src, alt, caption, credit, href } = node.attrs;
  const words = credit ? `${caption} | ${credit}`.trim() : caption.includes('|') ? `${caption} |` : caption;
  const image = picture({ src, alt, words });
  state.write(href ? `[${image}](${address(href)})` : image);
  state.closeBlock(node);
}

const nodes = {
  paragraph(state, node) {
    state.renderInline(node);
    state.closeBlock(node);
  },
  heading(state, node) {
    state.write(`${'#'.repeat(node.attrs.level)} `);
    state.renderInline(node, false);
    state.closeBlock(node);
  },
  blockquote(state, node) {
    state.wrapBlock('> ', null, node, () => {
      if (node.attrs.pull) {
        state.write('!pull\n');
      }
      state.renderContent(node);
    });
  },
  bullet_list(state, node) {
    state.renderList(node, '  ', () => `${node.attrs.bullet} `);
  },
  ordered_list(state, node) {
    const width = String(node.attrs.order + node.childCount - 1).length;
    state.renderList(node, ' '.repeat(width + 2), (i) => {
      const number = String(node.attrs.order + i);
      return `${number}. ${' '.repeat(width - number.length)}`;
    });
  },
  list_item(state, node) {
    state.renderContent(node);
  },
  code_block: fenced,
  source(state, node) {
    state.text(node.textContent, false);
    state.closeBlock(node);
  },
  horizontal_rule(state, node) {
    state.write('---');
    state.closeBlock(node);
  },
  figure,
  text,
  image(state, node) {
    state.write(picture({ src: node.attrs.src, alt: node.attrs.alt, words: node.attrs.title }));
  },
  verbatim(state, node) {
    state.write(node.attrs.markup);
  },
  hard_break(state, node, parent, index) {
    for (let i = index + 1; i < parent.childCount; i++) {
      if (parent.child(i).type !== node.type) {
        state.write('\\\n');
        return;
      }
    }
  },
};

const ticks = (node, side) => {
  const longest = Math.max(0, ...(node.isText ? node.text.match(/`+/g) || [] : []).map((run) => run.length));
  const run = '`'.repeat(longest + 1);
  return longest === 0 ? run : side > 0 ? ` ${run}` : `${run} `;
};

const marks = {
  em: { open: '*', close: '*', mixable: true, expelEnclosingWhitespace: true },
  strong: { open: '**', close: '**', mixable: true, expelEnclosingWhitespace: true },
  strike: { open: '~~', close: '~~', mixable: true, expelEnclosingWhitespace: true },
  link: { open: '[', close: (state, mark) => `](${address(mark.attrs.href)}${title(mark.attrs.title)})`, mixable: true },
  code: {
    open: (state, mark, parent, index) => ticks(parent.child(index), -1),
    close: (state, mark, parent, index) => ticks(parent.child(index - 1), 1),
    escape: false,
  },
};

const serializer = new MarkdownSerializer(nodes, marks);

export function writeNode(node) {
  if (node.type === schema.nodes.source) return node.textContent;
  return serializer.serialize(schema.nodes.doc.create(null, node), { tightLists: false });
}

// Blocks that need no empty line before the next one.
const closed = (node) => node.type === schema.nodes.heading || node.type === schema.nodes.horizontal_rule;

function gapOf(opened, before, now) {
  const blank = opened.feed + opened.feed;
  if (before.origin === null || now.origin !== before.origin + 1) return blank;
  const gap = opened.gaps[before.origin];
  const safe = (before.same && now.same) || /(\r\n|\r|\n)[ \t]*(\r\n|\r|\n)/.test(gap) || closed(before.node);
  return safe ? gap : blank;
}

// The whole body. `opened` is what read.js gave.
export function write(doc, opened) {
  let out = '';
  let before = null;
  doc.forEach((node) => {
    const { origin } = node.attrs;
    const was = origin === null ? null : opened.nodes[origin];
    const same = was !== null && (was === node || was.eq(node));
    const words = same ? opened.sources[origin] : writeNode(node).replace(/\n/g, opened.feed);
    if (words === '') return;
    const now = { node, origin, same };
    out += before === null ? (origin === 0 ? opened.lead : '') : gapOf(opened, before, now);
    out += words;
    before = now;
  });
  if (before === null) return opened.nodes.length === 0 ? opened.lead : '';
  const last = opened.gaps.length - 1;
  return out + (last < 0 ? opened.feed : opened.gaps[last]);
}
