// Pages for those who read them otherwise: at twice the size, with wider spacing (WCAG 1.4.4, 1.4.10, 1.4.12), in the
// reader's own colours (forced-colors), with less movement, by keyboard, on paper. One page of each kind; states.js's
// longest headlines in Russian and Arabic at 320 px.
'use strict';
const { assert, open, run } = require('./harness.js');
const { demo, stand, state } = require('./paper.js');

const KINDS = ['front', 'story', 'live', 'section', 'archive', 'support', 'newsletters', 'search', 'mirrors', 'notfound', 'newsletter'];
// What WCAG 1.4.12 asks that a reader may set.
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';

let paper, address;

async function each(options, look, languages = ['en', 'ar']) {
    const wrong = [];
    const page = await open(options);
    for (const language of languages) {
        for (const kind of KINDS.filter((one) => paper.pages[language][one])) {
            const name = paper.pages[language][kind];
            await page.goto(`${address}/${name}`);
            wrong.push(...(await look(page, kind)).map((words) => `${name}: ${words}`));
        }
    }
    await page.context().close();
    assert.deepEqual(wrong, []);
}

// Texts that are cut off, stand out of the window, or lie over one another's line.
function crowded() {
    const wrong = [];
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    over > 0 && wrong.push(`${over} px too wide`);
    for (const element of document.querySelectorAll('h1, h2, h3, p, li, label, button, legend, figcaption, summary, time')) {
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        if (box.width < 2 || style.clipPath !== 'none' || element.closest('.table, pre')) {
            continue;
        }
        if (style.overflow !== 'visible' && element.scrollHeight > element.clientHeight + 2) {
            wrong.push(`cut off: ${element.textContent.slice(0, 40)}`);
        }
        if (box.right > innerWidth + 1 || box.left < -1) {
            wrong.push(`out of the window: ${element.textContent.slice(0, 40)}`);
        }
    }
    return wrong;
}

async function twice() {
    // A window of 1280 px at 200 % has 640 px. Whose letters alone are twice as large has the narrow layout up to 1600 px,
    // since it is chosen in em of those letters, which a test can set for the page only: so in a window that is narrow anyway.
    await each({ viewport: { width: 640, height: 450 } }, (page) => page.evaluate(crowded));
    await each({ viewport: { width: 780, height: 900 } }, async (page) => {
        await page.evaluate(() => { document.documentElement.style.setProperty('font-size', '212.5%', 'important'); });
        return page.evaluate(crowded);
    });
    await each({ viewport: { width: 320, height: 640 } }, async (page) => {
        await page.evaluate((css) => {
            const sheet = new CSSStyleSheet(); // the page's policy lets no other style in
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
        }, SPACING);
        return page.evaluate(crowded);
    });
}

// In the reader's colours grounds are gone: what is chosen, what is a link and what is a button is told by something else.
function plain() {
    const wrong = [];
    for (const input of document.querySelectorAll('input[type=radio], input[type=checkbox]')) {
        const style = getComputedStyle(input);
        if (input.closest('fieldset').offsetParent !== null && (style.opacity === '0' || input.getBoundingClientRect().width < 5)) {
            wrong.push(`nobody sees whether ${input.name}=${input.value} is chosen`);
        }
    }
    for (const button of document.querySelectorAll('button')) {
        parseFloat(getComputedStyle(button).borderTopWidth) > 0 || wrong.push(`no edge: ${button.textContent}`);
    }
    for (const link of document.querySelectorAll('main p a')) {
        if (!getComputedStyle(link).textDecorationLine.includes('underline') && !link.closest('.label, .name, .call')) {
            wrong.push(`a link like text: ${link.textContent.slice(0, 40)}`);
        }
    }
    return [...new Set(wrong)];
}

function moving() {
    return [...document.querySelectorAll('*')].filter((element) => {
        const style = getComputedStyle(element);
        return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth';
    }).map((element) => `<${element.localName}> moves`);
}

