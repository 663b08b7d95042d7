// What a body is made of in the editor. Every top-level block remembers by `origin` which block of the source it was;
// `source` is whatever the editor does not know: it is shown and edited as text and never changed by itself. What is cut,
// copied or dragged goes through the DOM: parseDOM takes all back that a block says, if it is not how it is written.
import { Schema } from 'prosemirror-model';

const origin = { default: null };
const skip = { ignore: true };

// Where a click may lead to; the address itself is kept whatever it is, and the paper's sanitiser has the last word.
const safe = (href) => (/^(?:https?:|mailto:|tel:|[^:]*(?:[/?#]|$))/i.test(href) ? href : '#');

function figureDom(node) {
  const { src, alt, caption, credit, href } = node.attrs;
  const words = [caption, credit].filter(Boolean).join(' · ');
  const own = /^media:(\d+)$/.exec(src);
  return ['figure', { 'data-src': src, 'data-href': href || '', 'data-alt': alt, 'data-caption': caption, 'data-credit': credit },
    own ? ['img', { class: 'picture', src: `/pictures/${own[1]}/wide`, alt: '' }] : ['div', { class: 'picture' }, src], ['p', { class: 'alt' }, alt], ['figcaption', words]];
}

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', attrs: { origin }, parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      group: 'block', content: 'inline*', defining: true, attrs: { level: { default: 2 }, origin },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.max(level, 2) } })),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    blockquote: {
      group: 'block', content: 'block+', defining: true, attrs: { pull: { default: false }, origin },
      parseDOM: [{ tag: 'blockquote', getAttrs: (dom) => ({ pull: dom.classList.contains('pull') }) }],
      toDOM: (node) => ['blockquote', node.attrs.pull ? { class: 'pull' } : {}, 0],
    },
    bullet_list: {
      group: 'block', content: 'list_item+', attrs: { tight: { default: true }, bullet: { default: '-' }, origin },
      parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0],
    },
    ordered_list: {
      group: 'block', content: 'list_item+', attrs: { tight: { default: true }, order: { default: 1 }, origin },
      parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ order: dom.start || 1 }) }],
      toDOM: (node) => ['ol', node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0],
    },
    list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    code_block: {
      group: 'block', content: 'text*', marks: '', code: true, defining: true, attrs: { params: { default: '' }, origin },
      parseDOM: [{ tag: 'pre', preserveWhitespace: 'full', getAttrs: (dom) => ({ params: dom.dataset.params || '' }) }],
      toDOM: ({ attrs: { params } }) => ['pre', { 'data-params': params || null }, ['code', 0]],
    },
    source: {
      group: 'block', content: 'text*', marks: '', code: true, defining: true, isolating: true, attrs: { origin },
      parseDOM: [{ tag: 'pre.source', preserveWhitespace: 'full', priority: 60 }],
      toDOM: () => ['pre', { class: 'source' }, 0],
    },
    horizontal_rule: { group: 'block', attrs: { origin }, parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    figure: {
      group: 'block', atom: true, draggable: true,
      attrs: { src: {}, alt: { default: '' }, caption: { default: '' }, credit: { default: '' }, href: { default: null }, origin },
      parseDOM: [{
        tag: 'figure[data-src]',
        getAttrs: ({ dataset: { src, href, alt = '', caption = '', credit = '' } }) => ({ src, href: href || null, alt, caption, credit }),
      }],
      toDOM: figureDom,
    },
    text: { group: 'inline' },
    image: {
      inline: true, group: 'inline', attrs: { src: {}, alt: { default: '' }, title: { default: null } },
      parseDOM: [{
        tag: 'span.image[data-src]',
        getAttrs: ({ dataset: { src, alt = '', title = null } }) => ({ src, alt, title }),
      }],
      toDOM: ({ attrs: { src, alt, title } }) => ['span', { class: 'image', title: src, 'data-src': src, 'data-alt': alt, 'data-title': title }, alt || src],
    },
    verbatim: {
      inline: true, group: 'inline', atom: true, attrs: { markup: {}, shown: { default: '' } }, leafText: (node) => node.attrs.shown,
      parseDOM: [{ tag: 'span[data-markup]', getAttrs: (dom) => ({ markup: dom.dataset.markup, shown: dom.textContent }) }],
      toDOM: (node) => ['span', { class: 'verbatim', 'data-markup': node.attrs.markup }, node.attrs.shown],
    },
    hard_break: {
      inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'],
    },
  },
  marks: {
    em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: () => ['em', 0] },
    strong: {
      parseDOM: [{ tag: 'strong' }, { tag: 'b', getAttrs: (dom) => dom.style.fontWeight !== 'normal' && null }],
      toDOM: () => ['strong', 0],
    },
    strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }], toDOM: () => ['s', 0] },
    link: {
      attrs: { href: {}, title: { default: null } }, inclusive: false,
      parseDOM: [{
        tag: 'a[href]',
        getAttrs: (dom) => ({ href: dom.dataset.href ?? dom.getAttribute('href'), title: dom.getAttribute('title') }),
      },
        { tag: 'script', ...skip }, { tag: 'style', ...skip }],
      toDOM: ({ attrs: { href, title } }) => ['a', { href: safe(href), 'data-href': href, title, rel: 'noreferrer' }, 0],
    },
    code: { code: true, parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
  },
});
