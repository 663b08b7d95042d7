// One page of each kind, in each language, in front of the page checkers: the Nu HTML checker, axe (light and dark),
// no request to another host, nothing moves while the page loads, nothing sideways from 320 px on, one scale of type,
// a comfortable line. docs/acceptance.md says what counts as yes.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { axeViolations, nuErrors } = require('./checks.js');
const { assert, open, run } = require('./harness.js');
const { demo, stand } = require('./paper.js');

const SCALE = [14, 18, 22, 28, 35, 44]; // px at 1280, where the root is 18 px
const LONG = 500;                       // characters from which a page says how long its lines are
const CSS_MOST = 2048, PAGE_MOST = 10240, SCRIPT_MOST = 12288; // bytes at brotli 11
const FILES_MOST = 20; // hash-named, of a story page

let paper, address;
const pages = []; // {language, kind, name}

function prepare() {
    paper = demo();
    const all = { en: null, ru: ['front', 'story', 'live', 'support'],
        ar: ['front', 'story', 'live', 'section', 'newsletters', 'search', 'mirrors', 'notfound', 'about', 'contact', 'corrections', 'privacy'] };
    for (const [language, kinds] of Object.entries(all)) {
        for (const [kind, name] of Object.entries(paper.pages[language])) {
            if (!kinds || kinds.includes(kind)) {
                pages.push({ language, kind, name });
            }
        }
    }
    for (const kind of ['front', 'story', 'opinion', 'live', 'section', 'topic', 'author', 'archive', 'year', 'month', 'day',
        'about', 'contact', 'privacy', 'corrections', 'support', 'newsletters', 'newsletter', 'issues', 'search', 'mirrors', 'notfound', 'gone',
        'tour']) {
        assert.ok(paper.pages.en[kind], `the demo has no page of kind ${kind}`);
    }
}

function nuChecker() {
    const stub = paper.files.find((name) => name.endsWith('.html') &&
        /http-equiv="refresh"/.test(fs.readFileSync(path.join(paper.exported, name), 'utf8')));
    assert.ok(stub, 'the demo has no story that moved');
    assert.deepEqual(nuErrors(paper.exported, [...pages.map(({ name }) => name), stub]), []);
}

// How far things move while a page loads and is read to its end.
async function shiftAt(page, name, width) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${address}/${name}`, { waitUntil: 'load' });
    return page.evaluate(() => new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
            .observe({ type: 'layout-shift', buffered: true });
        window.scrollTo(0, document.body.scrollHeight);
        setTimeout(() => resolve(sum), 150);
    }));
}

// Every page once, with all that is asked of it: what is wrong, in words. Those whose layout is another on a large screen
// are loaded there too.
async function look({ kind, name }, page) {
    const wrong = [];
    page.removeAllListeners('request');
    page.on('request', (request) => new URL(request.url()).origin === address || wrong.push(`asks ${request.url()}`));
    await page.emulateMedia({ colorScheme: 'light' });
    for (const width of ['front', 'story', 'live'].includes(kind) ? [1280, 390] : [390]) {
        const shift = await shiftAt(page, name, width);
        shift < 0.005 || wrong.push(`layout shift ${shift} at ${width}`);
    }
    for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        over <= 0 || wrong.push(`${over} px too wide at ${width}`);
    }
    wrong.push(...await page.evaluate(judgeType, { scale: SCALE, long: LONG }));
    wrong.push(...await axeViolations(page));
    return wrong;
}

// Runs in the page, at 1280 px.
function judgeType({ scale, long }) {
    const wrong = [];
    const rtl = document.documentElement.dir === 'rtl';
    const reading = 'main p:not(.meta):not(.label):not(.by *), main .text li, blockquote';
    for (const element of document.querySelectorAll('body *')) {
        const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const size = parseFloat(getComputedStyle(element).fontSize);
        const box = element.getBoundingClientRect();
        if (!words || box.width < 2) {
            continue;
        }
        const logo = element.closest('.name');
        if (!rtl && !logo && !scale.some((step) => Math.abs(step - size) < 0.6)) {
            wrong.push(`${size} px is not of the scale: <${element.localName} class="${element.className}">`);
        }
        if (element.matches(reading) && size < 17 && !element.matches('.when, .breaking .label')) {
            wrong.push(`text of ${size} px: ${element.textContent.slice(0, 40)}`);
        }
    }
    // Characters of a full line: how many would fill the column at the mean width that they have.
    let characters = 0, pixels = 0, column = 0;
    for (const paragraph of document.querySelectorAll('.story > .text > p')) {
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        characters += paragraph.textContent.length;
        pixels += [...range.getClientRects()].reduce((sum, box) => sum + box.width, 0);
        column = paragraph.clientWidth;
    }
    const perLine = characters * column / pixels;
    if (characters > long && !rtl && (perLine < 60 || perLine > 75)) {
        wrong.push(`${Math.round(perLine)} characters a line`);
    }
    for (const image of document.querySelectorAll('main img')) {
        if (image.getBoundingClientRect().height < 1 || !image.getAttribute('width') || !image.getAttribute('height')) {
            wrong.push(`a picture without its room: ${image.getAttribute('src')}`);
        }
    }
    return [...new Set(wrong)];
}

async function browserChecks() {
    address = await stand(paper.newsroom);
    const page = await open();
    const wrong = [];
    for (const one of pages) {
        wrong.push(...(await look(one, page)).map((words) => `${one.name}: ${words}`));
    }
    await page.context().close();
    assert.deepEqual(wrong, []);
}

function brotli(text) {
    return zlib.brotliCompressSync(Buffer.from(text), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

function budgets() {
    const wrong = [];
    for (const { kind, name } of pages.filter((one) => ['story', 'opinion', 'front'].includes(one.kind))) {
        const text = fs.readFileSync(path.join(paper.exported, name), 'utf8');
        const style = brotli(/<style>(.*?)<\/style>/s.exec(text)[1]);
        const page = brotli(text);
        process.stdout.write(`# ${name}: ${page} bytes, of which style ${style}\n`);
        if (kind !== 'front' && (style > CSS_MOST || page > PAGE_MOST)) {
            wrong.push(`${name}: ${page} bytes, style ${style}`);
        }
        const files = new Set(text.match(/\bo\/[0-9a-f]{2}\/[0-9a-f]{20,}\.\w+/g));
        if (kind !== 'front' && files.size > FILES_MOST) {
            wrong.push(`${name}: ${files.size} hash-named files`);
        }
    }
    const search = fs.readFileSync(path.join(paper.exported, 'search/index.html'), 'utf8');
    const scripts = [...search.matchAll(/<script[^>]*src="[./]*([^"]+)"/g)].map((found) =>
        brotli(fs.readFileSync(path.join(paper.exported, found[1]))));
    process.stdout.write(`# search: scripts ${scripts}\n`);
    assert.ok(scripts.length > 0 && scripts.reduce((a, b) => a + b) <= SCRIPT_MOST, String(scripts));
    assert.deepEqual(wrong, []);
}

