// Markdown as markdown-it reads it, set so that nothing of the source is lost: addresses stay as they are written, and
// what has a meaning of its own for the paper (a backslash before a quotation mark, entities, inline HTML, footnote
// marks) becomes a token `verbatim`, which is written back by its bytes.
import MarkdownIt from 'markdown-it';

const KEPT = new Set(['"', "'", '-', '.']);

function footnoteMark(state, silent) {
  const match = /^\[\^[^\]\s[]+\](?![(:[])/.exec(state.src.slice(state.pos, state.pos + 200));
  if (!match) return false;
  if (!silent) {
    const token = state.push('verbatim', '', 0);
    token.content = token.markup = match[0];
  }
  state.pos += match[0].length;
  return true;
}

function keepMarkup(token) {
  if (token.type === 'text_special' && (token.info === 'entity' || KEPT.has(token.content))) token.type = 'verbatim';
  else if (token.type === 'html_inline') {
    token.type = 'verbatim';
    token.markup = token.content;
  } else if (token.type === 'softbreak') {
    token.type = 'text';
    token.content = '\n';
  }
}

function make(forEditor) {
  const md = new MarkdownIt('commonmark').enable(['table', 'strikethrough']);
  md.normalizeLink = (address) => address;
  md.normalizeLinkText = (address) => address;
  md.validateLink = () => true;
  if (forEditor) {
    md.inline.ruler.before('link', 'footnote_mark', footnoteMark);
    md.core.ruler.before('text_join', 'verbatim', (state) => {
      for (const block of state.tokens) for (const token of block.children || []) keepMarkup(token);
    });
  }
  return md;
}

export const reader = make(true);
const renderer = make(false);

// The HTML of a piece of Markdown, to compare two of them; `references` are the document's link definitions.
export const htmlOf = (source, references) => renderer.render(source, { references: { ...references } });
