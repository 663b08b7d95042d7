// Taking down and withholding a name in the office: what the pages say, one order however often it is sent, its progress,
// the name with script off; then every file of the newsroom is searched, packed ones unpacked: nothing is left.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { assert, kolokol, run, temporary } = require('./harness.js');
const { at, erased, judge, openOffice, signedIn } = require('./office.js');

const SECRET = ['zwyheadline', 'zwystandfirst', 'zwybody', 'zwyslug', 'zwycorrection'];
const NAME = ['zwyanna zwypetrova', 'zwyanna-zwypetrova'];
const wrong = [];
let chief = null;

function* files(folder) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const whole = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            yield* files(whole);
        } else if (entry.isFile()) {
            yield whole;
        }
    }
}

function* readings(file) {
    let bytes;
    try {
        bytes = fs.readFileSync(file);
    } catch (error) {
        if (error.code === 'ENOENT') { // it went since it was listed: the worker renames what it has written
            return;
        }
        throw error;
    }
    yield bytes.toString('latin1');
    if (file.endsWith('.gz')) {
        yield zlib.gunzipSync(bytes).toString('latin1');
    } else if (file.endsWith('.br')) {
        yield zlib.brotliDecompressSync(bytes).toString('latin1');
    }
}

// Which words stand where in the newsroom, names of files too.
function holding(words) {
    const found = [];
    for (const file of files(at.newsroom)) {
        const text = [file, ...readings(file)].join('\n').toLowerCase();
        found.push(...words.filter((word) => text.includes(word)).map((word) => `${path.relative(at.newsroom, file)}: ${word}`));
    }
    return found;
}

function story(name, text) {
    const file = path.join(temporary('story'), name);
    fs.writeFileSync(file, text);
    const id = /\d+/.exec(kolokol('-C', at.newsroom, 'story', 'add', file))[0];
    return id;
}

async function judged() {
    wrong.push(...await judge(chief));
    await chief.setViewportSize({ width: 1280, height: 900 });
}

async function takedown() {
    await openOffice({ serve: true });
    chief = await signedIn('chief');
    const id = story('secret.md', '---\ntitle: Zwyheadline of the day\nslug: zwyslug-here\nstatus: published\nsection: City\n' +
        'lead: Zwystandfirst of it.\n---\nZwybody stands here.\n');
    kolokol('-C', at.newsroom, 'story', 'correct', id, 'Zwycorrection was made.');
    const before = holding(SECRET);
    SECRET.forEach((word) => assert.ok(before.some((found) => found.endsWith(word)), `${word} is nowhere`));
    await chief.goto(`${at.office}/stories/${id}`);
    await chief.getByRole('link', { name: 'Take down for good…' }).click();
    assert.match(await chief.locator('main').textContent(), /zwyslug-here\.html/);
    await chief.locator('#reason').fill("A court's order");
    await chief.locator('#confirm').fill('0');
    await chief.getByRole('button', { name: 'Take down for good' }).click();
    assert.match(await chief.locator('[role=alert]').textContent(), /not this story/);
    assert.equal(await chief.locator('#reason').inputValue(), "A court's order");
    await judged();
    await chief.locator('#place').selectOption('neutral');
    await chief.locator('#confirm').fill(id);
    await chief.getByRole('button', { name: 'Take down for good' }).click();
    assert.match(await chief.locator('[role=status]').textContent(), /order is written down/);
    await judged();
    await erased(chief);
    assert.deepEqual(holding(SECRET), []);
    assert.match(await chief.locator('tbody').textContent(), /A court's order/);
    await judged();
}

async function sentTwice() {
    const id = story('twice.md', '---\ntitle: Sent twice\nstatus: published\n---\nText.\n');
    await chief.goto(`${at.office}/stories/${id}/take-down`);
    const answers = await chief.evaluate((number) => {
        const body = new URLSearchParams(new FormData(document.querySelector('form:has(#confirm)')));
        body.set('reason', 'Twice');
        body.set('confirm', number);
        return Promise.all([1, 2, 3].map(() => fetch('', { method: 'POST', body }).then((reply) => reply.url)));
    }, id);
    answers.forEach((url) => assert.match(url, /\/erasures\?done=ordered$/));
    await erased(chief);
    assert.equal((await chief.locator('tbody').textContent()).split('Twice').length, 2);
}

async function look(page) {
    await page.locator('#names').fill('Zwyanna Zwypetrova\nzwyanna-zwypetrova');
    await page.getByRole('button', { name: 'See where it stands' }).click();
    assert.equal(await page.locator('#where a').count(), 1);
    assert.match(await page.locator('main').textContent(), /Stories that have it: 1 /);
}

// A tab of the same person with script off; axe could not run in it.
async function withoutScript() {
    const context = await chief.context().browser().newContext({ javaScriptEnabled: false,
        storageState: await chief.context().storageState() });
    return context.newPage();
}

async function withhold() {
    story('named.md', '---\ntitle: Zwyanna Zwypetrova writes\nstatus: published\nsection: City\ntopics: [Zwyanna Zwypetrova]\n' +
        'authors: [Zwyanna Zwypetrova, Ilya Sten]\n---\nFrom Zwyanna Zwypetrova.\n');
    assert.ok(holding(NAME).length > 1);
    await chief.goto(`${at.office}/erasures`);
    await chief.getByRole('link', { name: 'Withhold a name' }).click();
    await judged();
    await look(chief);
    await judged();
    const plain = await withoutScript();
    await plain.goto(`${at.office}/erasures/name`);
    await look(plain);
    await plain.locator('#reason').fill('A threat');
    await plain.locator('#confirm').fill('Zwyanna Zwypetrova');
    await plain.getByRole('button', { name: 'Withhold it everywhere' }).click();
    assert.match(await plain.locator('[role=status]').textContent(), /order is written down/);
    await erased(chief);
    assert.deepEqual(holding(NAME), []);
}

run([
    ['take a story down', takedown],
    ['one order, however often it is sent', sentTwice],
    ['withhold a name', withhold],
    ['axe, three widths, light and dark', async () => assert.deepEqual(wrong, [])],
]);
