// A newspaper with its door open, for tests of forms: the demo, served, its forms at a port of their own, mail in
// outbox/. `openPaper()` once; then tabs, the newest mail with a link, the way back from a link.
'use strict';
const path = require('node:path');
const { kolokol, open, patience, serve, temporary } = require('./harness.js');
const served = require('./served.js');

const at = {}; // newsroom (folder), paper and forms (addresses)

// Starts it all.
async function openPaper() {
    Object.assign(at, await served.servedDemo());
}

// A tab, without script unless it is asked for, that collects what the browser complains of.
async function tab(javaScriptEnabled = false) {
    const page = await open({ javaScriptEnabled });
    page.complaints = [];
    page.on('console', (message) => message.type() === 'error' &&
        !/\/favicon\.ico$/.test(message.location().url) && page.complaints.push(message.text()));
    return page;
}

// The newest mail to an address in whose subject or text this stands; waits for it.
function mail(address, pattern) {
    return served.mail(at.newsroom, address, pattern);
}

// The address of the first story of the front, as soon as there is a front.
async function storyUrl() {
    const page = await tab();
    const headlines = page.locator('main h2 a, main h1 a');
    for (let tries = 0; tries < patience(100) && await headlines.count() === 0; tries++) {
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
    await page.locator('h1', { hasText: wanted }).waitFor({ timeout: patience(15000) });
}

// A link of a mail, and its button.
async function pressButton(page, url, wanted) {
    await page.goto(url);
    await page.locator('main button').click();
    await answer(page, wanted);
}

module.exports = { answer, at, mail, mirror, openPaper, pressButton, storyUrl, tab };
