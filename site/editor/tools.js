// What one can do with the text: buttons, keys, and what becomes of "## " and the like while typing.
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { GapCursor } from 'prosemirror-gapcursor';
import { redo, undo } from 'prosemirror-history';
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { Selection } from 'prosemirror-state';
import { figureOf, pick } from './pictures.js';
import { schema } from './schema.js';

const { nodes, marks } = schema;

export const rules = () => inputRules({
  rules: [
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*[-+*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (match) => ({ order: Number(match[1]) }),
      (match, node) => node.childCount + node.attrs.order === Number(match[1])),
    textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
    new InputRule(/^---$/, (state, match, from, to) => state.tr.replaceWith(from - 1, to, nodes.horizontal_rule.create())),
  ],
});

const lineBreak = (state, dispatch) => {
  if (!state.selection.$head.parent.inlineContent || state.selection.$head.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

function inside(state, type, attrs) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type === type && Object.entries(attrs || {}).every(([key, value]) => node.attrs[key] === value)) return true;
  }
  return false;
}

const quote = (pull) => (state, dispatch) => (inside(state, nodes.blockquote, { pull }) ? lift(state, dispatch)
  : wrapIn(nodes.blockquote, { pull })(state, dispatch));

const list = (type) => (state, dispatch) => (inside(state, type) ? liftListItem(nodes.list_item)(state, dispatch)
  : wrapInList(type)(state, dispatch));

const heading = (level) => (state, dispatch) => (inside(state, nodes.heading, { level })
  ? setBlockType(nodes.paragraph)(state, dispatch) : setBlockType(nodes.heading, { level })(state, dispatch));

// Words in the field of an address: stories of the paper by their headlines.
function suggest(box, input) {
  const found = document.createElement('datalist');
  let timer = 0;
  found.id = 'stories-found';
  input.setAttribute('list', found.id);
  box.append(found);
  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (/^(https?:|mailto:|\/|#)/.test(input.value) || input.value.trim().length < 3) return;
    timer = setTimeout(async () => {
      const reply = await fetch(`/stories/find?words=${encodeURIComponent(input.value)}`).catch(() => null);
      if (!reply?.ok) return;
      found.replaceChildren(...(await reply.json()).map(({ title, path, state }) => {
        const option = document.createElement('option');
        option.value = path;
        option.textContent = state ? `${title} (${state})` : title; // not out: no link until it is
        return option;
      }));
    }, 300);
  });
}

// A small form under the buttons: {label, name, value}; gives the values, or nothing if it was left.
function ask(bar, texts, fields, done) {
  bar.querySelector('form, .ask')?.remove();
  const box = document.createElement('div');
  box.className = 'ask';
  box.setAttribute('role', 'group');
  const inputs = fields.map(({ name, value }) => {
    const label = document.createElement('label');
    const input = document.createElement('input');
    label.textContent = texts[name];
    input.value = value || '';
    label.append(input);
    box.append(label);
    if (name === 'address') suggest(box, input);
    return input;
  });
  const button = (text, act) => {
    const it = document.createElement('button');
    it.type = 'button';
    it.textContent = text;
    it.addEventListener('click', act);
    box.append(it);
  };
  const finish = () => {
    box.remove();
    done(Object.fromEntries(fields.map(({ name }, i) => [name, inputs[i].value.trim()])));
  };
  button(texts.ok, finish);
  button(texts.cancel, () => {
    box.remove();
    done(null);
  });
  box.addEventListener('input', (event) => event.stopPropagation());
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      finish();
    } else if (event.key === 'Escape') {
      box.remove();
      done(null);
    }
  });
  bar.append(box);
  inputs[0].focus();
}

function link(view, bar, texts) {
  const { from, to, empty } = view.state.selection;
  if (!empty && view.state.doc.rangeHasMark(from, to, marks.link)) {
    toggleMark(marks.link)(view.state, view.dispatch);
    view.focus();
    return;
  }
  ask(bar, texts, [{ name: 'address' }, ...(empty ? [{ name: 'words' }] : [])], (given) => {
    if (given?.address) {
      const mark = marks.link.create({ href: given.address });
      view.dispatch(empty ? view.state.tr.insert(from, schema.text(given.words || given.address, [mark]))
        : view.state.tr.addMark(from, to, mark));
    }
    view.focus();
  });
}

// The cursor behind what was put in, where one writes on; not on it.
function behind(tr) {
  const $end = tr.doc.resolve(tr.selection.to);
  const text = Selection.findFrom($end, 1, true);
  if (text || !GapCursor.valid($end)) return text ? tr.setSelection(text) : tr;
  return tr.setSelection(new GapCursor($end));
}