// The story page as somebody reads it from top to bottom, without script: DESIGN's eight blocks in their order.
const BLOCKS = [
    ['masthead with a call to support', /^The Harbour Bell\s+Support The Harbour Bell!$/m],
    ['headline', /^What the price of herring says about the price of everything$/m],
    ['photo with caption and credit', /^The Sunday market\..* Ilya Sten \/ HARBOUR PICTURES$/m],
    ['byline', /^By Tomas Ozolin$/m],
    ['dates', /^\d+ \w+ 20\d\d, 10:00/m],
    ['correction', /^Correction, .*onions/m],
    ['body', /^In June the Directorate’s statistics office/m],
    ['its address, to be copied', /^https?:\/\/\S+\/herring-price\.html$/m],
    ['newsletter', /^Sign up for our free weekly newsletter$/m],
    ['its preview', / Preview$/m],
    ['its field', /^E-?mail/im],
    ['its policy', /^Subscribers agree to the Privacy Policy$/m],
    ['letter', /^A Message from The Harbour Bell:$/m],
    ['its salutation', /^Dear readers,$/m],
    ['form', /^\s*Once\s+Monthly\s+Annual\s*$/m],
    ['its button', /^Continue$/m],
    ['means of payment', /^Ways to pay: /m],
    ['remind me later', /^Not ready to support today\? Remind me later\.$/m],
    ['read more', /^READ MORE$/m],
    ['foot', new RegExp(['About The Harbour Bell', 'Contact', 'Corrections', 'Privacy Policy', 'News feed \\(RSS\\)', 'Newsletters', 'Русский',
        'Mirrors', 'Check this copy'].map((name) => `^\\s*${name}\\s*$`).join('[^]*'), 'm')],
];

async function eightBlocks() {
    const page = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await page.goto(`${address}/${paper.pages.en.story}`);
    const text = await page.locator('body').innerText();
    let from = 0;
    for (const [name, words] of BLOCKS) {
        const found = words.exec(text.slice(from));
        assert.ok(found, `${name} is not where it belongs; after it:\n${text.slice(from, from + 400)}`);
        from += found.index + found[0].length;
    }
    await page.context().close();
}

run([
    ['the demo has a page of each kind', async () => prepare()],
    ['Nu HTML checker: no errors', async () => nuChecker()],
    ['axe, other hosts, layout shift, width, type', browserChecks],
    ['the eight blocks in order, read as text without script', eightBlocks],
    ['a story page is at most 10 KB, its style 2 KB', async () => budgets()],
]);