// Each stop of the keyboard is seen: an outline that was not there before, on it or on its label, inside the page.
async function keyboard(page) {
    const wrong = [];
    const seen = new Set();
    for (let stop = 0; stop < 80; stop++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
            const element = document.activeElement;
            if (element === document.body) {
                return null;
            }
            const drawn = [element, element.closest('label')].filter(Boolean).some((one) => {
                const style = getComputedStyle(one);
                const box = one.getBoundingClientRect();
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 1 && box.height > 1;
            });
            return { name: `${element.localName} ${element.name || element.textContent.trim().slice(0, 30)}`, drawn,
                place: [...document.querySelectorAll('*')].indexOf(element) };
        });
        if (!at || seen.has(at.place)) {
            break;
        }
        seen.add(at.place);
        at.drawn || wrong.push(`not seen by keyboard: ${at.name}`);
    }
    seen.size > 5 || wrong.push(`the keyboard reaches only ${seen.size} things`);
    return wrong;
}

// Words longer than a phone is wide, in scripts that hyphenate and one that never does.
async function longWords() {
    const stories = [['ru', 'Рентгеноэлектрокардиографического частнопредпринимательского превысокомногорассмотрительствующий суд'],
        ['ar', 'أفاستسقيناكموهاأفاستسقيناكموهاأفاستسقيناكموها وأنلزمكموها في الميناء'],
        ['en', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft https://example.org/a-very-long-address-without-any-place-to-break-it-at-all']]
        .map(([language, title], i) => `---\nid: l${i}\ntitle: "${title}"\nslug: long-${language}\ndate: today-1 1${i}:00\nlanguage: ${language}\nsection: ${title.split(' ')[0]}\n` +
            `lead: "${title}"\nauthors: [${title.split(' ')[0]}]\nstatus: published\n---\n${title}\n\n| ${title} | 1 |\n|---|---|\n| a | ${title} |\n\n> ${title}\n`);
    const { exported, newsroom } = state('long-words', stories, 'en,ru,ar');
    const at = await stand(newsroom);
    const wrong = [];
    const page = await open({ viewport: { width: 320, height: 640 } });
    const names = require('./paper.js').walk(exported).filter((name) => /long-..\.html$|^(..\/)?index\.html$/.test(name));
    names.length === 6 || wrong.push(`${names.length} pages`);
    for (const name of names) {
        for (const width of [320, 640, 1280]) {
            await page.setViewportSize({ width, height: 640 });
            await page.goto(`${at}/${name}`);
            wrong.push(...(await page.evaluate(crowded)).map((words) => `${name} at ${width}: ${words}`));
        }
    }
    await page.context().close();
    assert.deepEqual(wrong, []);
}

// Paper is what a page says: no menus, forms or asking.
function printed() {
    return [...document.querySelectorAll('nav, form, button, .call, .field')]
        .filter((element) => element.getBoundingClientRect().height > 0 && !element.closest('.page'))
        .map((element) => `printed: <${element.localName} class="${element.className}">`);
}

run([
    ['the demo is pressed', async () => { paper = demo(); address = await stand(paper.newsroom); }],
    ['at 200 %, letters alone at 200 %, wide spacing at 320 px', twice],
    ['in the reader\'s own colours', () => each({ forcedColors: 'active' }, (page) => page.evaluate(plain))],
    ['nothing moves by itself', () => each({ reducedMotion: 'reduce' }, (page) => page.evaluate(moving))],
    ['the keyboard\'s place is always seen', () => each({ viewport: { width: 390, height: 844 } }, keyboard, ['en'])],
    ['words longer than a phone is wide', longWords],
    ['paper has no menus and forms', () => each({ viewport: { width: 794, height: 1100 } }, async (page) => {
        await page.emulateMedia({ media: 'print' });
        return page.evaluate(printed);
    })],
]);
