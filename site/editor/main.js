// The editor on the page of a story: it stands in front of the form's field `body` and writes into it, so that the form
// does its job with or without it. Autosave and presence are keep.js, the buttons tools.js.
import { baseKeymap } from 'prosemirror-commands';
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { beside } from './beside.js';
import { keeping } from './keep.js';
import { lead, uploads } from './pictures.js';
import { previewing } from './preview.js';
import { open } from './read.js';
import { keys, rules, toolbar } from './tools.js';
import { write } from './write.js';

function editing(field, texts, changed) {
  let opened = open(field.value);
  const place = document.createElement('div');
  place.className = 'writing';
  field.before(place);
  const bar = toolbar(texts);
  const passage = document.getElementById('passage'); // of a comment: the words that are marked
  place.append(bar.dom);
  const plugins = [rules(), keymap(keys), keymap(baseKeymap), history(), dropCursor(), gapCursor(),
    uploads(document.getElementById('pick').dataset, () => field.form.elements.csrf.value)];
  const view = new EditorView(place, {
    state: EditorState.create({ doc: opened.doc, plugins }),
    attributes: {
      role: 'textbox', 'aria-multiline': 'true', 'aria-label': texts.body, lang: field.lang, dir: field.dir || 'auto',
      class: 'text',
    },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      bar.update(view);
      if (transaction.docChanged) changed();
      const { from, to } = view.state.selection;
      if (passage && from < to) passage.value = view.state.doc.textBetween(from, to, '\n').slice(0, passage.maxLength);
    },
  });
  bar.attach(view, () => {
    const source = !field.hidden;
    if (source) {
      opened = open(field.value);
      view.updateState(EditorState.create({ doc: opened.doc, plugins }));
    } else {
      field.value = write(view.state.doc, opened);
    }
    field.hidden = source;
    view.dom.hidden = !source;
    (source ? view : field).focus();
    return !source;
  });
  field.hidden = true;
  const label = document.querySelector(`label[for=${field.id}]`);
  label?.addEventListener('click', () => view.focus());
  bar.update(view);
  return () => {
    if (field.hidden) field.value = write(view.state.doc, opened);
  };
}

const form = document.getElementById('story-form');
if (form) {
  const texts = form.dataset;
  const field = form.elements.body;
  const preview = document.getElementById('preview');
  if (preview) previewing(preview, form);
  let write_ = () => {};
  const keep = keeping(form, texts, () => write_());
  if (field.dataset.format === 'markdown') write_ = editing(field, texts, keep.changed);
  lead(form, document.getElementById('pick').dataset);
  form.addEventListener('input', keep.changed);
  form.addEventListener('submit', ({ defaultPrevented }) => {
    if (defaultPrevented) return; // it waits (beside.js)
    write_();
    keep.sent();
  });
  beside(form, texts, keep);
  document.documentElement.classList.add('edits');
}
