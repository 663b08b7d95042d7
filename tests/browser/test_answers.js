// Pages of the forms' door and mails, in English and in Arabic, in front of the page checkers: the Nu HTML checker, axe in
// light and dark, nothing sideways on a small phone, mirrored where it has to be, no text left in another language.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { answers } = require('./answers.js');
const { axeViolations, nuErrors } = require('./checks.js');
const { assert, open, run, temporary } = require('./harness.js');
const { demo } = require('./paper.js');
const { formsAddress, openDoors } = require('./served.js');

const WANTED = ['subscribe', 'subscribe-again', 'remind', 'notfound', 'check-mail', 'confirm', 'confirmed', 'unsubscribe', 'again',
    'gift-go', 'practice', 'practice-paid', 'thanks', 'gift-thanks', 'remind-sent', 'remind-confirm', 'remind-on'];

// The door may not redirect to another place (its policy would block it), so two of its answers lead on after five seconds,
// with a plain link beside it. A mail stands inside the page of a mail program, whose landmarks and headings are the page's.
const ALLOWED = { 'gift-go': ['meta-refresh'], 'practice-paid': ['meta-refresh'] };
const IN_A_MAIL = ['landmark-one-main', 'page-has-heading-one', 'region'];

let paper, address, forms, folder, tab;
const seen = {}; // language -> [{name, html}]

async function prepare() {
    forms = await formsAddress();
    paper = demo(forms);
    address = await openDoors(paper.newsroom, forms);
    folder = temporary('answers');
    tab = await open({ viewport: { width: 320, height: 640 } });
}

async function collect(language) {
    const pages = [];
    const letters = await answers(paper.newsroom, forms, language, `${address}/${paper.pages[language].story}`,
        async (name, page) => pages.push({ name, html: await page.content() }));
    assert.deepEqual(pages.map(({ name }) => name).sort(), [...WANTED].sort());
    assert.equal(letters.length, 4, letters.map(({ subject }) => subject).join('; '));
    letters.forEach(({ html, text }, i) => {
        assert.ok(text.trim().length > 40, 'a mail has its words as text too');
        pages.push({ name: `mail-${i + 1}`, html });
    });
    for (const { name, html } of pages) {
        fs.writeFileSync(path.join(folder, `${language}-${name}.html`), html);
    }
    seen[language] = pages;
}

async function judge(language) {
    const wrong = [];
    for (const { name, html } of seen[language]) {
        await tab.setContent(html);
        wrong.push(...(await axeViolations(tab, name.startsWith('mail-') ? IN_A_MAIL : ALLOWED[name])).map((words) => `${name}: ${words}`));
        const page = await tab.evaluate(() => ({ over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            dir: document.documentElement.dir, lang: document.documentElement.lang, text: document.body.innerText }));
        page.over <= 0 || wrong.push(`${name}: ${page.over} px too wide`);
        page.dir === (language === 'ar' ? 'rtl' : 'ltr') || wrong.push(`${name}: dir=${page.dir}`);
        page.lang === language || wrong.push(`${name}: lang=${page.lang}`);
        const foreign = language === 'ar' && page.text.replace(/https?:\S+|\S+@\S+|RSS|EUR/g, '').match(/[a-z]{3,}/i);
        foreign && wrong.push(`${name}: "${foreign}" in an Arabic page`);
    }
    assert.deepEqual(wrong, []);
}

async function valid() {
    assert.deepEqual(nuErrors(folder, fs.readdirSync(folder)), []);
}

run([
    ['answers/a newsroom opens its doors', prepare],
    ['answers/english: each page of the door, and the mails', () => collect('en')],
    ['answers/english: axe, width', () => judge('en')],
    ['answers/arabic: each page of the door, and the mails', () => collect('ar')],
    ['answers/arabic: axe, width, direction, language', () => judge('ar')],
    ['answers/Nu HTML checker: no errors', valid],
]);
