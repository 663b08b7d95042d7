// Pictures of every page kind, of the answers of the forms' door and of mails, for looking at: `make screenshots`. Makes
// the demo and the states of states.js in temporary folders, serves them on free ports, and shoots each page into a
// folder (first argument).
//
//     node tests/browser/screenshots.js DIR [PATTERN]     PATTERN (a regular expression) limits the names
//
// Names: LANGUAGE-KIND-WIDTH[-dark].png at both widths, and LANGUAGE-KIND-print.png; KIND is door-… for the door, mail-…
// for mails, …-text for text.
// A pattern with "office" in it draws the office's alone (screenshots_office.js), none draws all. KOLOKOL_THEME=DIR puts a designer's files over the theme's.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { answers } = require('./answers.js');
const { clear, open } = require('./harness.js');
const { demo, stand, state } = require('./paper.js');
const { shootOffice } = require('./screenshots_office.js');
const { formsAddress, openDoors } = require('./served.js');
const states = require('./states.js');

const WIDTHS = [390, 1280];

function shots(language, kind) {
    const plain = WIDTHS.map((width) => ({ width, name: `${language}-${kind}-${width}` }));
    const dark = plain.map((one) => ({ ...one, name: `${one.name}-dark`, colorScheme: 'dark' }));
    return [...plain, ...dark, { width: 794, name: `${language}-${kind}-print`, print: true }];
}

class Camera {
    constructor(folder, pattern) {
        this.folder = folder;
        this.wanted = new RegExp(pattern || '.');
        this.count = 0;
    }

    wants(language, kind) {
        return shots(language, kind).some((one) => this.wanted.test(one.name));
    }

    // `fill` brings the page into a tab.
    async take(language, kind, fill) {
        for (const shot of shots(language, kind).filter((one) => this.wanted.test(one.name))) {
            const page = await open({ viewport: { width: shot.width, height: shot.width < 600 ? 844 : 900 },
                colorScheme: shot.colorScheme || 'light' });
            await fill(page);
            // Pictures below the fold are lazy: seen once, they are there.
            await page.evaluate(() => document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; }));
            await page.waitForLoadState('networkidle');
            if (shot.print) {
                await page.emulateMedia({ media: 'print' });
            }
            await page.screenshot({ path: path.join(this.folder, `${shot.name}.png`), fullPage: true });
            await page.context().close();
            this.count++;
        }
    }

    async see(language, kind, url) {
        await this.take(language, kind, (page) => page.goto(url, { waitUntil: 'load' }));
    }
}

async function pages(camera, paper, address) {
    for (const [language, all] of Object.entries(paper.pages)) {
        for (const [kind, name] of Object.entries(all)) {
            await camera.see(language, kind, `${address}/${name}`);
        }
        for (const kind of ['front', 'story', 'support', 'live'].filter((one) => all[one])) {
            await camera.see(language, `${kind}-text`, `${address}/${all[kind].replace(/html$/, 'txt')}`);
        }
    }
}

// A page of the door cannot be asked for twice: what it says is shown again as it stands, in each width and colour.
async function door(camera, paper, forms, address) {
    for (const [language, all] of Object.entries(paper.pages)) {
        if (!camera.wants(language, 'door-*') && !/door|mail/.test(camera.wanted.source) && camera.wanted.source !== '.') {
            continue;
        }
        await camera.see(language, 'door-front', `${forms}/`);
        const letters = await answers(paper.newsroom, forms, language, `${address}/${all.story}`, async (name, tab) => {
            const html = await tab.content();
            await camera.take(language, `door-${name}`, (page) => page.setContent(html));
        });
        await mails(camera, language, letters);
    }
}

// `mail-N`: in the order in which they came.
async function mails(camera, language, letters, name = (i) => `mail-${i + 1}`) {
    for (const [i, letter] of letters.entries()) {
        await camera.take(language, name(i), (page) => page.setContent(letter.html));
        await camera.take(language, `${name(i)}-text`, (page) =>
            page.setContent(`<pre style="white-space: pre-wrap" dir="auto"></pre>`).then(() =>
                page.locator('pre').evaluate((pre, text) => { pre.textContent = text; }, letter.text)));
    }
}

async function newspaper(camera) {
    const forms = await formsAddress();
    const paper = demo(forms);
    const address = await openDoors(paper.newsroom, forms);
    await pages(camera, paper, address);
    await door(camera, paper, forms, address);
    for (const [name, stories] of Object.entries(states)) {
        if (camera.wants('state', name)) {
            await camera.see('state', name, await stand(state(name, stories).newsroom));
        }
    }
}

async function main(folder, pattern = '') {
    const camera = new Camera(folder, pattern);
    fs.mkdirSync(folder, { recursive: true });
    if (!/office/.test(pattern)) {
        await newspaper(camera);
    }
    if (!pattern || /office/.test(pattern)) {
        camera.count += await shootOffice(folder, camera.wanted);
    }
    await clear();
    console.log(`${camera.count} pictures in ${folder}`);
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
