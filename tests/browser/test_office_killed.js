// Publishing shows an address that readers can open; and whatever is killed (`kill -9` of the office under `serve`, the
// browser's tab) while somebody types, saves or publishes: afterwards the text is there.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { KOLOKOL, assert, kolokol, patience, run, temporary } = require('./harness.js');
const { at, signedIn } = require('./office.js');
const { freePort, ownDemo } = require('./served.js');

let supervisor = null;
let paper = '';

// What a reader gets at an address of the paper. Its name is every browser's own for this machine, not everybody's.
function asReader(address) {
    return fetch(address.replace('paper.localhost', '127.0.0.1'), { headers: { connection: 'close' } });
}

async function prepare() {
    const office = await freePort();
    at.newsroom = path.join(temporary('killed'), 'paper');
    const own = await ownDemo(at.newsroom);
    paper = own.paper;
    const ini = path.join(at.newsroom, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^stand=.*$/m, `stand=127.0.0.1:${new URL(paper).port}`)
        .replace(/^office=.*$/m, `office=127.0.0.1:${office}`).replace(/^forms=.*$/m, `forms=127.0.0.1:${new URL(own.forms).port}`));
    supervisor = spawn(KOLOKOL, ['-C', at.newsroom, 'serve'], { stdio: ['ignore', 'pipe', 'pipe'] });
    process.on('exit', () => supervisor.kill('SIGTERM'));
    const printed = await new Promise((resolve, reject) => {
        let all = '';
        const timer = setTimeout(() => reject(new Error(`serve did not start: ${all}`)), patience(60000));
        const read = (bytes) => {
            all += bytes;
            if (/first admin:[^]*?reporter: +http:\S+\n/.test(all)) {
                clearTimeout(timer);
                resolve(all);
            }
        };
        supervisor.stdout.on('data', read);
        supervisor.stderr.on('data', read);
    });
    at.links = {};
    for (const [, who, link] of printed.matchAll(/^([a-z ]+): +(http:\S+\/link\/\S+)$/mg)) {
        at.links[who] = link;
    }
    at.office = new URL(at.links.editor).origin;
}

// The process of the office, as the supervisor started it: 0 while there is none.
function officeProcess() {
    for (const name of fs.readdirSync('/proc').filter((it) => /^\d+$/.test(it))) {
        try {
            const parent = Number(/^\d+ \(.*\) \S (\d+)/.exec(fs.readFileSync(`/proc/${name}/stat`, 'utf8'))[1]);
            const words = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
            if (parent === supervisor.pid && words.includes('office')) {
                return Number(name);
            }
        } catch {
            // ended meanwhile
        }
    }
    return 0;
}

// Kills it for good; the supervisor starts another.
async function killOffice() {
    const pid = officeProcess();
    assert.ok(pid > 0, 'no office runs');
    process.kill(pid, 'SIGKILL');
    for (let tries = 0; tries < patience(400); tries++) {
        const now = officeProcess();
        const answers = now !== 0 && now !== pid && await fetch(`http://127.0.0.1:${new URL(at.office).port}/sign-in`).catch(() => null);
        if (answers && answers.status === 200) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail('the office was not started again');
}

// The tab is gone at once, without a word to its page.
async function crash(page) {
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => null);
    await crashed;
    await page.close();
}

const text = (page) => page.locator('.writing .text');
const kept = (page) => page.locator('#keep-status', { hasText: /Kept/ }).waitFor({ timeout: patience(20000) });

async function newStory(page, title) {
    await page.goto(`${at.office}/stories/new`);
    await page.fill('#title', title);
    await page.click('main form button.strong');
    await text(page).waitFor();
    return new URL(page.url()).pathname;
}

