// The page as readers would get it, beside the form: made by the press from what the server has been told (keep.js), so
// it follows each keeping. The next one loads behind the one that is seen and takes its place where that was scrolled to.
const WEIGH = 1500; // ms after the last keeping
const DESK = 1100; // px: as wide as a window of a desk is taken to be
const PHONE = 390;
const WIDE = '(min-width: 75rem)';
const STATE = 'kolokol-preview'; // open or closed, as it was left

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const remembered = () => {
  try {
    return localStorage.getItem(STATE);
  } catch {
    return null;
  }
};

const remember = (state) => {
  try {
    localStorage.setItem(STATE, state);
  } catch { /* it is open or closed by the window's width, then */ }
};

// Latin digits in every language, as the office's own pages have.
const kilobytes = (bytes, words) => words.replace('{n}', (bytes / 1024).toLocaleString(
  `${document.documentElement.lang}-u-nu-latn`, { maximumFractionDigits: 1 }));

// How heavy it is, and where that comes from.
function weighing(section) {
  const texts = section.dataset;
  const sum = element('summary');
  const rows = element('tbody');
  const box = element('details', { class: 'weight' }, sum,
    element('table', { class: 'weights' }, element('caption', {}, texts.parts), rows));
  box.hidden = true;
  section.append(box);
  let timer = 0;
  const weigh = async () => {
    const reply = await fetch(`/stories/${texts.story}/weight`, { credentials: 'same-origin' }).catch(() => null);
    if (!reply?.ok) return;
    const { brotli, budget, heavy, parts } = await reply.json();
    const heaviest = parts.reduce((one, other) => (other.bytes > one.bytes ? other : one));
    sum.replaceChildren(element('b', {}, kilobytes(brotli, texts.size)), ` ${texts.of} ${kilobytes(budget, texts.size)}`);
    if (heavy) sum.append(element('span', { class: 'heavy' }, ` · ${texts.heavy} ${heaviest.name}`));
    rows.replaceChildren(...parts.map((part) => element('tr', {}, element('th', { scope: 'row' }, part.name),
      element('td', {}, kilobytes(part.bytes, texts.size)))));
    box.hidden = false;
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(weigh, box.hidden ? 0 : WEIGH);
  };
}

export function previewing(section, form) {
  const texts = section.dataset;
  const row = section.querySelector('.preview-ways');
  const beside = element('div', { class: 'beside' });
  form.before(beside);
  beside.append(form, section);
  const toggle = element('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'preview-screen' });
  const full = element('button', { type: 'button' }, texts.full);
  const phone = element('button', { type: 'button' }, texts.phone);
  const screen = element('div', { class: 'screen', id: 'preview-screen' });
  row.prepend(toggle);
  row.append(full, phone);
  const weigh = weighing(section);
  section.append(screen);
  let narrow = false;
  let shown = null;
  let coming = null;
  let again = false;

  const fit = (frame) => {
    const room = screen.clientWidth;
    const width = narrow ? Math.min(PHONE, room) : Math.max(DESK, room);
    const scale = narrow ? 1 : room / width;
    frame.style.width = `${width}px`;
    frame.style.height = `${screen.clientHeight / scale}px`;
    frame.style.transform = scale === 1 ? '' : `scale(${scale})`;
  };
  const scrolled = (frame) => frame?.contentWindow?.scrollY || 0;

  function refresh() {
    if (screen.hidden) return;
    if (coming) {
      again = true;
      return;
    }
    coming = element('iframe', {
      class: 'coming', title: texts.title, sandbox: 'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
      referrerpolicy: 'no-referrer', src: `/stories/${texts.story}/draft`,
    });
    fit(coming);
    coming.addEventListener('load', () => {
      try {
        coming.contentWindow.scrollTo(0, scrolled(shown));
      } catch { /* a page of the browser's own, when the connection is cut */ }
      coming.classList.remove('coming');
      shown?.remove();
      shown = coming;
      coming = null;
      if (again) {
        again = false;
        refresh();
      }
    }, { once: true });
    screen.append(coming);
  }

  function show(open) {
    screen.hidden = !open;
    full.hidden = !open;
    phone.hidden = !open;
    beside.classList.toggle('open', open);
    toggle.textContent = open ? texts.hide : texts.show;
    toggle.setAttribute('aria-expanded', String(open));
    if (open) refresh();
  }

  function widen(to) {
    narrow = to;
    full.setAttribute('aria-pressed', String(!narrow));
    phone.setAttribute('aria-pressed', String(narrow));
    for (const frame of [shown, coming]) if (frame) fit(frame);
  }

  toggle.addEventListener('click', () => {
    show(screen.hidden);
    remember(screen.hidden ? 'closed' : 'open');
  });
  full.addEventListener('click', () => widen(false));
  phone.addEventListener('click', () => widen(true));
  addEventListener('resize', () => widen(narrow));
  document.addEventListener('kept', () => {
    refresh();
    weigh();
  });
  const state = remembered();
  show(state ? state === 'open' : matchMedia(WIDE).matches);
  widen(!matchMedia(WIDE).matches);
  weigh();
}
