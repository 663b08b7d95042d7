// The forms of a story page, with script off: subscribe, confirm by the mail in outbox/, unsubscribe; from the paper's
// own address and from a copy of the page that somebody else serves. The policies of page and door are in force.
'use strict';
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { KOLOKOL, assert, kolokol, open, run, serve, temporary } = require('./harness.js');

let newsroom, paper, forms;

function freePort() {
    const socket = net.createServer();
    return new Promise((resolve) => socket.listen(0, '127.0.0.1', () => {
        const { port } = socket.address();
        socket.close(() => resolve(port));
    }));
}

async function prepare() {
    const port = await freePort();
    forms = `http://forms.localhost:${port}`;
    newsroom = path.join(temporary('forms'), 'paper');
    kolokol('init', '--demo', '--forms-url', forms, newsroom);
    const ini = path.join(newsroom, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^stand=.*$/m, 'stand=127.0.0.1:0')
        .replace(/^forms=.*$/m, `forms=127.0.0.1:${port}`));
    const [, before, after] = await serve(KOLOKOL, ['-C', newsroom, 'serve'],
        /The paper: +(http:\S+:\d+)\/[^]*kolokol forms: |kolokol forms: [^]*The paper: +(http:\S+:\d+)\//);
    paper = before || after; // the doors open in either order
}

// A tab without script that collects what the browser complains of and what is asked of other hosts.
async function tab() {
    const page = await open({ javaScriptEnabled: false });
    page.complaints = [];
    page.on('console', (message) => message.type() === 'error' &&
        !/\/favicon\.ico$/.test(message.location().url) && page.complaints.push(message.text()));
    return page;
}

// The newest mail to an address with this in it; waits for it.
async function mail(address, pattern) {
    const outbox = path.join(newsroom, 'outbox');
    for (let tries = 0; tries < 100; tries++) {
        const files = fs.readdirSync(outbox).filter((name) => name.endsWith('.eml')).sort().reverse();
        for (const file of files) {
            const text = unfold(fs.readFileSync(path.join(outbox, file), 'utf8'));
            const match = text.includes(address) && pattern.exec(text);
            if (match) {
                return { text, match };
            }
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`no mail to ${address} with ${pattern}`);
}

// Quoted-printable soft line ends and escapes, and folded headers, undone: enough to find a link.
function unfold(text) {
    return text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (all, hex) => String.fromCharCode(parseInt(hex, 16)))
        .replace(/\r?\n[ \t]+/g, ' ');
}

async function storyUrl() {
    const page = await tab();
    await page.goto(`${paper}/index.html`);
    const link = await page.locator('main h2 a, main h1 a').first().getAttribute('href');
    await page.context().close();
    return new URL(link, `${paper}/index.html`).href;
}

async function subscribeAt(url, address) {
    const page = await tab();
    await page.goto(url);
    await page.locator('.news input[type=email]').fill(address);
    await page.locator('.news button').click();
    await page.waitForURL(`${forms}/en/t/**`);
    await page.locator('h1', { hasText: 'Look into your mail' }).waitFor({ timeout: 15000 });
    assert.match(page.url(), new RegExp(`^${forms}/en/t/[0-9a-f]{32}(\\?n=\\d+)?$`));
    return page;
}

async function pressButton(page, url, wanted) {
    await page.goto(url);
    await page.locator('main button').click();
    await page.waitForURL(`${forms}/en/t/**`);
    await page.locator('h1', { hasText: wanted }).waitFor({ timeout: 15000 });
}

async function wholeWay() {
    await prepare();
    const page = await subscribeAt(await storyUrl(), 'reader@example.org');
    const asked = await mail('reader@example.org', /http:\S+\/confirm\/[\w.~-]+/);
    assert.ok(!asked.match[0].includes('reader'), 'nothing readable stands in a link');
    await page.goto(asked.match[0]); // a scanner does as much, and nothing happens
    assert.match(kolokol('-C', newsroom, 'subscriber', 'list'), /pending .*reader@example\.org/);
    await pressButton(page, asked.match[0], 'Thank you');
    assert.match(kolokol('-C', newsroom, 'subscriber', 'list'), /confirmed .*reader@example\.org/);
    const welcome = await mail('reader@example.org', /http:\S+\/unsubscribe\/[\w.~-]+/);
    await pressButton(page, welcome.match[0], 'You are unsubscribed');
    assert.doesNotMatch(kolokol('-C', newsroom, 'subscriber', 'list'), /confirmed .*reader@example\.org/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

// The same bytes from a host that has never heard of us.
async function fromMirror() {
    const folder = path.join(temporary('mirror'), 'copy');
    kolokol('-C', newsroom, 'edition', 'export', folder);
    const [, port] = await serve('python3', ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', folder],
        /port (\d+)/);
    const story = new URL(await storyUrl());
    const page = await subscribeAt(`http://mirror.localhost:${port}${story.pathname}`, 'far@example.org');
    await mail('far@example.org', /\/confirm\//);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

// Known or not, the answer is the same bytes but for the stamp of the ticket's address.
async function tellsNothing() {
    const url = await storyUrl();
    const texts = [];
    for (const address of ['far@example.org', 'nobody@example.org']) {
        const page = await subscribeAt(url, address);
        texts.push(await page.content());
        await page.context().close();
    }
    assert.equal(texts[0], texts[1]);
}

run([
    ['forms/subscribe-confirm-unsubscribe', wholeWay],
    ['forms/from-a-mirror', fromMirror],
    ['forms/the-answer-tells-nothing', tellsNothing],
]);
