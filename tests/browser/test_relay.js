// Behind a censor's wall: a relay that freezes each connection once 16,384 bytes have come through it. A reader opens
// three stories in a row, with pictures, then searches; every word must be there. What freezes is a picture, never the text.
'use strict';
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { assert, open, patience, run } = require('./harness.js');
const { demo, stand } = require('./paper.js');

const WALL = 16384;
const PATIENCE = patience(20000); // milliseconds for a page's text

// Bytes from the server pass until the wall; then the connection neither speaks nor ends.
function relay(port) {
    const server = net.createServer((reader) => {
        const source = net.connect(port, '127.0.0.1');
        let left = WALL;
        reader.on('data', (bytes) => source.write(bytes));
        source.on('data', (bytes) => {
            const some = bytes.subarray(0, left);
            left -= some.length;
            some.length > 0 && reader.write(some);
        });
        reader.on('error', () => source.destroy()).on('close', () => source.destroy());
        source.on('error', () => reader.destroy()).on('end', () => left > 0 && reader.end());
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

let paper, stories, many, port;

async function prepare() {
    paper = demo();
    const all = paper.files.filter((name) => /^2\d{3}\/\d\d\/\d\d\/(?!index)/.test(name));
    const text = (name) => fs.readFileSync(path.join(paper.exported, name), 'utf8');
    stories = all.filter((name) => /<figure class="lead">/.test(text(name))).slice(0, 3);
    many = all.slice(0, 6);
    assert.equal(stories.length, 3);
    assert.equal(many.length, 6);
    port = await relay(Number(/:(\d+)$/.exec(await stand(paper.newsroom))[1]));
}

async function wallStands() {
    const got = await new Promise((resolve) => {
        let bytes = 0;
        const picture = paper.exported && largestPicture();
        const socket = net.connect(port, '127.0.0.1', () =>
            socket.write(`GET /${picture} HTTP/1.1\r\nHost: paper.localhost\r\n\r\n`));
        socket.on('data', (some) => { bytes += some.length; });
        setTimeout(() => { socket.destroy(); resolve(bytes); }, 1500);
    });
    assert.equal(got, WALL);
}

function largestPicture() {
    const folder = path.join(paper.exported, 'o');
    const files = fs.readdirSync(folder).flatMap((two) => fs.readdirSync(path.join(folder, two))
        .map((name) => `o/${two}/${name}`)).filter((name) => /\.(png|jpg|webp|avif)$/.test(name));
    return files.sort((a, b) => fs.statSync(path.join(paper.exported, b)).size - fs.statSync(path.join(paper.exported, a)).size)[0];
}

async function reads(names, pictures) {
    const page = await open({}, true); // which of its connections it gives up when a reader goes on
    if (!pictures) {
        await page.route('**/*', (route) => route.request().resourceType() === 'image' ? route.abort() : route.continue());
    }
    for (const name of names) {
        await page.goto(`http://127.0.0.1:${port}/${name}`, { waitUntil: 'domcontentloaded', timeout: PATIENCE });
        const read = await page.evaluate(() => document.body.textContent);
        const whole = await page.evaluate((html) =>
            new DOMParser().parseFromString(html, 'text/html').body.textContent,
        fs.readFileSync(path.join(paper.exported, name), 'utf8'));
        assert.equal(read, whole, name);
        await page.waitForTimeout(pictures ? 500 : 0); // pictures begin, and freeze
    }
    await search(page);
    await page.context().close();
}

// By the same browser, with what its frozen connections left it: a word of the third story's headline finds that story.
async function search(page) {
    const headline = (await page.textContent('h1')).trim();
    const word = headline.split(/[^A-Za-z]+/).sort((a, b) => b.length - a.length)[0];
    const address = `http://127.0.0.1:${port}/search/index.html`;
    await page.goto(address, { waitUntil: 'domcontentloaded', timeout: PATIENCE });
    await page.fill('#q', word);
    await page.press('#q', 'Enter');
    await page.waitForSelector('#found li a', { timeout: PATIENCE });
    const found = await page.$$eval('#found li a', (links) => links.map((link) => link.textContent.replace(/…$/, '')));
    assert.ok(found.some((text) => headline.startsWith(text)), `${word}: ${found.join('; ')}`);
}

run([
    ['a paper behind a relay', prepare],
    ['the relay freezes a connection after 16,384 bytes', wallStands],
    ['three stories in a row are complete, and a search after them', () => reads(stories, true)],
    // Nothing else is on their connection: the stand must end it before it freezes.
    ['six stories without pictures too', () => reads(many, false)],
]);
