// A newspaper with its door open, for tests of forms: the demo, served, its forms at a port of their own, mail in
// outbox/. `openPaper()` once; then tabs, the newest mail with a link, the way back from a link.
'use strict';
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { KOLOKOL, assert, kolokol, open, serve, temporary } = require('./harness.js');

const at = {}; // newsroom (folder), paper and forms (addresses)

function freePort() {
    const socket = net.createServer();
    return new Promise((resolve) => socket.listen(0, '127.0.0.1', () => {
        const { port } = socket.address();
        socket.close(() => resolve(port));
    }));
}

// Starts it all.
async function openPaper() {
    const port = await freePort();
    at.forms = `http://forms.localhost:${port}`;
    at.newsroom = path.join(temporary('forms'), 'paper');
    kolokol('init', '--demo', '--forms-url', at.forms, at.newsroom);
    const ini = path.join(at.newsroom, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^stand=.*$/m, 'stand=127.0.0.1:0')
        .replace(/^forms=.*$/m, `forms=127.0.0.1:${port}`));
    const [, before, after] = await serve(KOLOKOL, ['-C', at.newsroom, 'serve'],
        /The paper: +(http:\S+:\d+)\/[^]*kolokol forms: |kolokol forms: [^]*The paper: +(http:\S+:\d+)\//);
    at.paper = before || after; // the doors open in either order
}

// A tab, without script unless it is asked for, that collects what the browser complains of.
async function tab(javaScriptEnabled = false) {
    const page = await open({ javaScriptEnabled });
    page.complaints = [];
    page.on('console', (message) => message.type() === 'error' &&
        !/\/favicon\.ico$/.test(message.location().url) && page.complaints.push(message.text()));
    return page;
}

// The newest mail to an address with this in it; waits for it.
async function mail(address, pattern) {
    const outbox = path.join(at.newsroom, 'outbox');
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

// The address of the first story of the front, as soon as there is a front.
async function storyUrl() {
    const page = await tab();
    const headlines = page.locator('main h2 a, main h1 a');
    for (let tries = 0; tries < 100 && await headlines.count() === 0; tries++) {
        await page.goto(`${at.paper}/index.html`).catch(() => null);
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const link = await headlines.first().getAttribute('href');
    await page.context().close();
    return new URL(link, `${at.paper}/index.html`).href;
}

// The same bytes from a host that has never heard of us; its address.
async function mirror() {
    const folder = path.join(temporary('mirror'), 'copy');
    kolokol('-C', at.newsroom, 'edition', 'export', folder);
    const [, port] = await serve('python3', ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', folder],
        /port (\d+)/);
    return `http://mirror.localhost:${port}`;
}

// The answer to what was just sent: a page of the door with this headline.
async function answer(page, wanted) {
    await page.waitForURL(`${at.forms}/en/t/**`);
    await page.locator('h1', { hasText: wanted }).waitFor({ timeout: 15000 });
}

// A link of a mail, and its button.
async function pressButton(page, url, wanted) {
    await page.goto(url);
    await page.locator('main button').click();
    await answer(page, wanted);
}

module.exports = { answer, at, mail, mirror, openPaper, pressButton, storyUrl, tab };