async function type(page, words) {
    await text(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(words);
}

// The story opened in a fresh tab; what only the browser has is taken from its offer, as a person would.
async function openedAgain(context, story, words) {
    const page = await context.newPage();
    await page.goto(at.office + story);
    await text(page).waitFor();
    if (!(await text(page).textContent()).includes(words)) {
        await page.locator('#keep-offer').waitFor({ timeout: patience(5000) });
        await page.click('#keep-offer .take');
        await page.locator('.writing .text', { hasText: words }).waitFor();
    }
    return page;
}

let editor = null;

async function published() {
    await prepare();
    editor = await signedIn('editor');
    const story = await newStory(editor, 'Seen at once');
    await type(editor, 'The first words that readers see.');
    await editor.click('#story-form button.strong');
    await editor.waitForURL(/done=saved/);
    await editor.click('form[action$="/publish"] button');
    await editor.locator('#out', { hasText: /Live/ }).waitFor({ timeout: patience(20000) });
    const address = await editor.locator('#out a').getAttribute('href');
    const live = await asReader(address);
    assert.equal(live.status, 200);
    assert.match(await live.text(), /The first words that readers see\./);
    assert.match(editor.url(), /done=published&live=\d+$/);
    // A correction and a withdrawal are waited for in the same way.
    await editor.fill('#correction', 'They were the second.');
    await editor.click('form[action$="/correct"] button');
    await editor.locator('#out', { hasText: /Live/ }).waitFor({ timeout: patience(20000) });
    assert.match(await (await asReader(address)).text(), /They were the second\./);
    await editor.click('form[action$="/withdraw"] button');
    await editor.locator('#out', { hasText: /Gone/ }).waitFor({ timeout: patience(20000) });
    assert.equal((await asReader(address)).status, 410);
    assert.ok(story);
}

async function publishedPlain() {
    const page = await signedIn('chief', { javaScriptEnabled: false });
    await page.goto(`${at.office}/stories/new`);
    await page.fill('#title', 'Without a script');
    await page.click('main form button.strong');
    await page.fill('#body', 'Plain words.');
    await page.click('#story-form button.strong');
    await page.click('form[action$="/publish"] button');
    await page.locator('#out').waitFor();
    for (let tries = 0; tries < patience(20) && !/Live/.test(await page.locator('#out').textContent()); tries++) {
        await page.click('#out a'); // "Look again"
    }
    const live = await asReader(await page.locator('#out a').getAttribute('href'));
    assert.equal(live.status, 200);
    await page.context().close();
}

async function typing() {
    const context = editor.context();
    const story = await newStory(editor, 'Killed while typing');
    await type(editor, 'Before the end.');
    const gone = killOffice();
    await editor.keyboard.type(' While it is dead.');
    await gone;
    await editor.keyboard.type(' After it came back.');
    await kept(editor);
    // The tab, a moment after the last key: nothing more of it reaches the office.
    await context.setOffline(true);
    await editor.keyboard.type(' Only in the browser.');
    await editor.waitForTimeout(400);
    await crash(editor);
    await context.setOffline(false);
    editor = await openedAgain(context, story, 'Only in the browser.');
    assert.match(await text(editor).textContent(),
        /Before the end\. While it is dead\. After it came back\. Only in the browser\./);
}

// At several moments of the request: on its way, at work, answered.
async function saving() {
    const context = editor.context();
    for (const moment of [0, 5, 30]) {
        const words = `Saved and killed after ${moment}.`;
        const story = await newStory(editor, `Killed while saving, ${moment}`);
        await type(editor, words);
        await editor.click('#story-form button.strong', { noWaitAfter: true });
        await new Promise((resolve) => setTimeout(resolve, moment));
        await killOffice();
        await crash(editor);
        editor = await openedAgain(context, story, words);
        await editor.click('#story-form button.strong');
        await editor.waitForURL(/done=(saved|merged)/);
        assert.ok((await text(editor).textContent()).includes(words));
    }
}

// It is out or it is not, and what is out is whole; once more is enough.
async function publishing() {
    const context = editor.context();
    for (const moment of [0, 5, 30]) {
        const words = `Published and killed after ${moment}.`;
        const story = await newStory(editor, `Killed while publishing, ${moment}`);
        await type(editor, words);
        await editor.click('#story-form button.strong');
        await editor.waitForURL(/done=saved/);
        await editor.click('form[action$="/publish"] button', { noWaitAfter: true });
        await new Promise((resolve) => setTimeout(resolve, moment));
        await killOffice();
        await crash(editor);
        editor = await openedAgain(context, story, words);
        if (await editor.locator('form[action$="/publish"]').count() > 0) {
            await editor.click('form[action$="/publish"] button');
            await editor.locator('#out', { hasText: /Live/ }).waitFor({ timeout: patience(20000) });
        }
        const address = await editor.locator('.story-top a').first().getAttribute('href');
        let live = await asReader(address);
        for (let tries = 0; tries < patience(200) && live.status !== 200; tries++) { // out before the kill: the press is at work
            await new Promise((resolve) => setTimeout(resolve, 100));
            live = await asReader(address);
        }
        assert.equal(live.status, 200);
        assert.ok((await live.text()).includes(words));
        assert.match(await editor.locator('.story-top').textContent(), /published/);
    }
    await context.close();
}

// Who closes the page is gone for colleagues, without waiting for the next beat.
async function leaving() {
    const reporter = await signedIn('reporter');
    const story = await newStory(reporter, 'Left at once');
    await type(reporter, 'One.');
    await kept(reporter);
    await editor.goto(at.office + story);
    const here = async (words) => {
        await type(editor, words);
        await kept(editor);
        return (await editor.locator('#keep-here').textContent()).trim();
    };
    assert.notEqual(await here('Two.'), '');
    await reporter.goto(`${at.office}/stories`);
    let others = 'somebody';
    for (let tries = 0; tries < patience(20) && others !== ''; tries++) {
        await editor.locator('#keep-status', { hasText: /Kept/ }).waitFor();
        others = await here('.');
    }
    assert.equal(others, '');
    await reporter.context().close();
}

async function end() {
    const gone = new Promise((resolve) => supervisor.once('exit', resolve));
    supervisor.kill('SIGTERM');
    await gone;
}

run([
    ['office killed: the live address is shown when readers can open it', published],
    ['office killed: the same without script', publishedPlain],
    ['office killed: while somebody types, and the tab after it', typing],
    ['office killed: while somebody saves', saving],
    ['office killed: a page that is closed says so', leaving],
    ['office killed: while somebody publishes', publishing],
    ['office killed: the newsroom ends', end],
]);
