// Pictures of every page kind, for looking at: `make screenshots`. Makes the demo and the states of states.js in
// temporary folders, serves them on free ports, and shoots each page into a folder (first argument).
//
//     node tests/browser/screenshots.js DIR [PATTERN]     PATTERN (a regular expression) limits the names
//
// Names: LANGUAGE-KIND-WIDTH[-dark|-print].png. Everything in light at both widths; fronts and stories in dark and
// in print too. The office by the pattern "office" or none: office-PAGE-WIDTH[-dark].png. KOLOKOL_THEME=DIR puts a designer's files over the theme's.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { clear, open } = require('./harness.js');
const { at, code, openOffice, signedIn, tab } = require('./office.js');
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

// The office: before signing in, what an administrator has, and the editor's first page.
async function shootOffice(folder) {
    await openOffice();
    const stranger = await tab();
    const admin = await tab();
    const editor = await signedIn('editor');
    await admin.goto(at.links['first admin']);
    await admin.locator('#name').fill('Ada Admin');
    await admin.locator('#email').fill('ada@harbour-bell.example');
    await admin.locator('#new').fill('correct horse battery');
    await admin.locator('button.strong').click();
    let count = await shootTab(admin, 'second-factor', folder);
    await admin.locator('#code').fill(code(await admin.locator('code').textContent()));
    await admin.locator('button.strong').click();
    count += await shootTab(admin, 'recovery', folder);
    for (const [page, name] of [[stranger, 'sign-in'], [stranger, 'forgot'], [admin, 'staff'], [admin, 'staff/1'],
        [admin, 'audit'], [admin, 'account'], [admin, 'lock'], [editor, 'stories']]) {
        await page.goto(`${at.office}/${name}`);
        count += await shootTab(page, name.replace('/', '-'), folder);
    }
    return count;
}

async function shootTab(page, name, folder) {
    for (const [width, colorScheme] of [[390, 'light'], [1280, 'light'], [390, 'dark'], [1280, 'dark']]) {
        await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
        await page.emulateMedia({ colorScheme });
        const dark = colorScheme === 'dark' ? '-dark' : '';
        await page.screenshot({ path: path.join(folder, `office-${name}-${width}${dark}.png`), fullPage: true });
    }
    return 4;
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
    if (wanted.test('office')) {
        count += await shootOffice(folder);
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
