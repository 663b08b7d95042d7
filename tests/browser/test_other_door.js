// A reader whose first door of the forms is blocked: signing up, giving and being reminded through the second one, by the
// button of its name in the form itself, with script off and on; and the door's own page, where somebody may come without
// any form. Nobody listens at the first door here.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { axeViolations, nuErrors } = require('./checks.js');
const { assert, kolokol, makeDemo, run, temporary } = require('./harness.js');
const { answer, at, mail, storyUrl, tab } = require('./door.js');
const giving = require('./giving.js');
const { formsAddress, freePort, openDoors } = require('./served.js');

const CSS_MOST = 2048, PAGE_MOST = 10240; // as of a page with one door (test_pages.js)

let story, second; // the page's address; the name of the door that is open

async function prepare() {
    const port = await freePort();
    const newsroom = path.join(temporary('doors'), 'paper');
    const forms = await formsAddress();
    const blocked = `http://blocked.localhost:${await freePort()}`;
    makeDemo(newsroom, { url: `http://paper.localhost:${port}`, 'forms-urls': `${blocked},${forms}` });
    kolokol('-C', newsroom, 'worker', '--until-idle');
    Object.assign(at, { newsroom, forms, paper: await openDoors(newsroom, forms, port) });
    story = await storyUrl();
    second = new URL(forms).hostname;
    const page = await reader(false);
    const action = await page.locator('.news form').getAttribute('action');
    assert.ok(action.startsWith(blocked), action);
    await assert.rejects(page.goto(action), /ERR_CONNECTION_REFUSED/);
    await page.context().close();
}

// A tab at the story. With script the page says that it was open for a minute: no robot.
async function reader(script) {
    const page = await tab(script);
    await page.addInitScript(() => { performance.now = () => 60000; });
    await page.goto(story);
    return page;
}

const otherDoor = (page, form) => page.locator(`${form} button[formaction]`, { hasText: second });

async function signUp(script) {
    const page = await reader(script);
    const address = `sign-up-${script}@example.org`;
    await page.locator('.news input[type=email]').fill(address);
    await otherDoor(page, '.news').click();
    await answer(page, 'Look into your mail');
    await mail(address, /\/confirm\//);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

async function give(script) {
    const page = await reader(script);
    const address = `gift-${script}@example.org`;
    await page.locator('#support label', { has: page.locator('[name=frequency][value=once]') }).click();
    await page.locator('#support .sums.once label').first().click();
    await otherDoor(page, '.give form:not(.remind *)').click();
    assert.equal(await giving.pay(page, address, answer), '€10 · Once');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

async function remind(script) {
    const page = await reader(script);
    const address = `later-${script}@example.org`;
    await page.locator('.remind summary').click();
    await page.locator('.remind input[type=email]').fill(address);
    await otherDoor(page, '.remind').click();
    await answer(page, 'Look into your mail');
    await mail(address, /\/remind-confirm\//);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

async function allOfIt(script) {
    await signUp(script);
    await give(script);
    await remind(script);
}

// Whoever types the door's address gets the newsletter that pages of the language offer.
async function doorItself() {
    const page = await tab();
    await page.goto(`${at.forms}/ru/subscribe`);
    await page.locator('input[type=email]').fill('bare@example.org');
    await page.locator('main button').click();
    await page.waitForURL(`${at.forms}/ru/t/**`);
    await mail('bare@example.org', /\/ru\/confirm\//);
    await page.context().close();
}

function brotli(text) {
    return zlib.brotliCompressSync(Buffer.from(text), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

// No heavier than a page may be, clean, and the other way says itself more quietly than the form's own button.
async function looks() {
    const folder = path.join(temporary('copy'), 'edition');
    kolokol('-C', at.newsroom, 'edition', 'export', folder);
    const name = new URL(story).pathname.slice(1);
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    const style = brotli(/<style>(.*?)<\/style>/s.exec(text)[1]);
    process.stdout.write(`# ${name}: ${brotli(text)} bytes, of which style ${style}\n`);
    assert.ok(style <= CSS_MOST && brotli(text) <= PAGE_MOST, `${brotli(text)} bytes, style ${style}`);
    assert.deepEqual(nuErrors(folder, [name, 'support/index.html']), []);
    const page = await reader(true);
    await page.setViewportSize({ width: 320, height: 800 });
    await page.locator('.remind summary').click();
    assert.deepEqual(await axeViolations(page, ['landmark-complementary-is-top-level']), []); // a quote of the story's
    const sizes = await page.locator('button').evaluateAll((all) => all.map((one) =>
        ({ other: one.hasAttribute('formaction'), font: parseFloat(getComputedStyle(one).fontSize),
            ground: getComputedStyle(one).backgroundColor, height: one.getBoundingClientRect().height })));
    assert.equal(sizes.filter(({ other }) => other).length, 3);
    for (const { font, ground, height } of sizes.filter(({ other }) => other)) {
        assert.ok(font < 16 && ground === 'rgba(0, 0, 0, 0)' && height >= 24, JSON.stringify(sizes));
    }
    await page.context().close();
}

run([
    ['other-door/a newsroom with two, of which the first is blocked', prepare],
    ['other-door/signing up, giving, being reminded', () => allOfIt(false)],
    ['other-door/the same with script', () => allOfIt(true)],
    ['other-door/the door itself', doorItself],
    ['other-door/weight, checkers, looks', looks],
]);
