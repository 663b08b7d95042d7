// Pictures from the library, and into it: a window to search and choose in, with an upload of its own; files that are
// dropped into the text or pasted, each with its progress where it will stand. The office takes a file and its worker looks into it, so
// that an upload is asked for until it is a picture or refused.
import { Plugin, PluginKey } from 'prosemirror-state';
import { insertPoint } from 'prosemirror-transform';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { schema } from './schema.js';

const MOST = 32 * 1024 * 1024; // bytes of a file
const ASK = 800; // ms between two looks at an upload
const KINDS = 'image/jpeg,image/png,image/webp,image/gif,image/heic,image/avif,.heic,.avif';

const element = (name, attributes = {}, ...inside) => {
  const it = Object.assign(document.createElement(name), attributes);
  it.append(...inside);
  return it;
};

const json = async (path) => {
  const reply = await fetch(path, { credentials: 'same-origin' });
  const answer = /json/.test(reply.headers.get('Content-Type') || '') ? await reply.json() : {};
  if (!reply.ok) throw new Error(answer.problem || String(reply.status));
  return answer;
};

function sendBytes(file, token, words, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/pictures/add?${new URLSearchParams({ name: file.name, words: '1' })}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-CSRF-Token', token);
    request.upload.addEventListener('progress', (event) => progress(event.loaded / file.size));
    request.addEventListener('loadend', () => {
      const plain = /^text\/plain/.test(request.getResponseHeader('Content-Type') || '');
      if (request.status === 201) resolve(JSON.parse(request.responseText).upload);
      else reject(new Error(plain ? request.responseText : words.failed));
    });
    request.send(file);
  });
}

// The picture that a file becomes. `progress` gets 0 to 1.
async function upload(file, token, words, progress) {
  if (file.size > MOST) throw new Error(words.tooLarge);
  const id = await sendBytes(file, token, words, progress);
  for (;;) {
    const { state, reason, picture } = await json(`/pictures/uploads/${id}`);
    if (state === 'done' && picture) return picture;
    if (state === 'refused') throw new Error(reason);
    await new Promise((resolve) => setTimeout(resolve, ASK));
  }
}

export const figureOf = ({ id, alt, caption, credit }) => schema.nodes.figure.create({ src: `media:${id}`, alt, caption, credit });

// A window; gives the chosen picture, or null if it was left; 'address' if a figure is wanted that is none of the library's
// (a film, a file's name), where `address` offers that. Arrows go from picture to picture.
export function pick(words, token, address = false) {
  const field = element('input', { type: 'search' });
  const file = element('input', { type: 'file', accept: KINDS });
  const status = element('p', { className: 'pick-status' });
  const list = element('ul', { className: 'pictures' });
  const more = element('button', { type: 'button', textContent: words.more, hidden: true });
  const leave = element('button', { type: 'button', textContent: words.leave });
  const other = element('button', { type: 'button', className: 'other', textContent: words.address });
  const heading = element('h2', { textContent: words.title, id: 'pick-title' });
  const box = element('dialog', { className: 'pick' }, element('div', { className: 'pick-head' }, heading, element('div', {}, ...(address ? [other, ' '] : []), leave)),
    element('div', { className: 'pick-fields' }, element('label', {}, words.search, field), element('label', {}, words.upload, file)),
    status, list, more);
  status.setAttribute('role', 'status');
  box.setAttribute('aria-labelledby', heading.id);
  let last = 0;
  let asked = 0;

  return new Promise((resolve) => {
    const done = (picture) => {
      box.close();
      resolve(picture);
    };
    const row = (picture) => {
      const title = element('span', { className: 'title', textContent: picture.title, dir: 'auto' });
      const credit = element('small', { textContent: picture.credit });
      const image = picture.small ? element('img', { src: picture.small, alt: '', width: 256, height: 256, loading: 'lazy' })
        : element('span', { className: 'no-picture' });
      const button = element('button', { type: 'button' }, image, title, credit);
      button.addEventListener('click', () => done(picture));
      return element('li', {}, button);
    };
    const look = async (further) => {
      const now = ++asked;
      const query = new URLSearchParams({ words: field.value, before: further ? String(last) : '' });
      const found = await json(`/pictures/find?${query}`).catch((problem) => ({ pictures: [], problem }));
      if (now !== asked) return;
      const rows = found.pictures.map(row);
      if (further) list.append(...rows);
      else list.replaceChildren(...rows);
      last = found.pictures.at(-1)?.id || 0;
      more.hidden = !found.more;
      status.textContent = found.problem ? words.failed : list.children.length > 0 ? '' : words.none;
      if (further) rows[0]?.querySelector('button').focus();
    };
    let timer = 0;
    field.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(look, 250, false);
    });
    more.addEventListener('click', () => look(true));
    leave.addEventListener('click', () => done(null));
    other.addEventListener('click', () => done('address'));
    file.addEventListener('change', async () => {
      const bar = element('progress', { max: 1, value: 0 });
      bar.setAttribute('aria-label', file.files[0].name);
      status.replaceChildren(bar);
      try {
        done(await upload(file.files[0], token, words, (part) => {
          bar.value = part;
          if (part >= 1) status.textContent = words.looking;
        }));
      } catch (problem) {
        status.textContent = problem.message;
        file.value = '';
      }
    });
    list.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (getComputedStyle(list).direction === 'rtl' ? -1 : 1);
      const buttons = [...list.querySelectorAll('button')];
      const at = buttons.indexOf(document.activeElement);
      if (step && at >= 0) buttons[(at + step + buttons.length) % buttons.length].focus();
    });
    box.addEventListener('close', () => {
      box.remove();
      resolve(null);
    });
    document.body.append(box);
    box.showModal();
    field.focus();
    look(false);
  });
}

