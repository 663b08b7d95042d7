// The pages of the forms' door in a language, as a reader without script comes to them: subscribing, giving, being
// reminded, and what goes wrong. `see(name, page)` is called on each.
'use strict';
const { patience } = require('./harness.js');
const { lettersTo } = require('./letters.js');
const { mail, scriptless } = require('./served.js');

async function press(page, forms, language) {
    await page.locator('main button').click();
    await settled(page, forms, language);
}

// The door's page of a ticket shows itself again until the answer is there.
async function settled(page, forms, language) {
    await page.waitForURL(`${forms}/${language}/t/**`);
    for (let tries = 0; tries < patience(100) && await page.locator('meta[http-equiv=refresh]').count() === 0; tries++) {
        const answer = await page.goto(page.url());
        if (!answer.headers().refresh) {
            break;
        }
        await page.waitForTimeout(200);
    }
}

async function subscribing({ newsroom, forms, language, story, address, page, see }) {
    await page.goto(story);
    await page.locator('.news input[type=email]').fill(address);
    await page.locator('.news button').click();
    await settled(page, forms, language);
    await see('check-mail', page);
    const asked = await mail(newsroom, address, /http:\S+\/confirm\/[\w.~-]+/);
    await page.goto(asked.match[0]);
    await see('confirm', page);
    await press(page, forms, language);
    await see('confirmed', page);
    const welcome = await mail(newsroom, address, /http:\S+\/unsubscribe\/[\w.~-]+/);
    await page.goto(welcome.match[0]);
    await see('unsubscribe', page);
}

async function giving({ forms, language, story, address, page, see }) {
    await page.goto(story);
    await page.locator('.give button').first().click();
    await settled(page, forms, language);
    await see('gift-go', page);
    await page.locator('.go').click();
    await page.locator('main input[type=email]').waitFor();
    await see('practice', page);
    await page.locator('main input[type=email]').fill(address);
    await press(page, forms, language);
    await see('practice-paid', page);
    await page.locator('.go').click();
    await see('thanks', page);
    await press(page, forms, language);
    await see('gift-thanks', page);
}

// A robot's haste: the one form that has no page at the door is asked for again all the same.
async function hurrying({ forms, language, story, page, see }) {
    await page.goto(story);
    await page.locator('.give [name=homepage]').first().evaluate((input) => { input.value = 'https://spam.example'; });
    await page.locator('.give button').first().click();
    await page.waitForURL(`${forms}/${language}/contribute`);
    await see('again', page);
    await page.waitForTimeout(2100); // nobody presses sooner
    await press(page, forms, language);
    await page.locator('.go').waitFor();
}

async function reminding({ newsroom, forms, language, story, address, page, see }) {
    await page.goto(story);
    await page.locator('.remind summary').click();
    await page.locator('.remind input[type=email]').fill(address);
    await page.locator('.remind button').click();
    await settled(page, forms, language);
    await see('remind-sent', page);
    const asked = await mail(newsroom, address, /http:\S+\/remind-confirm\/[\w.~-]+/);
    await page.goto(asked.match[0]);
    await see('remind-confirm', page);
    await press(page, forms, language);
    await see('remind-on', page);
}

async function goingWrong({ forms, language, page, see }) {
    await page.goto(`${forms}/${language}/subscribe`);
    await see('subscribe', page);
    await page.locator('main input[type=email]').evaluate((input) => { input.type = 'text'; input.value = 'nobody at all'; });
    await page.locator('main button').click();
    await see('subscribe-again', page);
    await page.goto(`${forms}/${language}/remind`);
    await see('remind', page);
    await page.goto(`${forms}/${language}/nothing`);
    await see('notfound', page);
}

// `story`: the address of a story page in the language. Resolves with the mails that came.
async function answers(newsroom, forms, language, story, see, options = {}) {
    const page = await scriptless(options);
    const address = `${language}@reader.example`;
    const visit = { newsroom, forms, language, story, address, page, see };
    await goingWrong(visit);
    await subscribing(visit);
    await hurrying(visit);
    await giving(visit);
    await reminding(visit);
    await mail(newsroom, address, /€/); // the receipt is the last to leave
    await page.context().close();
    return lettersTo(newsroom, address);
}

module.exports = { answers };
