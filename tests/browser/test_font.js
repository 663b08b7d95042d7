// A serif of the paper's own (docs/theme.md), two scripts in two files, under the page's real policy: from `stand`, from
// a plain nginx and from the disk it is used, and only the script that stands on the page is fetched; with `optional`
// nothing moves, and for a reader whose connection never brings the font the text stands all the same.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { WIDTH, boxFont } = require('./font.js');
const { assert, kolokol, open, run, temporary } = require('./harness.js');
const { nginx, stand, walk } = require('./paper.js');

const STORY = `---
title: The harbour is open
slug: harbour
date: 2026-03-04T10:00:00Z
language: en
section: City
status: published
---
Harbour after harbour opened on Monday, and nobody could say who had closed them.
`;

function sheet(display) {
    return `@font-face { font-family: "Source Serif 4"; src: url(box-latin.woff2) format("woff2"); font-display: ${display};
        font-weight: 200 900; unicode-range: U+20-7E }
        @font-face { font-family: "Source Serif 4"; src: url('box-cyrillic.woff2'); font-display: ${display};
        font-weight: 200 900; unicode-range: U+400-45F }`;
}

let newsroom, exported, page;

function press(display) {
    fs.writeFileSync(path.join(newsroom, 'theme/layout.css'), sheet(display));
    kolokol('-C', newsroom, 'press');
    exported = path.join(temporary('export'), 'edition');
    kolokol('-C', newsroom, 'edition', 'export', exported);
    page = walk(exported).find((name) => /\/harbour\.html$/.test(name));
}

function prepare() {
    newsroom = path.join(temporary('font'), 'paper');
    kolokol('init', '--name', 'The Test Bell', '--languages', 'en', newsroom);
    const file = path.join(temporary('story'), 'harbour.md');
    fs.writeFileSync(file, STORY);
    kolokol('-C', newsroom, 'story', 'add', file);
    fs.writeFileSync(path.join(newsroom, 'theme/box-latin.woff2'), boxFont('Box', 0x20, 0x7e));
    fs.writeFileSync(path.join(newsroom, 'theme/box-cyrillic.woff2'), boxFont('Box', 0x400, 0x45f));
    press('swap');
    assert.match(fs.readFileSync(path.join(exported, page), 'utf8'), /font-src &#39;self&#39;/);
    assert.equal(walk(exported).filter((name) => /^o\/.*\.woff2$/.test(name)).length, 2);
}

// What became of the fonts, how wide the first word of the text is in em, and what was said, asked and moved.
async function look(url, prepareTab = async () => {}) {
    const tab = await open({ viewport: { width: 390, height: 844 } });
    const complaints = [], asked = [];
    tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    tab.on('request', (request) => /woff2$/.test(request.url()) && asked.push(request.url()));
    await prepareTab(tab);
    await tab.goto(url, { waitUntil: 'domcontentloaded' });
    const seen = await tab.evaluate(async () => {
        await Promise.race([document.fonts.ready, new Promise((resolve) => { setTimeout(resolve, 1500); })]);
        const paragraph = document.querySelector('.text p');
        const range = document.createRange();
        range.setStart(paragraph.firstChild, 0);
        range.setEnd(paragraph.firstChild, 'Harbour'.length);
        const shift = await new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
                .observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 200);
        });
        return { fonts: [...document.fonts].map((font) => font.status), shift, height: paragraph.clientHeight,
            ems: range.getBoundingClientRect().width / parseFloat(getComputedStyle(paragraph).fontSize) };
    });
    await tab.context().close();
    return { ...seen, complaints, asked };
}

function used(seen) {
    assert.deepEqual(seen.complaints, []);
    assert.deepEqual(seen.fonts, ['loaded', 'unloaded'], 'the script that stands on the page, and no other');
    assert.equal(seen.asked.length, 1);
    assert.ok(Math.abs(seen.ems - 7 * WIDTH) < 0.02, `seven letters are ${seen.ems} em wide`);
}

async function fromServers() {
    used(await look(`${await stand(newsroom)}/${page}`));
    used(await look(`${await nginx(exported)}/${page}`));
}

async function fromDisk() {
    used(await look(pathToFileURL(path.join(exported, page)).href));
}

// `optional`, as docs/theme.md has it: a font that does not come is not waited for, one that is there moves nothing.
async function optional() {
    press('optional');
    const address = await nginx(exported);
    const never = await look(`${address}/${page}`, (tab) => tab.route('**/*.woff2', () => {}));
    assert.ok(never.height > 20 && Math.abs(never.ems - 7 * WIDTH) > 0.1, 'set in what the reader has');
    assert.ok(never.shift < 0.005, `layout shift ${never.shift}`);
    const there = await look(`${address}/${page}`);
    assert.ok(there.shift < 0.005, `layout shift ${there.shift}`);
    assert.deepEqual(there.complaints, []);
}

// Another host's font is refused whatever a sheet says.
async function onlyOurOwn() {
    fs.writeFileSync(path.join(newsroom, 'theme/layout.css'),
        `${sheet('swap')} @font-face { font-family: Other; src: url(http://127.0.0.1:9/x.woff2) } h1 { font-family: Other }`);
    kolokol('-C', newsroom, 'press');
    const seen = await look(`${await stand(newsroom)}/${page}`);
    assert.ok(seen.complaints.some((line) => /font-src/.test(line)), `no complaint: ${seen.complaints}`);
}

run([
    ['font/two scripts are pressed and exported', async () => prepare()],
    ['font/from stand and nginx', fromServers],
    ['font/from the disk', fromDisk],
    ['font/optional is never waited for', optional],
    ['font/of another host is refused', onlyOurOwn],
]);
