// The office: first paint of the list of stories and of the editor with 10,000 words, and the time per key typed in it.
//
//     node bench/office.js BUILD [--large]    10,000 stories, or 100,000 (npm ci in tests/browser/ and site/editor/ first)
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
process.env.KOLOKOL_BUILD = path.resolve(process.argv[2] || path.join(ROOT, 'build'));
const { KOLOKOL, clear, kolokol, open, serve, temporary } = require('../tests/browser/harness.js');

const STORIES = process.argv.includes('--large') ? 100000 : 10000;
const PAINT = 300; // ms
const KEY = 16;
const WORD = 'correct horse battery';
const words = ['fog', 'harbour', 'ferry', 'crane', 'quay', 'court', 'minister', 'salt', 'bridge', 'winter', 'island', 'letter', 'river'];

// The same words in the same order on each run.
let seed = 1;
const pick = (list) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return list[seed % list.length];
};
const sentence = (count) => Array.from({ length: count }, () => pick(words)).join(' ');

function newsroom() {
    const folder = path.join(temporary('office'), 'paper');
    const lines = Array.from({ length: STORIES }, (_, i) => JSON.stringify({
        id: `s${i}`, title: sentence(7), section: pick(['City', 'Courts', 'Market']), authors: [pick(['Vera Lind', 'Ilya Sten'])],
        date: `20${10 + (i % 15)}-0${1 + (i % 9)}-1${i % 10} 08:00`, body: `${sentence(12)}.`,
    }));
    const file = path.join(temporary('stories'), 'stories.jsonl');
    const password = path.join(path.dirname(file), 'password');
    const long = Array.from({ length: 100 }, () => `${sentence(100)}.`).join('\n\n');
    lines.push(JSON.stringify({ id: 'long', title: 'The long one', status: 'draft', body: long }));
    fs.writeFileSync(file, `${lines.join('\n')}\n`);
    fs.writeFileSync(password, `${WORD}\n`);
    kolokol('init', folder);
    const ini = path.join(folder, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^office=.*/m, 'office=127.0.0.1:0'));
    kolokol('-C', folder, 'import', 'jsonl', file, '--publish');
    kolokol('-C', folder, 'staff', 'add', 'Vera', 'vera@bell.example', '--role', 'reporter', '--password-file', password);
    return folder;
}

const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function paint(page, address, ready) {
    const times = [];
    for (let i = 0; i < 5; i++) {
        await page.goto(address);
        await page.locator(ready).first().waitFor();
        times.push(await page.evaluate(async () => {
            const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
            while (!painted()) {
                await new Promise((resolve) => setTimeout(resolve, 10));
            }
            return painted().startTime;
        }));
    }
    return middle(times);
}

// Until the text stands in the editor, from the click on its name.
async function opening(page, address) {
    const times = [];
    for (let i = 0; i < 5; i++) {
        const began = Date.now();
        await page.goto(address);
        await page.locator('.writing .text').waitFor();
        times.push(Date.now() - began);
    }
    return middle(times);
}

// Until the browser has laid the page out again after a key.
async function keys(page) {
    await page.locator('.writing .text > p').nth(50).click();
    return page.evaluate(async () => {
        const text = document.querySelector('.writing .text');
        const times = [];
        for (let i = 0; i < 100; i++) {
            const began = performance.now();
            document.execCommand('insertText', false, 'x');
            text.getBoundingClientRect();
            times.push(performance.now() - began);
            await new Promise((resolve) => setTimeout(resolve, 30));
        }
        times.sort((a, b) => a - b);
        return { middle: times[50], late: times[94] };
    });
}

const row = (what, figure, target, unit = 'ms') => {
    const shown = `${figure < 10 ? figure.toFixed(1) : Math.round(figure)} ${unit}`;
    console.log(`${what}: ${shown}`);
    return [what, shown, `≤ ${target} ${unit}`, figure <= target ? 'met' : 'MISSED'];
};

async function main() {
    const [, port] = await serve(KOLOKOL, ['-C', newsroom(), 'office'], /127\.0\.0\.1:(\d+)/);
    const at = (place) => `http://127.0.0.1:${port}${place}`;
    const page = await open();
    await page.goto(at('/sign-in'));
    await page.fill('input[name=email]', 'vera@bell.example');
    await page.fill('input[name=password]', WORD);
    await page.click('main form button');
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    const many = STORIES.toLocaleString('en');
    const rows = [row(`list of ${many} stories, first paint`, await paint(page, at('/stories'), 'table.stories'), PAINT),
        row(`search of ${many} stories for what is nowhere, first paint`, await paint(page, at('/stories?words=zzzz'), '.search'), PAINT)];
    await page.goto(at('/stories?words=long+one'));
    const story = at(await page.locator('table.stories a').first().getAttribute('href'));
    rows.push(row('a story of 10,000 words, first paint', await paint(page, story, '#story-form'), PAINT));
    rows.push(row('the same, the editor stands', await opening(page, story), 2 * PAINT));
    const typed = await keys(page);
    rows.push(row('a key typed in it', typed.middle, KEY), row('the same, 95 of 100', typed.late, KEY));
    if (process.env.KOLOKOL_BENCH_ROWS) {
        fs.appendFileSync(process.env.KOLOKOL_BENCH_ROWS, `${JSON.stringify({ title: 'Office', load: os.loadavg()[0], rows })}\n`);
    }
    await clear();
}

main().then(() => process.exit(0), async (error) => {
    console.error(error.stack || error);
    await clear();
    process.exit(1);
});
