// The contribution form and the reminder of a story page, with script off, from a copy of the page that somebody else
// serves, under the policies of page and door: once, monthly and annually through `practice` to the thanks and the receipt;
// a free amount under the minimum; the end of a monthly gift in two clicks; remind me later to the confirmation.
'use strict';
const { assert, kolokol, run } = require('./harness.js');
const { answer, at, mail, mirror, openPaper, pressButton, storyUrl, tab } = require('./door.js');
const giving = require('./giving.js');

let copy; // the address of a story on the mirror

async function prepare() {
    await openPaper();
    const story = new URL(await storyUrl());
    copy = `${await mirror()}${story.pathname}`;
}

// Chooses on the copy's form and sends it; `other` is a free amount.
async function choose(frequency, other = '') {
    const page = await tab();
    await giving.choose(page, copy, frequency, other);
    return page;
}

async function give(frequency, wanted) {
    const address = `${frequency}@example.org`;
    const page = await choose(frequency);
    assert.equal(await giving.pay(page, address, answer), wanted);
    await mail(address, /Thank you for supporting/);
    assert.match(kolokol('-C', at.newsroom, 'gift', 'find', address), new RegExp(`settled +${frequency}`));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

async function once() {
    await prepare();
    await give('once', '€10 · Once');
}

// And its end, from the receipt.
async function monthly() {
    await give('monthly', '€2 · Monthly');
    const { match } = await mail('monthly@example.org', /http:\S+\/gift-cancel\/[\w.~-]+/);
    const page = await tab();
    await pressButton(page, match[0], 'Your contribution has ended');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

// The amount that was typed counts, and is judged again.
async function freeAmount() {
    const low = await choose('monthly', '1');
    await answer(low, 'That did not work');
    assert.match(await low.locator('main').textContent(), /At least €2/);
    await low.context().close();
    const page = await choose('once', '12,50');
    await answer(page, 'Your contribution');
    assert.equal(await page.locator('.sum').textContent(), '€12.50 · Once');
    await page.context().close();
}

async function remind() {
    const page = await tab();
    await page.goto(copy);
    await page.locator('.remind summary').click();
    await page.locator('.remind input[type=email]').fill('later@example.org');
    await page.locator('.remind select').selectOption('3');
    await page.locator('.remind button').click();
    await answer(page, 'Look into your mail');
    const { match } = await mail('later@example.org', /http:\S+\/remind-confirm\/[\w.~-]+/);
    await pressButton(page, match[0], 'We shall remind you');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

run([
    ['giving/once-from-a-mirror', once],
    ['giving/monthly-and-its-end', monthly],
    ['giving/annual', () => give('annual', '€24 · Annual')],
    ['giving/a-free-amount', freeAmount],
    ['giving/remind-me-later', remind],
]);
