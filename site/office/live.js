// Entries of a live story. What is typed is in this browser's store a moment later; an entry that is sent lies there too,
// with its key, until the office has it, so that a cut connection or a closed tab loses none and none is there twice.
// The list follows what others enter. Without it the same form sends itself.
'use strict';
const form = document.getElementById('live-form');
const LOOK = 8000; // ms between looks at the list
const AGAIN = 4000; // ms until what could not be sent is tried again
const ANSWERS = 250; // ms until windows that are open have answered

if (form) {
    const texts = form.dataset;
    const own = `${texts.story}-${texts.person}`;
    const typedPlaces = `kolokol-live-typed-${own}`; // one a window; of older versions this itself
    const typedPlace = `${typedPlaces}-${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    const unsentPlace = `kolokol-live-unsent-${own}`;
    const status = document.getElementById('live-status');
    const unsent = document.getElementById('live-unsent');
    const fields = ['body', 'headline', 'time'];
    const say = (words) => { status.textContent = words; };

    const read = (place, fallback) => {
        try {
            return JSON.parse(localStorage.getItem(place)) ?? fallback;
        } catch {
            return fallback;
        }
    };
    const keep = (place, value) => {
        try {
            localStorage.setItem(place, JSON.stringify(value));
            return true;
        } catch {
            say(texts.full);
            return false;
        }
    };
    const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const valuesOf = () => Object.fromEntries(fields.map((name) => [name, form.elements[name].value]));
    const keepTyped = () => keep(typedPlace, { key: form.elements.key.value, floor: form.elements.floor.value, ...valuesOf() });
    const put = (values) => fields.forEach((name) => { form.elements[name].value = values[name] || ''; });

    // Other tabs of the same person write the same store: each change is made to what is there now.
    const queue = () => read(unsentPlace, []);
    const take = (key) => keep(unsentPlace, queue().filter((one) => one.key !== key));
    const rekey = (key) => keep(unsentPlace, queue().map((one) => (one.key === key ? { ...one, key: newKey() } : one)));
    const mark = (key, problem) => keep(unsentPlace, queue().map((one) => (one.key === key ? { ...one, problem } : one)));

    function button(text, act) {
        const it = document.createElement('button');
        it.type = 'button';
        it.textContent = text;
        it.addEventListener('click', act);
        return it;
    }

    const refused = []; // on this page only, to be copied from

    function show() {
        unsent.replaceChildren(...refused.map((one) => {
            const row = document.createElement('li');
            const words = document.createElement('p');
            words.className = 'text';
            words.dir = 'auto';
            words.textContent = [one.headline, one.body].filter(Boolean).join('\n\n');
            const state = document.createElement('small');
            state.textContent = one.problem;
            row.append(words, state);
            return row;
        }), ...queue().map((one) => {
            const row = document.createElement('li');
            const words = document.createElement('bdi');
            words.textContent = (one.headline || one.body).slice(0, 80);
            row.append(words, ' ');
            const state = document.createElement('small');
            state.textContent = one.problem || texts.waits;
            row.append(state);
            if (one.problem) {
                row.append(button(texts.back, () => {
                    const now = valuesOf();
                    const both = [now.body, one.body].filter(Boolean).join('\n\n');
                    put({ ...one, body: both, headline: now.headline || one.headline });
                    keepTyped();
                    take(one.key);
                    show();
                    form.elements.body.focus();
                }));
            }
            return row;
        }));
    }

    // The list as it is now, unless somebody is at it.
    async function look() {
        const reply = await fetch(location.pathname + location.search.replace(/([?&])(done|entry)=[^&]*/g, '$1'), { redirect: 'manual' });
        if (!reply.ok) {
            return;
        }
        const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
        const now = page.getElementById('live-entries');
        const token = page.querySelector('input[name=csrf]');
        if (token) {
            form.elements.csrf.value = token.value; // after signing in again in another tab
        }
        const old = document.getElementById('live-entries');
        const text = (it) => it.innerHTML.replace(/name="csrf" value="[^"]*"/g, '');
        if (now && old && text(now) !== text(old) && !old.contains(document.activeElement) && !old.querySelector('details[open]')) {
            old.replaceWith(now);
        }
    }

    const post = (one) => fetch(form.getAttribute('action'), {
        method: 'POST',
        headers: { 'X-CSRF-Token': form.elements.csrf.value, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ script: '1', key: one.key, typed: String(one.typed), floor: one.floor || '0', body: one.body, headline: one.headline, time: one.time }),
        credentials: 'same-origin',
        redirect: 'manual',
    });

    // Below the form, until readers have what was sent last: then it says where.
    function follow(again) {
        const box = document.createElement('p');
        box.id = 'out';
        box.setAttribute('role', 'status');
        box.textContent = texts.press;
        Object.assign(box.dataset, { again, stays: '' });
        document.getElementById('out')?.remove();
        unsent.after(box);
        document.dispatchEvent(new CustomEvent('out', { detail: box }));
    }

    let sending = false;
    let timer = 0;
    // One after the other, in the order of entering. What the office refuses stays, with its reason.
    async function send() {
        clearTimeout(timer);
        if (sending) {
            return;
        }
        sending = true;
        let sent = false;
        for (let one; (one = queue().find((it) => !it.problem));) {
            const reply = await post(one).catch(() => null);
            const answer = reply && /json/.test(reply.headers.get('Content-Type') || '') ? await reply.json().catch(() => null) : null;
            if (reply?.status === 201) {
                take(one.key);
                sent = true;
                say(texts.sent);
                if (answer?.out) {
                    follow(answer.out);
                }
            } else if (answer?.moved) { // something was taken out of the story since: it is kept here neither
                take(one.key);
                refused.push({ ...one, problem: answer.problem });
                say(texts.refused);
            } else if (answer?.problem && reply.status < 500 && reply.status !== 409) {
                mark(one.key, answer.problem);
                say(texts.refused);
            } else {
                const out = reply && (reply.status === 403 || reply.type === 'opaqueredirect');
                if (answer && reply.status === 409) {
                    rekey(one.key); // it is not in, and another window's words may be under that key
                }
                say(out ? texts.out : texts.kept);
                if (out) {
                    await look().catch(() => null);
                }
                timer = setTimeout(send, AGAIN);
                break;
            }
        }
        sending = false;
        show();
        if (sent) {
            look().catch(() => null);
        }
    }

    let soon = 0;
    function keepSoon() {
        soon = 0;
        keepTyped();
    }
    form.addEventListener('input', () => {
        clearTimeout(soon);
        soon = setTimeout(keepSoon, 250);
    });
    form.addEventListener('submit', (event) => {
        const values = valuesOf();
        if (!(values.body + values.headline).trim()) {
            return; // the office says what is missing
        }
        // Without room in the store the form goes by itself.
        if (!keep(unsentPlace, [...queue(), { key: form.elements.key.value, typed: Date.now(), floor: form.elements.floor.value, ...values }])) {
            return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        clearTimeout(soon);
        soon = 0;
        localStorage.removeItem(typedPlace);
        put({});
        form.elements.key.value = newKey();
        form.elements.body.focus();
        show();
        send();
    });

    // What was typed in a window that is open is that window's: it answers when another asks. What one that was closed has
    // left is taken over by the next page, unless somebody types there already.
    const open = new Set();
    let channel = null;
    function stay() {
        channel = new BroadcastChannel(typedPlaces);
        channel.addEventListener('message', ({ data }) => {
            if (data === 'who') {
                channel?.postMessage(typedPlace);
            } else {
                open.add(data);
            }
        });
    }
    async function restore() {
        channel.postMessage('who');
        await new Promise((resolve) => { setTimeout(resolve, ANSWERS); });
        const left = Object.keys(localStorage).filter((key) => (key === typedPlaces || key.startsWith(`${typedPlaces}-`)) && key !== typedPlace && !open.has(key));
        for (const place of left.sort().reverse()) {
            const typed = read(place, null);
            const words = typed && (typed.body || typed.headline);
            if (!words || (typed.floor || '0') !== form.elements.floor.value) {
                localStorage.removeItem(place); // it is empty, or may have what was taken out
            } else if (fields.slice(0, 2).every((name) => [typed[name] || '', ''].includes(form.elements[name].value))) {
                put(typed);
                form.elements.key.value = typed.key; // it may have gone by itself
                if (keepTyped()) {
                    localStorage.removeItem(place);
                }
            }
        }
    }
    stay();
    restore();
    addEventListener('pagehide', () => {
        if (soon) {
            keepTyped();
        }
        channel?.close();
        channel = null;
    });
    addEventListener('pageshow', ({ persisted }) => persisted && stay());
    addEventListener('online', send);
    addEventListener('storage', show);
    setInterval(() => document.visibilityState === 'visible' && look().catch(() => null), LOOK);
    show();
    send();
}
