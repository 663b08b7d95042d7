// Search without a server: reads small index files beside the page, ranks and suggests in the browser. docs/search.md has
// the format; src/paper/search_query.c does the same in the same order. Words typed here go nowhere.
'use strict';
const kolokolSearch = (fetchFile, language) => {
  const WORDS = [8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024, 1448];
  const EDIT = 120; // of 12 a doubling
  const utf8 = new TextDecoder(), bytesOf = new TextEncoder();
  let day = null;
  const files = new Map();

  // Numbers and texts of a file, in their order.
  const reader = (bytes, at = 0) => {
    const number = () => {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
        if (byte === undefined) throw new Error('short file');
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      return value;
    };
    const raw = () => {
      const length = number();
      at += length;
      return bytes.subarray(at - length, at);
    };
    return {
      number, raw,
      byte: () => bytes[at++],
      text: () => utf8.decode(raw()),
      // A text that shares its beginning with the one before.
      next: (before) => {
        const shared = number(), rest = raw(), all = new Uint8Array(shared + rest.length);
        all.set(before.subarray(0, shared));
        all.set(rest, shared);
        return all;
      },
      skip: (count) => { at += count; },
      get at() { return at; },
      done: () => at >= bytes.length,
    };
  };

  const load = (name) => {
    if (!files.has(name)) {
      const file = fetchFile(name + '.bin');
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  };

  const hash = (text) => {
    let h = 2166136261;
    for (const byte of bytesOf.encode(text)) h = Math.imul(h ^ byte, 16777619);
    return h >>> 0;
  };

  const loadDay = async () => {
    const bytes = await load('day'), r = reader(bytes), d = { rules: new Map(), masked: new Set(), cards: [], bytes };
    if (r.number() !== 1) throw new Error('format');
    for (const key of ['stories', 'average', 'a', 'aFiles', 'm', 'mFiles', 'aFirst', 'mFirst', 'first']) d[key] = r.number();
    for (let n = r.number(); n > 0; n--) {
      const ending = r.text(), strip = r.byte();
      d.rules.set(ending, [strip, r.text()]);
    }
    let doc = d.aFirst;
    for (let n = r.number(); n > 0; n--) d.masked.add(doc += r.number());
    for (let n = r.number(); n > 0; n--) d.cards.push(r.raw());
    d.terms = r.at;
    return d;
  };

  // As src/text/stem.c folds a word, without its stem.
  const fold = (word) => word.normalize('NFKC').toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ').normalize('NFKC')
    .replace(/[\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u0655\u0670\u200c\u200d]/g, '').replace(/[\u2019\u02bc]/g, "'")
    .replace(/[\u0622\u0623\u0625\u0671]/g, '\u0627')
    .normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');

  const split = (text) => {
    const words = typeof Intl === 'object' && Intl.Segmenter
      ? Array.from(new Intl.Segmenter(language, { granularity: 'word' }).segment(text)).filter((s) => s.isWordLike).map((s) => s.segment)
      : text.match(/[\p{L}\p{N}\p{M}]+(?:['’.][\p{L}\p{N}\p{M}]+)*/gu) || [];
    return words.map((word) => ({ word, form: fold(word) })).filter((w) => w.form && bytesOf.encode(w.form).length <= 64).slice(0, 64);
  };

  const applyRules = (form) => {
    const letters = Array.from(form);
    for (let n = Math.min(5, letters.length); n >= 0; n--) {
      const rule = day.rules.get(letters.slice(letters.length - n).join(''));
      if (rule) {
        if (rule[0] > letters.length) return form;
        return letters.slice(0, letters.length - rule[0]).join('') + rule[1] || form;
      }
    }
    return form;
  };

  const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

  // What a file says of a stem, and of a form: an alias.
  const lookIn = (bytes, at, base, stem, form) => {
    const r = reader(bytes, at), found = { stories: 0, count: 0, base, bytes }, wanted = bytesOf.encode(stem);
    let name = new Uint8Array(0);
    for (let n = r.number(); n > 0; n--) {
      name = r.next(name);
      const stories = r.number(), count = r.number();
      if (equal(name, wanted)) Object.assign(found, { stories, count, at: r.at });
      for (let i = 0; i < count; i++) { r.number(); r.byte(); }
    }
    const asked = form === null ? null : bytesOf.encode(form);
    name = new Uint8Array(0);
    for (let n = r.number(); n > 0; n--) {
      name = r.next(name);
      const to = r.next(name);
      if (asked && equal(name, asked)) found.alias = utf8.decode(to);
    }
    return found;
  };

  // The three tiers: day, month, archive.
  const look = async (key, stem, form) => {
    const found = [lookIn(day.bytes, day.terms, day.first, stem, form)];
    const tiers = [['m', day.m, day.mFiles, day.mFirst], ['a', day.a, day.aFiles, day.aFirst]].filter((t) => t[2] > 0);
    const read = await Promise.all(tiers.map((t) => load(`${t[0]}${t[1]}/${hash(key) % t[2]}`)));
    read.forEach((bytes, i) => found.push(lookIn(bytes, 0, tiers[i][3], stem, form)));
    return found;
  };

  const find = async (form) => {
    const guess = applyRules(form), found = await look(guess, guess, form);
    const alias = found.find((f) => f.alias !== undefined);
    if (!alias || alias.alias === guess) return { stem: guess, found };
    return { stem: alias.alias, found: await look(alias.alias, alias.alias, null) };
  };

  const score = (scores, found, times) => {
    const stories = found.reduce((sum, f) => sum + f.stories, 0), all = Math.max(day.stories, stories);
    const weight = Math.floor(Math.log(1 + (all - stories + 0.5) / (stories + 0.5)) * 4096 + 0.5) / 4096 * times;
    for (const f of found) {
      if (!f.count) continue;
      const r = reader(f.bytes, f.at);
      let doc = f.base;
      for (let i = 0; i < f.count; i++) {
        doc += r.number();
        const byte = r.byte(), tf = byte >> 4, words = WORDS[byte & 15];
        if (day.masked.has(doc)) continue;
        const part = weight * tf * (1.2 + 1) / (tf + 1.2 * (1 - 0.75 + 0.75 * words / day.average));
        scores.set(doc, (scores.get(doc) || 0) + part);
      }
    }
  };

  const vowel = (letter) => 'aeiouyаеиоуыэюя'.includes(letter);

  // Edits between two words: insert, delete, replace, swap of neighbours. Likely slips are dearer by less than others: a
  // letter doubled or not, a wrong vowel, a swap. More than `most` is Infinity.
  const distance = (a, b, most) => {
    let two = [], one = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      [two, one, row] = [one, row, [i]];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1], cost = same ? 0 : vowel(a[i - 1]) && vowel(b[j - 1]) ? 0.7 : 1;
        row[j] = Math.min(one[j] + (a[i - 1] === a[i - 2] ? 0.5 : 1), row[j - 1] + (b[j - 1] === b[j - 2] ? 0.5 : 1), one[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], two[j - 2] + 0.7);
        least = Math.min(least, row[j]);
      }
      if (least > most) return Infinity;
    }
    return row[b.length] > most ? Infinity : row[b.length];
  };

  const near = async (letters, first, lengths) => {
    const most = letters.length < 6 ? 1 : 2, found = [];
    const names = lengths.filter((n) => n >= 4).map((n) => `a${day.a}/w${first.codePointAt(0).toString(16)}-${n}`);
    const lists = await Promise.all(names.map((name) => load(name).catch(() => null)));
    for (const bytes of lists.filter(Boolean)) {
      const r = reader(bytes);
      for (let name = new Uint8Array(0); !r.done();) {
        name = r.next(name);
        const often = r.byte(), word = utf8.decode(name), edits = distance(letters, Array.from(word), most);
        if (edits > 0 && edits <= most) found.push({ word, edits, often });
      }
    }
    return found;
  };

  // Words of the paper that are nearest to one that is not in it, the best first.
  const suggest = async (word) => {
    day = day || await loadDay();
    const form = fold(word), letters = Array.from(form), n = letters.length;
    if (n < 4) return [];
    let found = await near(letters, letters[0], [n - 1, n, n + 1]);
    if (!found.some((f) => f.edits <= 1)) found = found.concat(await near(letters, letters[0], [n - 2, n + 2]));
    if (!found.length) found = await near(letters, letters[1], [n - 1, n, n + 1]);
    // One edit more weighs as much as being many times rarer.
    const worth = (f) => f.often - EDIT * f.edits;
    return found.sort((a, b) => worth(b) - worth(a) || (a.word < b.word ? -1 : 1)).map((f) => f.word);
  };

  const card = async (doc) => {
    let bytes;
    if (doc >= day.first) {
      bytes = day.cards[doc - day.first];
    } else {
      const [tier, first] = doc >= day.mFirst ? [`m${day.m}`, day.mFirst] : [`a${day.a}`, day.aFirst];
      const r = reader(await load(`${tier}/c${Math.floor((doc - first) / 32)}`));
      for (let n = (doc - first) % 32; n >= 0; n--) bytes = r.raw();
    }
    const r = reader(bytes);
    return { path: r.text(), headline: r.text(), date: r.number(), section: r.text(), words: r.text() };
  };

  // The documents for a query, the best first, and a better spelling of it or null.
  const query = async (text) => {
    day = await (files.delete('day'), loadDay());
    const asked = split(text), stems = new Map(), scores = new Map();
    const read = await Promise.all(asked.map((w) => find(w.form)));
    read.forEach(({ stem, found }) => {
      const known = stems.get(stem);
      if (known) known.times++; else stems.set(stem, { found, times: 1 });
    });
    stems.forEach(({ found, times }) => score(scores, found, times));
    const hits = Array.from(scores, ([doc, sum]) => ({ doc, score: Math.floor(sum * 1e6 + 0.5) }));
    hits.sort((a, b) => b.score - a.score || b.doc - a.doc);
    let better = text, mended = false;
    const at = [];
    asked.reduce((from, w, i) => (at[i] = text.indexOf(w.word, from)) + w.word.length, 0);
    for (let i = asked.length - 1; i >= 0; i--) { // from the end, so that places before stay
      if (read[i].found.every((f) => !f.stories)) {
        const [word] = await suggest(asked[i].form);
        if (word) { better = better.slice(0, at[i]) + word + better.slice(at[i] + asked[i].word.length); mended = true; }
      }
    }
    return { hits: hits.map((h) => h.doc), better: mended ? better : null };
  };

  return { query, suggest, card };
};

if (typeof document === 'object') {
  const form = document.getElementById('search'), box = form.elements.q, told = document.getElementById('told');
  const list = document.getElementById('found'), say = form.dataset, language = document.documentElement.lang;
  const get = async (name, signal) => {
    const answer = await fetch(name, { credentials: 'omit', signal });
    if (!answer.ok) throw new Error(name + ': ' + answer.status);
    return new Uint8Array(await answer.arrayBuffer());
  };
  // A connection that somebody froze is given up, and the file asked for over another.
  const engine = kolokolSearch(async (name) => {
    const patience = new AbortController(), clock = setTimeout(() => patience.abort(), 8000);
    try {
      return await get(name, patience.signal);
    } catch (error) {
      if (!patience.signal.aborted) throw error;
      return await get(name);
    } finally {
      clearTimeout(clock);
    }
  }, language);
  const dates = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', day: 'numeric' });
  const make = (tag, text, put = {}) => Object.assign(document.createElement(tag), { textContent: text }, put);
  let turn = 0;

  const show = async (hits, from, mine) => {
    const cards = await Promise.all(hits.slice(from, from + 10).map(engine.card));
    if (mine !== turn) return;
    for (const card of cards) {
      const item = make('li', ''), meta = make('p', card.section ? card.section + ' · ' : '', { className: 'meta' });
      const date = new Date(card.date * 1000);
      item.append(make('a', card.headline, { href: say.root + card.path }));
      meta.append(make('time', dates.format(date), { dateTime: date.toISOString() }));
      item.append(meta);
      if (card.words) item.append(make('p', card.words));
      list.append(item);
    }
    if (hits.length > from + 10) {
      const more = make('button', say.more, { type: 'button' }), item = make('li', '');
      more.addEventListener('click', async () => {
        const at = list.children.length - 1;
        await show(hits, from + 10, mine);
        item.remove();
        if (list.children[at]) list.children[at].querySelector('a').focus();
      });
      item.append(more);
      list.append(item);
    }
  };

  const search = async (text) => {
    const mine = ++turn;
    list.replaceChildren();
    if (!text.trim()) { told.replaceChildren(); return; }
    told.textContent = say.busy;
    try {
      // A copy that was renewed between two files is read once more.
      const found = await engine.query(text).catch(() => engine.query(text));
      if (mine !== turn) return;
      told.textContent = found.hits.length
        ? say.found.replace('{n}', new Intl.NumberFormat(language).format(found.hits.length)) : say.none;
      if (found.better) {
        told.append(' ', say.mean, ' ', make('a', found.better, { href: '#q=' + encodeURIComponent(found.better) }));
      }
      await show(found.hits, 0, mine);
    } catch (error) {
      if (mine === turn) told.textContent = location.protocol === 'file:' ? say.disk : say.failed;
    }
  };

  // Words stand after the #, which browsers do not send; ?q= from elsewhere is understood as well.
  const read = () => {
    const words = new URLSearchParams(location.hash.slice(1)).get('q') || new URLSearchParams(location.search).get('q') || '';
    box.value = words;
    search(words);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const hash = '#q=' + encodeURIComponent(box.value);
    if (location.hash === hash) search(box.value); else location.hash = hash;
  });
  addEventListener('hashchange', read);
  read();
}
