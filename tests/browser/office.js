// A newsroom with its office open, for tests of the staff's pages: the demo, its office at a port of its own, mail in
// outbox/. `openOffice()` once; then tabs, people of the demo signed in by their links, an authenticator, axe.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { axeViolations } = require('./checks.js');
const { KOLOKOL, assert, open, patience, serve, temporary } = require('./harness.js');
const { ownDemo } = require('./served.js');

const at = {}; // newsroom (folder), office, paper and forms (addresses), links (by role; "first admin" too)

// Starts it. The whole newsroom with { serve: true }, with workers that send mail; else the office alone. What readers
// see is at `paper`, the address that the newspaper itself names.
async function openOffice(options = {}) {
    at.newsroom = path.join(temporary('office'), 'paper');
    Object.assign(at, await ownDemo(at.newsroom));
    const ini = path.join(at.newsroom, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^stand=.*$/m, `stand=127.0.0.1:${new URL(at.paper).port}`)
        .replace(/^forms=.*$/m, `forms=127.0.0.1:${new URL(at.forms).port}`).replace(/^office=.*$/m, 'office=127.0.0.1:0'));
    const [printed] = await serve(KOLOKOL, ['-C', at.newsroom, options.serve ? 'serve' : 'office'],
        /first admin:[^]*?reporter: +http:\S+\n/);
    at.links = {};
    for (const [, who, link] of printed.matchAll(/^([a-z ]+): +(http:\S+\/link\/\S+)$/mg)) {
        at.links[who] = link;
    }
    at.office = new URL(at.links.chief).origin;
}

// A tab that collects what the browser complains of; without script if asked.
async function tab(options = {}) {
    const page = await open(options);
    page.complaints = [];
    page.on('console', (message) => message.type() === 'error' &&
        !/status of (403|404|409|422|429)/.test(message.text()) && page.complaints.push(message.text()));
    page.on('request', (request) => new URL(request.url()).origin === at.office ||
        page.complaints.push(`asks ${request.url()}`));
    return page;
}

// A tab signed in as somebody of the demo. Each link works once.
async function signedIn(role, options = {}) {
    const page = await tab(options);
    await page.goto(at.links[role]);
    await page.locator('main button.strong').click();
    await page.locator('body.in').waitFor();
    return page;
}

// The code that an authenticator shows for a key as the page writes it, `steps` later.
function code(key, steps = 0) {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = [...key.replace(/ /g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
    const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
    const mac = crypto.createHmac('sha1', secret).update(counter).digest();
    const from = mac[19] & 15;
    return String((mac.readUInt32BE(from) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// What a person does: presses the button of that name; and waits until this stands above the page.
async function press(page, name) {
    await page.locator('main').getByRole('button', { name, exact: true }).click();
}

async function heading(page, text) {
    await page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
}

// From the page with the QR code through the recovery codes, as a phone and a pencil would; {key, recovery}.
async function setUpSecond(page, button = 'Go on') {
    await heading(page, 'Set up a second factor');
    assert.equal(await page.locator('svg.qr path').count(), 1);
    const key = await page.locator('code').textContent();
    await page.locator('#code').fill(code(key));
    await press(page, button);
    await heading(page, 'Recovery codes');
    assert.equal(await page.locator('.codes code').count(), 10);
    const recovery = await page.locator('.codes code').first().textContent();
    await page.locator('a.go').click();
    return { key, recovery };
}

// The newest link in outbox/ for an address; waits for the letter.
async function mailedLink(address) {
    const outbox = path.join(at.newsroom, 'outbox');
    for (let tries = 0; tries < patience(100); tries++) {
        for (const file of fs.readdirSync(outbox).filter((name) => name.endsWith('.eml')).sort().reverse()) {
            const text = fs.readFileSync(path.join(outbox, file), 'utf8').replace(/=\r?\n/g, '')
                .replace(/=([0-9A-F]{2})/g, (all, hex) => String.fromCharCode(parseInt(hex, 16)));
            const match = text.includes(address) && /\/link\/[0-9a-f]{32}/.exec(text);
            if (match) {
                return at.office + match[0];
            }
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`no letter to ${address}`);
}

// Waits until nothing is being taken down or withheld any more; the page of it is open then.
async function erased(page) {
    for (let tries = 0; tries < patience(240); tries++) {
        await page.goto(`${at.office}/erasures`);
        if (await page.locator('progress').count() === 0) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
    }
    assert.fail(await page.locator('table').textContent());
}

// What is wrong with the page that is open: axe in light and dark, wider than the window, a button too small.
async function judge(page) {
    const wrong = [];
    for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        over <= 0 || wrong.push(`${over} px too wide at ${width}`);
    }
    wrong.push(...await axeViolations(page));
    return wrong.map((text) => `${new URL(page.url()).pathname}: ${text}`);
}

module.exports = { at, code, erased, heading, judge, mailedLink, openOffice, press, setUpSecond, signedIn, tab };
