// The office in a browser: the first administrator, an invitation by mail, the second factor, signing in and out; all of
// it with script off, as it must work. Then every page of these in front of axe, light and dark, at three widths.
'use strict';
const { assert, kolokol, run } = require('./harness.js');
const { at, heading, judge, mailedLink, openOffice, press, setUpSecond, signedIn, tab } = require('./office.js');

const WORD = 'correct horse battery';
const PLAIN = { javaScriptEnabled: false };
let administrator = null;
let recovery = '';

async function firstAdministrator() {
    await openOffice({ serve: true });
    administrator = await tab(PLAIN);
    await administrator.goto(at.links['first admin']);
    await heading(administrator, 'The first administrator');
    await administrator.locator('#name').fill('Ada Admin');
    await administrator.locator('#email').fill('ada@harbour-bell.example');
    await administrator.locator('#new').fill(WORD);
    await press(administrator, 'Set password and sign in');
    await setUpSecond(administrator);
    await administrator.locator('nav a', { hasText: 'Staff' }).waitFor();
    assert.equal(await administrator.locator('nav a', { hasText: 'Stories' }).count(), 0);
    assert.deepEqual(administrator.complaints, []);
}

async function invitation() {
    await administrator.goto(`${at.office}/staff`);
    await administrator.locator('#name').fill('Boris Ilyin');
    await administrator.locator('#email').fill('boris@harbour-bell.example');
    await administrator.locator('#role').selectOption('editor');
    await press(administrator, 'Send the invitation');
    await heading(administrator, 'Invited');
    const boris = await tab(PLAIN);
    const link = await mailedLink('boris@harbour-bell.example');
    await boris.goto(link); // a scanner does as much
    await boris.goto(link);
    await heading(boris, 'Welcome: choose a password');
    await boris.locator('#new').fill(WORD);
    await press(boris, 'Set password and sign in');
    ({ recovery } = await setUpSecond(boris));
    await heading(boris, 'Today');
    await boris.locator('header').getByRole('button', { name: 'Sign out' }).click();
    await heading(boris, 'Sign in');
    await boris.goto(`${at.office}/stories`);
    await heading(boris, 'Sign in');
    await boris.locator('#email').fill('boris@harbour-bell.example');
    await boris.locator('#password').fill(WORD);
    await press(boris, 'Sign in');
    await heading(boris, 'Second factor');
    await boris.locator('#code').fill(recovery);
    await press(boris, 'Go on');
    await heading(boris, 'Stories');
    assert.equal(boris.url(), `${at.office}/stories`);
    await boris.goto(link);
    await heading(boris, 'This link does not work any more');
    assert.deepEqual(boris.complaints, []);
    await boris.context().close();
}

async function leaving() {
    assert.match(kolokol('-C', at.newsroom, 'staff', 'list'), /active +editor +Boris Ilyin/);
    await administrator.goto(`${at.office}/staff`);
    await administrator.locator('main a', { hasText: 'Boris Ilyin' }).click();
    await press(administrator, 'Disable');
    await heading(administrator, 'Boris Ilyin');
    assert.match(kolokol('-C', at.newsroom, 'staff', 'list'), /disabled +editor +Boris Ilyin/);
    await administrator.goto(`${at.office}/audit?check=1`);
    assert.match(await administrator.locator('[role=status]').textContent(), /Nothing was changed/);
}

// A click on a link in a mail program: the cookie stays away at first, and the page comes all the same.
async function fromOutside() {
    const chief = await signedIn('chief');
    await chief.goto('data:text/html,<a>out</a>');
    await chief.evaluate((url) => { const link = document.querySelector('a'); link.href = url; link.click(); }, `${at.office}/account`);
    await chief.waitForURL(/\/account/);
    await chief.locator('body.in h1', { hasText: 'My account' }).waitFor();
    await chief.context().close();
}

// Keyboard alone: the first thing Tab reaches leads past the menu, and signing in needs no mouse.
async function keyboard() {
    const page = await tab();
    await page.goto(`${at.office}/sign-in`);
    await page.locator('#email:focus').waitFor();
    await page.keyboard.type('boris@harbour-bell.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type(WORD);
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]').waitFor(); // he has left
    await page.goto(`${at.office}/forgot`);
    await page.locator('h1').click();
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.context().close();
}

// The pages of who is not signed in, and those of the administrator.
async function pagesAreGood() {
    const wrong = [];
    const stranger = await tab();
    for (const name of ['/sign-in', '/forgot', '/link/0123456789abcdef0123456789abcdef', '/nothing', at.links.reporter.slice(at.office.length)]) {
        await stranger.goto(at.office + name);
        wrong.push(...await judge(stranger));
    }
    const page = await (await administrator.context().browser().newContext({ storageState: await administrator.context().storageState() })).newPage();
    for (const name of ['/staff', '/staff/1', '/audit', '/audit?check=1', '/lock', '/account', '/account/second-factor', '/stories']) {
        await page.goto(at.office + name);
        wrong.push(...await judge(page));
    }
    const reporter = await signedIn('reporter');
    await reporter.goto(`${at.office}/stories`);
    wrong.push(...await judge(reporter));
    assert.deepEqual(wrong, []);
    assert.deepEqual(stranger.complaints, []);
}

async function locked() {
    const editor = await signedIn('editor');
    await administrator.goto(`${at.office}/lock`);
    await press(administrator, 'Lock the office');
    await heading(administrator, 'Sign in');
    await editor.goto(`${at.office}/stories`);
    await heading(editor, 'Sign in');
}

run([
    ['the first administrator', firstAdministrator],
    ['invite, second factor, sign in, sign out', invitation],
    ['somebody leaves', leaving],
    ['a link from elsewhere', fromOutside],
    ['the keyboard alone', keyboard],
    ['axe, three widths, light and dark', pagesAreGood],
    ['lock the office', locked],
]);
