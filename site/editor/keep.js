// Nothing typed is lost: at once into the browser's own store, a moment later to the server as a working copy. When the
// connection is cut the browser's copy stays until the server has it. The same beat tells who else is here.
const QUIET = 700; // ms without typing before the server is told
const LONGEST = 5000; // ms of typing without a pause
const BEAT = 15000;

const valuesOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== 'csrf'));

export function keeping(form, texts, write) {
  const place = `kolokol-story-${form.dataset.story}-${form.dataset.person}`;
  const status = document.getElementById('keep-status');
  const here = document.getElementById('keep-here');
  const counter = document.getElementById('keep-count');
  let first = 0;
  let timer = 0;
  let busy = false;
  let dirty = false;
  let stopped = false;
  let moved = false; // something was taken out of the story since: what is typed here is kept nowhere
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };

  const count = () => {
    const words = form.elements.body.value.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length || 0;
    counter.textContent = `${words.toLocaleString(document.documentElement.lang)} ${texts.count}`;
  };
  const local = () => {
    write();
    count();
    if (moved) return;
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
    } catch {
      say(texts.full);
    }
  };
  const forget = () => localStorage.removeItem(place);

  const post = (path, values, keepalive = false) => fetch(path, {
    method: 'POST',
    keepalive, // goes out though the page is closed
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

  function stop(words) {
    stopped = moved = true;
    clearTimeout(timer);
    forget();
    say(words);
  }
  const same = (floor) => String(floor ?? 0) === form.elements.floor.value;

  async function keep() {
    clearTimeout(timer);
    timer = 0;
    if (busy || stopped) return;
    busy = true;
    dirty = false;
    first = 0;
    local();
    try {
      const reply = await post(`/stories/${form.dataset.story}/keep`, valuesOf(form));
      if (reply.ok) {
        const { serial, people } = await reply.json();
        form.elements.serial.value = serial;
        tellHere(people);
        if (!dirty) forget();
        say(texts.kept);
        document.dispatchEvent(new Event('kept'));
      } else if (reply.status === 409) {
        const answer = await reply.json().catch(() => ({}));
        if (answer.moved) {
          stop(answer.problem);
        } else {
          stopped = true;
          say(texts.window);
        }
      } else {
        dirty = true;
        say(reply.type === 'opaqueredirect' || reply.status === 403 ? texts.out : texts.here_only);
      }
    } catch {
      dirty = true;
      say(texts.here_only);
    }
    busy = false;
    if (dirty && !stopped) timer = setTimeout(keep, LONGEST);
  }

  function changed() {
    if (moved) return;
    dirty = true;
    const now = Date.now();
    first ||= now;
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(0, Math.min(QUIET, first + LONGEST - now)));
    if (!busy) say(texts.typing);
  }

  // What this browser has and the server has not: offered, never put in by itself.
  function offer() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(place));
    } catch {
      forget();
    }
    if (!kept?.values) return;
    if (!same(kept.values.floor)) { // it may have what was taken out
      stop(texts.moved);
      stopped = moved = false; // this page is newer
      return;
    }
    const now = valuesOf(form);
    if (['title', 'lead', 'body'].every((name) => (kept.values[name] || '').replace(/\r\n/g, '\n') === (now[name] || '').replace(/\r\n/g, '\n'))) {
      forget();
      return;
    }
    const box = document.getElementById('keep-offer');
    box.hidden = false;
    box.querySelector('time').textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    box.querySelector('.take').addEventListener('click', async () => {
      const reply = await post(`/stories/${form.dataset.story}/keep`, { ...kept.values, serial: form.elements.serial.value })
        .catch(() => null);
      if (reply?.ok) {
        forget();
        location.reload();
      } else {
        say(texts.here_only);
      }
    });
    box.querySelector('.leave').addEventListener('click', () => {
      forget();
      box.hidden = true;
    });
  }

  offer();
  count();
  setInterval(() => {
    if (document.visibilityState === 'visible' && !busy) {
      post(`/stories/${form.dataset.story}/here`, {}).then((reply) => (reply.ok ? reply.json() : {}))
        .then(({ people, floor }) => {
          if (floor !== undefined && !same(floor)) stop(texts.moved);
          tellHere(people);
        }).catch(() => {});
    }
  }, BEAT);
  // Others need not wait until they are told that nobody is here any more. A page that comes back from the browser's
  // cache says so with its next beat.
  addEventListener('pagehide', () => {
    if (dirty) local();
    post(`/stories/${form.dataset.story}/leave`, {}, true).catch(() => {});
  });
  addEventListener('online', () => { if (dirty) keep(); });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden' && dirty) keep(); });
  let soon = 0;
  return {
    changed() {
      changed();
      clearTimeout(soon);
      soon = setTimeout(local, 250);
    },
    sent() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(soon);
      local(); // until a page with the saved text comes back
    },
  };
}
