// The demo with all its doors open, as `kolokol serve` opens them, and readers without script: what the tests of forms
// share. Mails are read from outbox/.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { KOLOKOL, assert, kolokol, makeDemo, open, patience, removeLater, serve, temporary } = require('./harness.js');
const { lettersTo } = require('./letters.js');

// One that nobody has now, and that nobody is given who asks for any: a newsroom is made before its doors open, and
// meanwhile other tests and browsers ask the system for ports (32768 and more).
function freePort() {
    const socket = net.createServer();
    const port = 20000 + crypto.randomInt(12000);
    return new Promise((resolve) => {
        socket.once('error', () => resolve(freePort()));
        socket.listen(port, '127.0.0.1', () => socket.close(() => resolve(port)));
    });
}

// Opens all doors of a newsroom that was made with `forms` as its forms' address; where readers find the paper. `port`
// is the stand's, 0 for any.
async function openDoors(newsroom, forms, port = 0) {
    const ini = path.join(newsroom, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^stand=.*$/m, `stand=127.0.0.1:${port}`)
        .replace(/^forms=.*$/m, `forms=127.0.0.1:${new URL(forms).port}`));
    const [, before, after] = await serve(KOLOKOL, ['-C', newsroom, 'serve'],
        /The paper: +(http:\S+:\d+)\/[^]*kolokol forms: |kolokol forms: [^]*The paper: +(http:\S+:\d+)\//);
    return before || after; // the doors open in either order
}

// Whether nobody listens there.
function isFree(port) {
    const socket = net.createServer();
    return new Promise((resolve) => {
        socket.once('error', () => resolve(false));
        socket.listen(port, '127.0.0.1', () => socket.close(() => resolve(true)));
    });
}

// Makes the demo at `newsroom` with addresses that nobody has now; {paper, forms}.
async function freshDemo(newsroom) {
    const own = { paper: `http://paper.localhost:${await freePort()}`, forms: await formsAddress() };
    makeDemo(newsroom, { url: own.paper, 'forms-urls': own.forms });
    return own;
}

// The same, sooner: its addresses stand in every page, so that a worker has to press and to compress all of them again.
// Where tools/run_tests names a folder, that is done once for as many as are open at the same time, each of which is
// one test's until it ends.
async function ownDemo(newsroom) {
    const shared = process.env.KOLOKOL_TEST_DEMO;
    for (let n = 0; shared; n++) {
        const kept = `${shared}-${n}`;
        try {
            fs.mkdirSync(`${kept}.taken`);
        } catch (error) {
            assert.equal(error.code, 'EEXIST');
            continue;
        }
        removeLater(`${kept}.taken`);
        if (!fs.existsSync(`${kept}.json`)) {
            fs.rmSync(kept, { recursive: true, force: true });
            const fresh = await freshDemo(kept);
            kolokol('-C', kept, 'worker', '--until-idle');
            fs.writeFileSync(`${kept}.json`, JSON.stringify(fresh));
        }
        const own = JSON.parse(fs.readFileSync(`${kept}.json`, 'utf8'));
        if (await isFree(new URL(own.paper).port) && await isFree(new URL(own.forms).port)) {
            fs.cpSync(kept, newsroom, { recursive: true, verbatimSymlinks: true });
            return own;
        }
    }
    return freshDemo(newsroom);
}

// An address for forms that is free now.
async function formsAddress() {
    return `http://forms.localhost:${await freePort()}`;
}

// {newsroom, paper, forms}: its folder, and where readers find the paper and its forms.
async function servedDemo() {
    const newsroom = path.join(temporary('forms'), 'paper');
    const { paper, forms } = await ownDemo(newsroom);
    return { newsroom, paper: await openDoors(newsroom, forms, new URL(paper).port), forms };
}

// A tab without script that collects what the browser complains of. The icon is asked for by the browser itself.
async function scriptless(options = {}) {
    const page = await open({ javaScriptEnabled: false, ...options });
    page.complaints = [];
    page.on('console', (message) => message.type() === 'error' &&
        !/\/favicon\.ico$/.test(message.location().url) && page.complaints.push(message.text()));
    return page;
}

// The newest mail to an address in whose subject or text this stands; waits for it. {text, match}
async function mail(newsroom, address, pattern) {
    for (let tries = 0; tries < patience(200); tries++) {
        for (const letter of lettersTo(newsroom, address).reverse()) {
            const text = `Subject: ${letter.subject}\n\n${letter.text}`;
            const match = pattern.exec(text);
            if (match) {
                return { text, match };
            }
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`no mail to ${address} with ${pattern}`);
}

module.exports = { formsAddress, freePort, mail, openDoors, ownDemo, scriptless, servedDemo };
