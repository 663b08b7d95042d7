// Pictures of every page kind, for looking at: `make screenshots`. Makes the demo and the states of states.js in
// temporary folders, serves them on free ports, and shoots each page into a folder (first argument).
//
//     node tests/browser/screenshots.js DIR [PATTERN]     PATTERN (a regular expression) limits the names
//
// Names: LANGUAGE-KIND-WIDTH[-dark|-print].png. Everything in light at both widths; fronts and stories in dark and
// in print too. KOLOKOL_THEME=DIR puts a designer's files over the theme's.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { clear, open } = require('./harness.js');
const { demo, stand, state } = require('./paper.js');
const states = require('./states.js');

const DARK = ['front', 'story', 'live', 'support', 'newsletters', 'search', 'notfound'];
const PRINT = ['front', 'story'];

function shots(language, kind) {
    const plain = [390, 1280].map((width) => ({ width, name: `${language}-${kind}-${width}` }));
    const dark = DARK.includes(kind) ? plain.map((one) => ({ ...one, name: `${one.name}-dark`, colorScheme: 'dark' })) : [];
    const print = PRINT.includes(kind) ? [{ width: 794, name: `${language}-${kind}-print`, print: true }] : [];
    return [...plain, ...dark, ...print];
}

async function shoot(url, shot, folder) {
    const height = shot.width < 600 ? 844 : 900;
    const page = await open({ viewport: { width: shot.width, height }, colorScheme: shot.colorScheme || 'light' });
    await page.goto(url, { waitUntil: 'load' });
    // Pictures below the fold are lazy: seen once, they are there.
    await page.evaluate(() => document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; }));
    await page.waitForLoadState('networkidle');
    const file = path.join(folder, `${shot.name}.png`);
    if (shot.print) {
        await page.emulateMedia({ media: 'print' });
    }
    await page.screenshot({ path: file, fullPage: true });
    await page.context().close();
}

async function main(folder, pattern) {
    const wanted = new RegExp(pattern || '.');
    fs.mkdirSync(folder, { recursive: true });
    const paper = demo();
    const address = await stand(paper.newsroom);
    let count = 0;
    const take = async (base, name, language, kind) => {
        for (const shot of shots(language, kind).filter((one) => wanted.test(one.name))) {
            await shoot(`${base}/${name}`, shot, folder);
            count++;
        }
    };
    for (const [language, pages] of Object.entries(paper.pages)) {
        for (const [kind, name] of Object.entries(pages)) {
            await take(address, name, language, kind);
        }
    }
    for (const [name, stories] of Object.entries(states)) {
        if (shots('state', name).some((one) => wanted.test(one.name))) {
            await take(await stand(state(name, stories).newsroom), '', 'state', name);
        }
    }
    await clear();
    console.log(`${count} pictures in ${folder}`);
}

if (!process.argv[2]) {
    console.error('usage: screenshots.js DIR [PATTERN]');
    process.exit(2);
}
main(process.argv[2], process.argv[3]).then(() => process.exit(0), async (error) => {
    console.error(error.stack || error);
    await clear();
    process.exit(1);
});