// ---- Files dropped into the text, or pasted ---------------------------------------------------

const key = new PluginKey('uploads');

function place(tr, pos, picture) {
  const node = figureOf(picture);
  const at = insertPoint(tr.doc, pos, node.type);
  return tr.insert(at ?? tr.doc.content.size, node);
}

async function sendInto(view, pos, file, words, token) {
  const id = {};
  const bar = element('progress', { max: 1, value: 0 });
  bar.setAttribute('aria-label', file.name);
  const box = element('div', { className: 'uploading', contentEditable: 'false' }, element('bdi', { textContent: file.name }), ' ', bar);
  view.dispatch(view.state.tr.setMeta(key, { add: { id, pos, box } }));
  const where = () => key.getState(view.state).find(null, null, (spec) => spec.id === id)[0]?.from;
  try {
    const picture = await upload(file, token, words, (part) => { bar.value = part; });
    view.dispatch(place(view.state.tr, where() ?? view.state.doc.content.size, picture).setMeta(key, { remove: id }));
  } catch (problem) {
    const leave = element('button', { type: 'button', textContent: words.leave });
    leave.addEventListener('click', () => view.dispatch(view.state.tr.setMeta(key, { remove: id })));
    box.setAttribute('role', 'alert');
    box.replaceChildren(element('bdi', { textContent: file.name }), ` ${problem.message} `, leave);
  }
}

const imagesOf = (data) => [...(data?.files || [])].filter((file) => /^image\//.test(file.type) || /\.(heic|avif)$/i.test(file.name));

export const uploads = (words, token) => new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply(tr, set) {
      const { add, remove } = tr.getMeta(key) || {};
      const moved = set.map(tr.mapping, tr.doc);
      if (add) return moved.add(tr.doc, [Decoration.widget(add.pos, add.box, { id: add.id, ignoreSelection: true, stopEvent: () => true })]);
      return remove ? moved.remove(moved.find(null, null, (spec) => spec.id === remove)) : moved;
    },
  },
  props: {
    decorations: (state) => key.getState(state),
    handleDrop(view, event, slice, moved) {
      const files = moved ? [] : imagesOf(event.dataTransfer);
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
      const pos = insertPoint(view.state.doc, at ? at.pos : view.state.doc.content.size, schema.nodes.figure);
      files.forEach((file) => sendInto(view, pos ?? view.state.doc.content.size, file, words, token()));
      if (files.length > 0) event.preventDefault();
      return files.length > 0;
    },
    handlePaste(view, event) {
      const files = imagesOf(event.clipboardData);
      const pos = insertPoint(view.state.doc, view.state.selection.to, schema.nodes.figure);
      files.forEach((file) => sendInto(view, pos ?? view.state.doc.content.size, file, words, token()));
      return files.length > 0;
    },
  },
});

// ---- The lead picture -------------------------------------------------------------------------

// A button beside the number, and what was chosen under it.
export function lead(form, words) {
  const field = form.elements.photo;
  if (!field) return;
  const button = element('button', { type: 'button', textContent: words.title });
  const shown = element('img', { className: 'lead-shown', alt: '', hidden: true });
  const show = () => {
    const own = /^\d+$/.test(field.value);
    shown.hidden = !own;
    if (own) shown.src = `/pictures/${field.value}/small`;
    else shown.removeAttribute('src');
  };
  shown.addEventListener('error', () => { shown.hidden = true; });
  button.addEventListener('click', async () => {
    const picture = await pick(words, form.elements.csrf.value);
    if (picture) {
      field.value = picture.id;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      show();
    }
    button.focus();
  });
  field.addEventListener('change', show); // not while a number is typed: its first figures are another picture, or none
  field.after(button, shown);
  show();
}
