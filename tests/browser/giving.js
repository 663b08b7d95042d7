// A contribution through `practice`, as a reader gives it with script off: from the form of a story's page over the
// checkout to the thanks. No money moves.
'use strict';
const { assert, patience } = require('./harness.js');

const heading = (page, words) => page.locator('h1', { hasText: words }).waitFor({ timeout: patience(15000) });

// Chooses on the form of the page at that address and sends it; `other` is a free amount.
async function choose(page, url, frequency, other = '') {
    await page.goto(url);
    await page.locator('#support label', { has: page.locator(`[name=frequency][value=${frequency}]`) }).click();
    await page.locator(`#support .sums.${frequency} label`).first().click();
    await page.locator('#support [name=other]').fill(other);
    await page.locator('#support button', { hasText: 'Continue' }).first().click();
}

// From the door's answer over practice's checkout to the thanks; the sum. `answer` waits for a page of the door.
async function pay(page, address, answer = heading) {
    await answer(page, 'Your contribution');
    const sum = await page.locator('.sum').textContent();
    await page.locator('a.go').click();
    await heading(page, 'Practice checkout');
    assert.equal(await page.locator('.sum').textContent(), sum);
    await page.locator('input[type=email]').fill(address);
    await page.locator('main button').click();
    await answer(page, 'Paid');
    await page.locator('a.go').click();
    await heading(page, 'Back from the payment');
    await page.locator('main button').click();
    await answer(page, 'Thank you!');
    return sum;
}

module.exports = { choose, pay };
