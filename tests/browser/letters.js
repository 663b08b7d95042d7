// Mails of outbox/ as a reader's program takes them apart: headers, and the HTML and the text part, decoded.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

function decode(body, coding) {
    if (/base64/i.test(coding)) {
        return Buffer.from(body, 'base64').toString('utf8');
    }
    if (!/quoted-printable/i.test(coding)) {
        return body;
    }
    const plain = body.replace(/=\r?\n/g, '');
    return Buffer.from(plain.replace(/=([0-9A-F]{2})/gi, (all, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');
}

function split(text) {
    const end = /\r?\n\r?\n/.exec(text);
    const head = text.slice(0, end.index).replace(/\r?\n[ \t]+/g, ' ');
    const header = (name) => (new RegExp(`^${name}: *(.*)$`, 'im').exec(head) || ['', ''])[1].trim();
    return { header, body: text.slice(end.index + end[0].length) };
}

// RFC 2047: =?utf-8?q?…?= and =?utf-8?b?…?=.
function words(text) {
    return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?[\w-]+\?([bq])\?([^?]*)\?=/gi, (all, how, coded) =>
        (/b/i.test(how) ? Buffer.from(coded, 'base64').toString('latin1')
            : coded.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (one, hex) => String.fromCharCode(parseInt(hex, 16)))));
}

// {to, subject, html, text}
function read(file) {
    const { header, body } = split(fs.readFileSync(file, 'latin1'));
    const boundary = /boundary="?([^";]+)/i.exec(header('content-type'));
    const parts = boundary ? body.split(`--${boundary[1]}`).slice(1, -1).map((part) => split(part.replace(/^\r?\n/, ''))) : [];
    const part = (type) => {
        const found = parts.find((one) => one.header('content-type').startsWith(type));
        return found ? decode(found.body, found.header('content-transfer-encoding')) : '';
    };
    return { to: header('to'), subject: Buffer.from(words(header('subject')), 'latin1').toString('utf8'),
        html: part('text/html'), text: part('text/plain') };
}

// All mails of a newsroom to an address, in the order in which they left.
function lettersTo(newsroom, address) {
    const outbox = path.join(newsroom, 'outbox');
    const all = fs.readdirSync(outbox).filter((name) => name.endsWith('.eml'));
    return all.map((name) => path.join(outbox, name))
        .sort((a, b) => fs.statSync(a).mtimeMs - fs.statSync(b).mtimeMs).map(read).filter((one) => one.to.includes(address));
}

module.exports = { lettersTo };
