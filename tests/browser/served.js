// The demo with all its doors open, as `kolokol serve` opens them, and readers without script: what the tests of forms
// share. Mails are read from outbox/.
'use strict';
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { KOLOKOL, assert, kolokol, open, serve, temporary } = require('./harness.js');

function freePort() {
    const socket = net.createServer();
    return new Promise((resolve) => socket.listen(0, '127.0.0.1', () => {
        const { port } = socket.address();
        socket.close(() => resolve(port));
    }));
}

// {newsroom, paper, forms}: its folder, and where readers find the paper and its forms.
async function servedDemo() {
    const port = await freePort();
    const forms = `http://forms.localhost:${port}`;
    const newsroom = path.join(temporary('forms'), 'paper');
    kolokol('init', '--demo', '--forms-url', forms, newsroom);
    const ini = path.join(newsroom, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^stand=.*$/m, 'stand=127.0.0.1:0')
        .replace(/^forms=.*$/m, `forms=127.0.0.1:${port}`));
    const [, before, after] = await serve(KOLOKOL, ['-C', newsroom, 'serve'],
        /The paper: +(http:\S+:\d+)\/[^]*kolokol forms: |kolokol forms: [^]*The paper: +(http:\S+:\d+)\//);
    return { newsroom, paper: before || after, forms }; // the doors open in either order
}

// A tab without script that collects what the browser complains of. The icon is asked for by the browser itself.
async function scriptless(options = {}) {
    const page = await open({ javaScriptEnabled: false, ...options });
    page.complaints = [];
    page.on('console', (message) => message.type() === 'error' &&
        !/\/favicon\.ico$/.test(message.location().url) && page.complaints.push(message.text()));
    return page;
}

// The newest mail to an address with this in it; waits for it.
async function mail(newsroom, address, pattern) {
    const outbox = path.join(newsroom, 'outbox');
    for (let tries = 0; tries < 150; tries++) {
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

module.exports = { mail, scriptless, servedDemo };