// A figure that is selected has its words changed; else one is chosen from the library, with its words.
async function figure(view, bar, texts) {
  const { node } = view.state.selection;
  const old = node?.type === nodes.figure ? node.attrs : {};
  const token = document.forms['story-form'].elements.csrf.value;
  const picked = old.src ? 'address' : await pick(document.getElementById('pick').dataset, token, true);
  if (picked !== 'address') {
    if (picked) view.dispatch(behind(view.state.tr.replaceSelectionWith(figureOf(picked))).scrollIntoView());
    view.focus();
    return;
  }
  const fields = ['src', 'alt', 'caption', 'credit', 'href'].map((name) => ({ name, value: old[name] }));
  ask(bar, texts, fields, (given) => {
    if (given?.src) {
      const made = nodes.figure.create({ ...given, href: given.href || null });
      view.dispatch(view.state.tr.replaceSelectionWith(made).scrollIntoView());
    }
    view.focus();
  });
}

// The mark where the cursor is, and its text as a block at the end.
function footnote(view, bar, texts) {
  ask(bar, texts, [{ name: 'words' }], (given) => {
    if (given?.words) {
      const used = new Set(view.state.doc.textBetween(0, view.state.doc.content.size, ' ', (leaf) => leaf.attrs.markup || '')
        .match(/\[\^[^\]]+\]/g) || []);
      let number = 1;
      while (used.has(`[^${number}]`)) number++;
      const mark = nodes.verbatim.create({ markup: `[^${number}]`, shown: `[^${number}]` });
      const note = nodes.source.create(null, schema.text(`[^${number}]: ${given.words}`));
      const { tr } = view.state;
      tr.insert(tr.doc.content.size, note);
      view.dispatch(tr.insert(view.state.selection.to, mark));
    }
    view.focus();
  });
}

const commands = [
  ['bold', toggleMark(marks.strong), (state) => isOn(state, marks.strong)],
  ['italic', toggleMark(marks.em), (state) => isOn(state, marks.em)],
  ['heading', heading(2), (state) => inside(state, nodes.heading, { level: 2 })],
  ['heading3', heading(3), (state) => inside(state, nodes.heading, { level: 3 })],
  ['list', list(nodes.bullet_list), (state) => inside(state, nodes.bullet_list)],
  ['numbers', list(nodes.ordered_list), (state) => inside(state, nodes.ordered_list)],
  ['quote', quote(false), (state) => inside(state, nodes.blockquote, { pull: false })],
  ['pull', quote(true), (state) => inside(state, nodes.blockquote, { pull: true })],
  ['link', link], ['figure', figure], ['footnote', footnote],
  ['undo', undo], ['redo', redo],
];
const asking = new Set(['link', 'figure', 'footnote']);

function isOn(state, mark) {
  const { from, $from, to, empty } = state.selection;
  return empty ? !!mark.isInSet(state.storedMarks || $from.marks()) : state.doc.rangeHasMark(from, to, mark);
}

export const keys = {
  'Mod-b': toggleMark(marks.strong), 'Mod-i': toggleMark(marks.em),
  'Mod-z': undo, 'Mod-y': redo, 'Shift-Mod-z': redo,
  'Shift-Enter': lineBreak, 'Mod-Enter': lineBreak,
  Enter: splitListItem(nodes.list_item),
  'Mod-]': sinkListItem(nodes.list_item), 'Mod-[': liftListItem(nodes.list_item),
  'Mod-Alt-2': heading(2), 'Mod-Alt-3': heading(3), 'Mod-Alt-0': setBlockType(nodes.paragraph),
};

// One tab stop; arrows go from button to button (WAI-ARIA: toolbar).
function arrows(bar) {
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (document.dir === 'rtl' ? -1 : 1);
    const buttons = [...bar.querySelectorAll(':scope > button')];
    const at = buttons.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
}

export function toolbar(texts) {
  const dom = document.createElement('div');
  dom.className = 'tools';
  dom.setAttribute('role', 'toolbar');
  dom.setAttribute('aria-label', texts.tools);
  let view = null;
  const buttons = commands.map(([name, command, on], i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = texts[name];
    button.tabIndex = i === 0 ? 0 : -1;
    if (on) button.setAttribute('aria-pressed', 'false');
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => {
      if (asking.has(name)) {
        command(view, dom, texts);
      } else {
        command(view.state, view.dispatch, view);
        view.focus();
      }
    });
    dom.append(button);
    return { button, on };
  });
  arrows(dom);
  return {
    dom,
    update(its) {
      for (const { button, on } of buttons) if (on) button.setAttribute('aria-pressed', String(on(its.state)));
    },
    attach(its, toggle) {
      view = its;
      const source = document.createElement('button');
      source.type = 'button';
      source.textContent = texts.source;
      source.tabIndex = -1;
      source.setAttribute('aria-pressed', 'false');
      source.addEventListener('click', () => source.setAttribute('aria-pressed', String(toggle())));
      dom.append(source);
    },
  };
}
