// Search as a reader meets it: the page in Chromium under its own policy, by form, by address and without script; and
// the order of the script beside that of `kolokol tool search`, which must be the same.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { KOLOKOL, assert, kolokol, open, run, serve, temporary } = require('./harness.js');
const { engine } = require('./search_engine.js');

const WORDS = { en: ['harbour', 'ferry', 'election', 'minister', 'winter', 'bridge', 'court', 'bread', 'river', 'school', 'reported',
    'reporting', 'elections', 'ministers', 'closed', 'closing', 'opened', 'frozen', 'delayed', 'votes'],
    ru: ['гавань', 'гавани', 'паром', 'паромы', 'журналом', 'журнала', 'выборы', 'министров', 'Киева', 'Иране', 'зимой', 'мостов', 'суд',
        'хлеба', 'река', 'школах', 'сообщили', 'закрыт', 'Медведева', 'лёд'] };
const QUERIES = { en: ['harbour', 'elections of ministers', 'closing the bridge', 'frozen river and delayed ferry', 'reports',
    'school court bread winter', 'nothing-of-the-kind', 'ministers'],
    ru: ['гаванью', 'паром', 'журналы', 'министр в Киеве', 'Иран', 'Медведев', 'льду реки', 'выборов хлебом', 'мосты и школы'] };
let newsroom, exported, port;

// Stories of words in a fixed disorder.
function stories(language, from, count) {
    let seed = from + 7;
    const words = WORDS[language];
    const pick = () => words[(seed = (seed * 16807) % 2147483647) % words.length];
    return Array.from({ length: count }, (_, i) => JSON.stringify({ id: `${language}${from + i}`, language, status: 'published',
        title: `${pick()} and ${pick()} ${from + i}`, date: new Date(Date.UTC(2026, 0, 1, from + i)).toISOString(),
        body: Array.from({ length: 20 + (i % 50) }, pick).join(' ') }));
}

function add(language, from, count) {
    const file = path.join(temporary('stories'), 'stories.jsonl');
    fs.writeFileSync(file, stories(language, from, count).join('\n') + '\n');
    kolokol('-C', newsroom, 'import', 'jsonl', file, '--publish');
}

async function prepare() {
    newsroom = path.join(temporary('search'), 'paper');
    exported = path.join(temporary('export'), 'edition');
    kolokol('init', '--name', 'The Test Bell', '--languages', 'en,ar,ru', newsroom);
    add('en', 0, 120);
    add('ru', 300, 60);
    kolokol('-C', newsroom, 'press');
    add('en', 200, 5); // of the day
    add('ru', 400, 3);
    kolokol('-C', newsroom, 'press');
    kolokol('-C', newsroom, 'edition', 'export', exported);
    port = (await serve(KOLOKOL, ['-C', newsroom, 'stand'], /127\.0\.0\.1:(\d+)/))[1];
}

// Ids in the order of the script, by what the program says of the paths.
async function script(language, query) {
    const search = engine(path.join(exported, language === 'en' ? '' : language, 'search'), language);
    const { hits } = await search.query(query);
    return Promise.all(hits.slice(0, 40).map(async (hit) => (await search.card(hit)).path));
}

run([
    ['a newsroom with an archive and news of the day', prepare],
    ...Object.keys(QUERIES).map((language) => [`the script and the program give the same order, ${language}`, async () => {
        let found = 0;
        for (const query of QUERIES[language]) {
            const ids = kolokol('-C', newsroom, 'tool', 'search', language, query, '--limit', '40').split('\n').filter(Boolean);
            const paths = await script(language, query);
            found += paths.length > 0;
            assert.equal(paths.length, ids.length, query);
            ids.slice(0, 10).forEach((id, i) => assert.ok(
                kolokol('-C', newsroom, 'story', 'show', id).includes(paths[i]), `${query}: number ${i + 1}`));
        }
        assert.ok(found > QUERIES[language].length / 2, `${found} queries find something`);
    }]),
    ['no file of the index is over 12,000 bytes', () => {
        const sizes = fs.readdirSync(path.join(exported, 'search'), { withFileTypes: true }).flatMap((entry) =>
            entry.isDirectory() ? fs.readdirSync(path.join(exported, 'search', entry.name)).map((name) =>
                [name, fs.statSync(path.join(exported, 'search', entry.name, name)).size]) : []);
        assert.ok(sizes.length > 20);
        sizes.filter(([name]) => name.endsWith('.bin')).forEach(([name, size]) => assert.ok(size <= 12000, name));
    }],
    ['a reader searches, is corrected, and follows a result', async () => {
        const page = await open();
        const asked = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(`http://127.0.0.1:${port}/search/index.html`);
        await page.fill('#q', 'ministres');
        await page.press('#q', 'Enter');
        await page.click('#told a');
        await page.waitForSelector('#found li a');
        assert.match(await page.textContent('#told'), /\d/);
        assert.ok(asked.every((url) => !/minist/.test(url)), 'the words left the browser');
        const href = await page.getAttribute('#found li a', 'href');
        await page.click('#found li a');
        assert.ok(page.url().endsWith(href.replace(/^(\.\.\/)+/, '')));
    }],
    ['words in the address are looked for, and what they hold is text', async () => {
        const page = await open();
        await page.goto(`http://127.0.0.1:${port}/search/index.html?q=ferry`);
        await page.waitForSelector('#found li');
        await page.goto(`http://127.0.0.1:${port}/search/index.html#q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
        await page.waitForFunction(() => document.getElementById('told').textContent !== '');
        assert.equal(await page.$('#results img'), null);
    }],
    ['without script, and from a disk, the archive is offered', async () => {
        const plain = await open({ javaScriptEnabled: false });
        await plain.goto(`http://127.0.0.1:${port}/search/index.html`);
        assert.equal(await plain.isVisible('#search'), false);
        assert.ok(await plain.isVisible('noscript'));
        assert.ok(await plain.isVisible('text=2026'));
        const disk = await open();
        await disk.goto(pathToFileURL(path.join(exported, 'search/index.html')).href + '#q=ferry');
        assert.ok(await disk.isVisible('text=2026'));
    }],
]);
