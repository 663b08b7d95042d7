// The newsletter's field of a story page, with script off: subscribe, confirm by the mail in outbox/, unsubscribe; from
// the paper's own address and from a copy of the page that somebody else serves; and with script, which tells haste. The
// policies of page and door are in force. Giving and reminding: test_giving.js.
'use strict';
const { assert, kolokol, run } = require('./harness.js');
const { answer, at, mail, mirror, openPaper, pressButton, storyUrl, tab } = require('./door.js');

async function subscribeAt(url, address) {
    const page = await tab();
    await page.goto(url);
    await page.locator('.news input[type=email]').fill(address);
    await page.locator('.news button').click();
    await answer(page, 'Look into your mail');
    assert.match(page.url(), new RegExp(`^${at.forms}/en/t/[0-9a-f]{32}(\\?n=\\d+)?$`));
    return page;
}

async function wholeWay() {
    await openPaper();
    const page = await subscribeAt(await storyUrl(), 'reader@example.org');
    const asked = await mail('reader@example.org', /http:\S+\/confirm\/[\w.~-]+/);
    assert.ok(!asked.match[0].includes('reader'), 'nothing readable stands in a link');
    await page.goto(asked.match[0]); // a scanner does as much, and nothing happens
    assert.match(kolokol('-C', at.newsroom, 'subscriber', 'list'), /pending .*reader@example\.org/);
    await pressButton(page, asked.match[0], 'Thank you');
    assert.match(kolokol('-C', at.newsroom, 'subscriber', 'list'), /confirmed .*reader@example\.org/);
    const welcome = await mail('reader@example.org', /http:\S+\/unsubscribe\/[\w.~-]+/);
    await pressButton(page, welcome.match[0], 'You are unsubscribed');
    assert.doesNotMatch(kolokol('-C', at.newsroom, 'subscriber', 'list'), /confirmed .*reader@example\.org/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

// The same bytes from a host that has never heard of us.
async function fromMirror() {
    const story = new URL(await storyUrl());
    const page = await subscribeAt(`${await mirror()}${story.pathname}`, 'far@example.org');
    await mail('far@example.org', /\/confirm\//);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

// Known or not, the answer is the same bytes but for the stamp of the ticket's address.
async function tellsNothing() {
    const url = await storyUrl();
    const texts = [];
    for (const address of ['far@example.org', 'nobody@example.org']) {
        const page = await subscribeAt(url, address);
        texts.push(await page.content());
        await page.context().close();
    }
    assert.equal(texts[0], texts[1]);
}

// With script the page says how long it was open; the door asks those once more who are faster than people are.
async function tellsHaste() {
    const url = await storyUrl();
    const sent = [];
    const page = await tab(true);
    page.on('request', (request) => request.method() === 'POST' && sent.push(new URLSearchParams(request.postData())));
    await page.addInitScript(() => { performance.now = () => (location.hash === '#slow' ? 65432 : 321); });
    await page.goto(url);
    await page.locator('.news input[type=email]').fill('fast@example.org');
    await page.locator('.news button').click();
    await page.locator('.problem', { hasText: 'press the button once more' }).waitFor();
    assert.equal(sent[0].get('age'), '0');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await page.locator('main button').click();
    await answer(page, 'Look into your mail');
    await page.goto(`${url}#slow`);
    await page.locator('.news input[type=email]').fill('slow@example.org');
    await page.locator('.news button').click();
    await answer(page, 'Look into your mail');
    assert.equal(sent[2].get('age'), '65');
    assert.deepEqual(sent[2].getAll('age').length, 1);
    assert.deepEqual(page.complaints.filter((text) => !/status of 422/.test(text)), []);
    await page.context().close();
}

run([
    ['forms/subscribe-confirm-unsubscribe', wholeWay],
    ['forms/from-a-mirror', fromMirror],
    ['forms/script-tells-haste', tellsHaste],
    ['forms/the-answer-tells-nothing', tellsNothing],
]);
