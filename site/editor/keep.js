// Nothing typed is lost: at once into the browser's own store, a moment later to the server as a working copy. When the
// connection is cut the browser's copy stays until the server has it. The same beat tells who else is here.
// Each window has a copy of its own (copies.js), so that what one has sent leaves the others' where they are.
import { copies } from './copies.js';

const QUIET = 700; // ms without typing before the server is told
const LONGEST = 5000; // ms of typing without a pause
const BEAT = 15000;
const ASKED = 20; // other stories whose copies a page asks after
const LEAVING = 3000; // ms after which a page that was to be left, and is typed into again, has stayed

const valuesOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== 'csrf'));

export function keeping(form, texts, write) {
  const own = copies(form.dataset.story, form.dataset.person);
  const status = document.getElementById('keep-status');
  const here = document.getElementById('keep-here');
  const counter = document.getElementById('keep-count');
  let first = 0;
  let timer = 0;
  let busy = null; // a promise while the server is being told
  let hurry = null; // and what ends that
  let dirty = false;
  let stopped = false; // the server takes nothing of this page any more, and said why
  let moved = false; // something was taken out of the story since: what is typed here is kept nowhere
  let leaving = false; // the form is on its way
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };

  const count = () => {
    const words = form.elements.body.value.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length || 0;
    counter.textContent = `${words.toLocaleString(document.documentElement.lang)} ${texts.count}`;
  };
  // False: the browser's store has no place for it.
  const local = () => {
    write();
    count();
    if (moved || own.put(valuesOf(form))) return true;
    say(texts.full);
    return false;
  };

  const post = (path, values, how = {}) => fetch(path, {
    method: 'POST',
    ...how,
    headers: { 'X-CSRF-Token': form.elements.csrf.value, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(values),
    credentials: 'same-origin',
    redirect: 'manual',
  });

  function tellHere(people) {
    if (!here || !Array.isArray(people)) return;
    const others = people.map(({ name, typing }) => (typing ? `${name} ✎` : name));
    here.textContent = others.length > 0 ? `${texts.here} ${others.join(', ')}` : '';
  }

  const same = (floor) => String(floor ?? 0) === form.elements.floor.value;

  // Of this page, and of others that were made before it was taken out too; of a story that is gone, all.
  function stop(words, gone = false) {
    stopped = moved = true;
    clearTimeout(timer);
    own.all().filter(({ values }) => gone || same(values.floor)).forEach(own.drop);
    own.forget();
    say(words);
  }

  // The office's own words, not those of something between it and here.
  const isGone = (reply) => reply.status === 404 && reply.headers.get('Content-Type') === 'application/json';

  // What the server said instead of keeping it; a session that has ended answers with a page.
  async function refused(reply) {
    if (isGone(reply)) return stop(texts.gone, true);
    if (reply.type === 'opaqueredirect' || reply.status === 403) return say(texts.out);
    const answer = await reply.json().catch(() => ({}));
    return answer.moved ? stop(answer.problem) : say(`${answer.problem || texts.refused} ${texts.stays}`);
  }

  async function send() {
    dirty = false;
    first = 0;
    let unsent = false;
    let again = true; // the same text, in a while: it may go then
    local();
    try {
      hurry = new AbortController();
      const reply = await post(`/stories/${form.dataset.story}/keep`, valuesOf(form), { signal: hurry.signal });
      if (reply.ok) {
        const { serial, people } = await reply.json();
        form.elements.serial.value = serial;
        tellHere(people);
        if (!dirty) own.forget();
        say(texts.kept);
        document.dispatchEvent(new Event('kept'));
      } else {
        stopped = reply.status === 409;
        unsent = true;
        again = reply.type === 'opaqueredirect' || reply.status === 403 || reply.status >= 500;
        await refused(reply);
      }
    } catch {
      unsent = true;
      say(texts.here_only);
    }
    if (!stopped && (dirty || (unsent && again))) timer = setTimeout(keep, LONGEST);
    dirty ||= unsent;
  }

  function keep() {
    clearTimeout(timer);
    timer = 0;
    if (!busy && !stopped && !leaving) busy = send().finally(() => { busy = null; });
    return busy;
  }

  // True if the server has all that was typed, which it is told now.
  async function told() {
    leaving = false; // a form that was sent before has not gone
    await busy;
    if (dirty) await keep();
    return !dirty;
  }

  // When what is under way to the server is there, or takes too long: a form that overtook it would not know the serial
  // that it gets, and the office would take it for another window's text.
  async function settled() {
    const late = setTimeout(() => hurry?.abort(), LEAVING);
    await busy;
    clearTimeout(late);
    return true;
  }

  // The form was sent and the page is here all the same: Escape, or the browser's cache.
  function stays() {
    leaving = false;
    keep();
  }

  function changed() {
    dirty = true;
    if (moved) return;
    const now = Date.now();
    first ||= now;
    clearTimeout(timer);
    timer = leaving ? setTimeout(stays, LEAVING) : setTimeout(keep, Math.max(0, Math.min(QUIET, first + LONGEST - now)));
    if (!busy && !stopped) say(texts.typing);
  }

  // What this browser has and the server has not: offered, never put in by itself; the newest first, then the others.
  const box = document.getElementById('keep-offer');
  let shown = null;
  const NAMES = ['section', 'topics', 'authors', 'agency']; // which the office writes as it knows them
  const plain = (name, text = '') => (NAMES.includes(name)
    ? text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') : (name === 'body' ? text : text.trim()).replace(/\r\n/g, '\n'));
  // The texts, and the fields that it changes: those have what they were beside them.
  const wordsOf = (values) => {
    const photo = values['photo-pick'] || values.photo;
    const changed = Object.entries({ ...values, photo }).filter(([name, value]) =>
      `was-${name}` in values && plain(name, value) !== plain(name, values[`was-${name}`]));
    return Object.entries({ title: values.title, lead: values.lead, body: values.body, ...Object.fromEntries(changed) });
  };
  async function offer() {
    const now = valuesOf(form);
    const equal = ({ values }) => wordsOf(values).every(([name, value]) => plain(name, value) === plain(name, now[name]));
    const others = await own.others();
    const behind = others.filter(({ values }) => !same(values.floor)); // they may have what was taken out
    behind.forEach(own.drop);
    if (behind.length > 0) say(texts.moved);
    [shown] = others.filter((copy) => !behind.includes(copy) && (!equal(copy) || own.drop(copy)));
    box.hidden = !shown;
    if (shown) box.querySelector('time').textContent = new Date(shown.at).toLocaleString(document.documentElement.lang);
  }
  // What stands in the form, and is saved nowhere, stays in the browser for the page that comes, which offers it.
  async function take() {
    await busy;
    if ((dirty || form.elements.serial.value !== '0') && !local()) return;
    clearTimeout(timer);
    const reply = await post(`/stories/${form.dataset.story}/keep`, { ...shown.values, serial: form.elements.serial.value })
      .catch(() => null);
    if (reply?.ok) {
      own.drop(shown);
      location.reload();
    } else {
      if (reply) await refused(reply);
      else say(texts.here_only);
    }
  }
  box.querySelector('.take').addEventListener('click', take);
  box.querySelector('.leave').addEventListener('click', () => {
    own.drop(shown);
    offer();
  });

  // Stories whose pages may never be opened here again: copies of what was thrown away, taken down or withheld go.
  async function tidy() {
    for (const other of own.elsewhere().slice(0, ASKED)) {
      const reply = await post(`/stories/${other}/here`, { look: 1 }).catch(() => null);
      if (reply?.ok) own.dropOf(other, (await reply.json()).floor);
      else if (reply && isGone(reply)) own.dropOf(other, null);
    }
  }

  if ('loose' in form.dataset) { // the office could not keep what it gives back here
    changed();
    local();
  }
  offer();
  tidy();
  count();
  setInterval(() => {
    if (document.visibilityState === 'visible' && !busy) {
      post(`/stories/${form.dataset.story}/here`, {}).then((reply) => {
        if (isGone(reply)) stop(texts.gone, true);
        return reply.ok ? reply.json() : {};
      })
        .then(({ people, floor }) => {
          if (floor !== undefined && !same(floor)) stop(texts.moved);
          tellHere(people);
        }).catch(() => {});
    }
  }, BEAT);
  // Others need not wait until they are told that nobody is here any more. A page that comes back from the browser's
  // cache says so with its next beat. What is sent with keepalive goes though the page is closed.
  addEventListener('pagehide', () => {
    if (dirty) local();
    own.leave();
    post(`/stories/${form.dataset.story}/leave`, {}, { keepalive: true }).catch(() => {});
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    own.stay();
    if (leaving || dirty) stays();
  });
  addEventListener('online', () => { if (dirty) keep(); });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden' && dirty) keep(); });
  let soon = 0;
  return {
    pending: () => dirty || busy !== null,
    busy: () => busy !== null,
    told,
    settled,
    why: () => status.textContent,
    changed() {
      changed();
      clearTimeout(soon);
      soon = setTimeout(local, 250);
    },
    sent() {
      leaving = true;
      clearTimeout(timer);
      clearTimeout(soon);
      local(); // until a page with the saved text comes back
    },
  };
}
