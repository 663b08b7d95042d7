// One reader, one story, from its first line to its last, on a phone, script off, the policies of page and door in
// force: everything on the page is used once. Blocks in the order of DESIGN 1.
'use strict';
const { assert, kolokol, patience, run } = require('./harness.js');
const { mail, scriptless, servedDemo } = require('./served.js');

const ANN = 'ann@reader.example';

let newsroom, paper, forms, story, page;

async function heading() {
    return (await page.locator('h1').first().innerText()).replace(/\s+/g, ' ');
}

// Goes to a link of the story and says what page it leads to.
async function follow(selector) {
    await page.goto(story);
    const href = await page.locator(selector).first().getAttribute('href');
    const answer = await page.goto(new URL(href, story).href);
    assert.equal(answer.status(), 200, `${selector}: ${href}`);
    return heading();
}

// Waits on the door's page of a form until it has an answer: it shows itself again without script.
async function answered(wanted) {
    await page.waitForURL(`${forms}/en/t/**`);
    await page.locator('h1', { hasText: wanted }).waitFor({ timeout: patience(20000) });
}

async function arrive() {
    ({ newsroom, paper, forms } = await servedDemo());
    page = await scriptless({ viewport: { width: 390, height: 844 } });
    await page.goto(`${paper}/index.html`);
    await page.locator('main h2 a').first().click();
    await page.locator('article.story').waitFor();
    story = page.url();
}

async function masthead() {
    assert.equal(await follow('.call a'), 'Support us');
    assert.ok(await page.locator('form [name=frequency]').count() >= 3, 'the call leads to the form');
    assert.equal(await follow('.mast .name a'), 'The Harbour Bell');
    assert.match(await follow('.nav a'), /^City$/);
    await page.goto(story);
    assert.equal(await page.locator('.langs a[hreflang=ru]').count(), 1);
}

async function headAndBody() {
    await page.goto(story);
    assert.ok((await heading()).length > 10);
    const image = page.locator('figure.lead img');
    await image.scrollIntoViewIfNeeded();
    await page.waitForLoadState('networkidle');
    assert.ok(await image.evaluate((one) => one.complete && one.naturalWidth > 0), 'the lead photo is there');
    assert.match(await page.locator('figure.lead .credit').innerText(), /.+ \/ .+/);
    assert.ok(await page.locator('.by time').count() >= 1);
    assert.match(await follow('.byline a'), /\S/);
    assert.match(await follow('.label a'), /\S/);
    assert.match(await follow('.more a[href*="/topic/"]'), /\S/);
    assert.match(await follow('.by a[hreflang=ru]'), /[а-я]/);
}

async function newsletter() {
    assert.match(await follow('.news a'), /\S/); // Preview: what one would get
    assert.match(page.url(), /\/newsletter\/[^/]+\/latest\.html$/);
    await page.goto(story);
    assert.equal(await page.locator('.news', { hasText: 'Subscribers agree to the Privacy Policy' }).count(), 1);
    await page.locator('.news input[type=email]').fill(ANN);
    await page.locator('.news button').click();
    await answered('Look into your mail');
    const { match } = await mail(newsroom, ANN, /http:\S+\/confirm\/[\w.~-]+/);
    await page.goto(match[0]);
    await page.locator('main button').click();
    await answered('Thank you');
    await mail(newsroom, ANN, /http:\S+\/unsubscribe\/[\w.~-]+/);
    assert.match(kolokol('-C', newsroom, 'subscriber', 'list'), new RegExp(`confirmed .*${ANN}`));
}

async function letter() {
    await page.goto(story);
    const text = await page.locator('.letter').innerText();
    assert.match(text, /^A Message from The Harbour Bell:\s+Dear readers,/);
    assert.ok(await page.locator('.letter p').count() >= 4, 'a letter of several paragraphs');
}

// Once, 25: only the amounts of what is chosen are to be seen. Then the practice checkout, and back.
async function give() {
    await page.goto(story);
    assert.match(await page.locator('.give .danger').innerText(), /do not/i);
    await page.locator('.give label', { has: page.locator('[name=frequency][value=once]') }).click();
    await page.locator('.sums.once').waitFor();
    assert.ok(await page.locator('.sums.monthly').isHidden() && await page.locator('.sums.annual').isHidden());
    await page.locator('.sums.once label', { hasText: '25' }).click();
    await page.locator('.give button', { hasText: 'Continue' }).click();
    await answered('Your contribution');
    assert.match(await page.locator('.sum').innerText(), /25.*Once/);
    await page.locator('.go').click();
    await page.locator('h1', { hasText: 'Practice checkout' }).waitFor();
    await page.locator('main input[type=email]').fill(ANN);
    await page.locator('main button').click();
    await page.locator('h1', { hasText: 'Paid' }).waitFor({ timeout: patience(20000) });
    await page.locator('.go').click();
    await page.locator('main button').click(); // to look at the thanks changes nothing, so a button asks for them
    await page.locator('h1', { hasText: 'Thank you!' }).waitFor({ timeout: patience(20000) });
    assert.match(await page.locator('.sum').innerText(), /25/);
    await mail(newsroom, ANN, /Subject: Thank you for supporting The Harbour Bell/);
    assert.match(kolokol('-C', newsroom, 'gift', 'totals'), /once: 1 gifts, 25\.00 given/);
}

async function remind() {
    await page.goto(story);
    await page.locator('.remind summary').click();
    await page.locator('.remind input[type=email]').fill(ANN);
    await page.locator('.remind select').selectOption('3');
    await page.locator('.remind button').click();
    await answered(/mail/i);
    const { match } = await mail(newsroom, ANN, /http:\S+\/remind-confirm\/[\w.~-]+/);
    await page.goto(match[0]);
    await page.locator('main button').click();
    await answered('We shall remind you');
}

async function more() {
    const before = story;
    await page.goto(story);
    for (let tries = 0; tries < patience(120) && await page.locator('.related').count() === 0; tries++) {
        await page.waitForTimeout(500); // worked out beside the press, when nothing else waits
        await page.goto(story);
    }
    const first = await follow('.related a');
    assert.ok(first.length > 10);
    assert.notEqual(page.url(), before, 'a story never leads to itself');
}

async function foot() {
    await page.goto(story);
    const links = await page.locator('.foot a').evaluateAll((all) => all.map((one) => [one.textContent, one.href]));
    const names = links.map(([name]) => name).join('\n');
    for (const wanted of [/^About /m, /^Contact/m, /^Corrections/m, /^Privacy Policy$/m, /^Newsletters$/m, /^Archive$/m, /^Search$/m,
        /^Русский$/m, /^Mirrors$/m, /^Check this copy$/m]) {
        assert.match(names, wanted);
    }
    for (const [name, href] of links) {
        await page.goto(story); // going on to a place on the same page asks the server nothing
        const answer = await page.goto(href);
        const { hash } = new URL(href);
        assert.equal(answer.status(), 200, `${name}: ${href}`);
        assert.ok(!hash || await page.locator(hash).count() === 1, `${name}: ${href} has no such place`);
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

run([
    ['reader/arrives by the front', arrive],
    ['reader/masthead', masthead],
    ['reader/headline, photo, byline, text', headAndBody],
    ['reader/newsletter', newsletter],
    ['reader/letter', letter],
    ['reader/gives once, is thanked, has a receipt', give],
    ['reader/is reminded later', remind],
    ['reader/reads more', more],
    ['reader/foot, and no complaint of the browser', foot],
]);
