// The office's part of screenshots.js: office-ROLE-PAGE-WIDTH[-dark].png, and office-ROLE-PAGE-LANGUAGE-WIDTH.png of some.
// Every page that a person of that role can open, in a newsroom where something has happened.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { assert, kolokol, temporary } = require('./harness.js');
const giving = require('./giving.js');
const { at, code, openOffice, signedIn, tab } = require('./office.js');
const { scriptless } = require('./served.js');
const { kept, save, type } = require('./writing.js');

// What each role opens; {story} and the like are found in the newsroom. Pages of all are the reporter's.
const PAGES = {
    reporter: ['', 'stories', 'stories/new', 'stories/{story}', 'account', 'account/second-factor', 'account/tokens'],
    editor: ['', 'stories', 'stories/{story}', 'stories/{draft}', 'stories/{draft}/discard', 'stories/{draft}/unsaved/{reporter}',
        'stories/{story}/preview', 'stories/{story}/history', 'stories/{story}/history/2', 'stories/{story}/reading',
        'stories/{story}/translation', 'stories/{story}/out', 'stories/{live}/live', 'stories/{live}/live/{entry}',
        'stories/calendar', 'pictures', 'pictures/{picture}', 'paper', 'front', 'front/1', 'topics', 'topics/{topic}',
        'authors', 'authors/{author}', 'pages', 'redirects', 'newsletters', 'newsletters/new', 'newsletters/{newsletter}',
        'issues/{issue}', 'issues/{issue}/send'],
    chief: ['', 'sections', 'sections/{section}', 'settings', 'settings/languages', 'erasures', 'erasures/name',
        'stories/{story}/take-down', 'theme', 'theme/story.mustache', 'theme/story.mustache/look', 'audit', 'lock'],
    fundraiser: ['', 'campaigns', 'campaigns/new', 'campaigns/{campaign}', 'gifts'],
    admin: ['', 'staff', 'staff/1', 'staff/tokens', 'jobs', 'outbox', 'outbox/{mail}', 'paper'],
};
const TONGUES = { ar: { editor: ['', 'stories', 'stories/{draft}', 'front', 'pictures'], chief: ['settings'], admin: ['', 'jobs'] },
    ru: { editor: ['', 'stories', 'stories/{draft}', 'front'], chief: ['settings'], admin: ['staff'] } };

const nameOf = (role, page) => `office-${role}-${page.replace(/[{}]/g, '').replace(/\//g, '-') || 'today'}`;

class OfficeCamera {
    constructor(folder, wanted) {
        Object.assign(this, { folder, wanted, count: 0 });
    }

    // A page at both widths, in light and, if asked, in dark; without a place what the tab shows.
    async take(page, name, place = null, schemes = ['light', 'dark']) {
        for (const width of [390, 1280]) {
            const files = schemes.map((colorScheme) => [colorScheme, `${name}-${width}${colorScheme === 'dark' ? '-dark' : ''}`])
                .filter(([, file]) => this.wanted.test(file));
            if (files.length === 0) {
                continue;
            }
            await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
            if (place !== null) {
                const reply = await page.goto(`${at.office}/${place}`);
                assert.ok(reply.status() < 400 || name.startsWith('office-door'), `${place}: ${reply.status()}`);
                await page.waitForTimeout(300); // the editor, small pictures, who is here
            }
            for (const [colorScheme, file] of files) {
                await page.emulateMedia({ colorScheme });
                await page.screenshot({ path: path.join(this.folder, `${file}.png`), fullPage: true });
                this.count++;
            }
        }
    }
}

// Before there is a session: the door, and what the first administrator goes through.
async function atTheDoor(camera) {
    const stranger = await tab();
    const admin = await tab();
    for (const place of ['sign-in', 'forgot', 'link/0123456789abcdef0123456789abcdef']) {
        await camera.take(stranger, `office-door-${place.replace(/\/.*/, '')}`, place);
    }
    await admin.goto(at.links['first admin']);
    await camera.take(admin, 'office-door-first');
    await admin.locator('#name').fill('Ada Admin');
    await admin.locator('#email').fill('ada@harbour-bell.example');
    await admin.locator('#new').fill('correct horse battery');
    await admin.locator('button.strong').click();
    await camera.take(admin, 'office-door-second-factor');
    await admin.locator('#code').fill(code(await admin.locator('code').textContent()));
    await admin.locator('button.strong').click();
    await camera.take(admin, 'office-door-recovery');
    return admin;
}

// ---- Something has happened ------------------------------------------------------------------------------------

async function read(times) {
    for (let i = 0; i < times; i++) { // a browser each: what one has fetched already it does not ask for again
        const reader = await scriptless();
        await reader.goto(at.paper);
        await reader.locator('main h2 a').first().click();
        await reader.waitForTimeout(i + 1 < times ? 0 : 2500); // the stand tells once a second
        await reader.context().close();
    }
}

// The last part of the first such link on a page, with what is asked after it.
const first = async (page, place, selector) => {
    await page.goto(`${at.office}/${place}`);
    const found = page.locator(selector).first();
    return await found.count() === 0 ? '0' : /[^/]+$/.exec(await found.getAttribute('href'))[0];
};

async function storiesOf(editor) {
    const story = await first(editor, 'stories?words=ferry+crews', 'table.stories a');
    await editor.goto(`${at.office}/stories/${story}`);
    await type(editor, 1, ' The company says that it will talk on Monday.');
    await save(editor);
    await editor.locator('#passage').fill('talk on Monday');
    await editor.locator('#comment').fill('Who says so? Ask the union as well.');
    await editor.locator('form[action$=comment] button').click();
    await editor.goto(`${at.office}/stories/new`);
    await editor.locator('#title').fill('What the harbour master did not say');
    await editor.locator('main button.strong').click();
    await type(editor, 0, 'He did not say much.');
    await save(editor);
    const draft = /\d+/.exec(new URL(editor.url()).pathname)[0];
    await editor.locator('#assignee').selectOption({ index: 2 });
    await editor.locator('#due').fill('2026-01-02T12:00');
    await editor.locator('form[action$=task] button').click();
    const live = await first(editor, 'stories?words=dockside+vote', 'table.stories a');
    return { story, draft, live, entry: await first(editor, `stories/${live}/live`, 'main a[href*="/live/"]') };
}

// What a colleague has typed and not saved, and a link for somebody outside.
async function unfinished({ editor, reporter }, found) {
    await reporter.goto(`${at.office}/stories/${found.draft}`);
    await type(reporter, 0, ' And went home.');
    await kept(reporter);
    await reporter.goto(`${at.office}/stories`);
    const staff = kolokol('-C', at.newsroom, 'staff', 'list', '--json').trim().split('\n').map((line) => JSON.parse(line));
    found.reporter = staff.find((person) => person.role === 'reporter' && person.state === 'active').id;
    await editor.goto(`${at.office}/stories/${found.draft}/reading`);
    await editor.locator('#name').fill('A lawyer');
    await editor.locator('form:has(#name) button.strong').click();
    found.reading = /read\/[\w-]{20,}/.exec(await editor.locator('.token code').textContent())[0];
}

// Where a name stands, before it is withheld.
async function looked(camera, chief) {
    await chief.goto(`${at.office}/erasures/name`);
    await chief.locator('#names').fill('Vera Lind');
    await chief.getByRole('button', { name: 'See where it stands' }).click();
    await chief.locator('#where').waitFor();
    await camera.take(chief, 'office-chief-erasures-name-look');
}

// Two readers give.
async function gave() {
    const reader = await scriptless();
    await reader.goto(at.paper);
    const story = new URL(await reader.locator('main h2 a').first().getAttribute('href'), reader.url()).href;
    for (const [frequency, other, address] of [['once', '40', 'ana@example.org'], ['monthly', '', 'ben@example.org']]) {
        await giving.choose(reader, story, frequency, other);
        await giving.pay(reader, address);
    }
    await reader.context().close();
}

// A letter to somebody, an issue, an order are there already.
async function happened(tabs) {
    const { admin, editor, chief } = tabs;
    await read(15);
    await gave();
    await admin.goto(`${at.office}/staff`);
    await admin.locator('#name').fill('Boris Ilyin');
    await admin.locator('#email').fill('boris@harbour-bell.example');
    await admin.locator('main button.strong').first().click();
    const found = await storiesOf(editor);
    await unfinished(tabs, found);
    const file = path.join(temporary('story'), 'gone.md');
    fs.writeFileSync(file, '---\ntitle: A story that must go\nstatus: published\n---\nIt names a child.\n');
    const gone = /\d+/.exec(kolokol('-C', at.newsroom, 'story', 'add', file))[0];
    await chief.goto(`${at.office}/stories/${gone}/take-down`);
    await chief.locator('#reason').fill('It names a child.');
    await chief.locator('#confirm').fill(gone);
    await chief.locator('form:has(#confirm) button').last().click();
    found.newsletter = await first(editor, 'newsletters', 'main a[href^="/newsletters/"]:not([href$=new])');
    await editor.goto(`${at.office}/newsletters/${found.newsletter}`);
    await editor.locator('form[action$=compose] button').first().click();
    found.issue = /\d+/.exec(new URL(editor.url()).pathname)?.[0] || '1';
    kolokol('-C', at.newsroom, 'worker', '--lane', 'slow', '--until-idle');
    return { ...found, picture: await first(editor, 'pictures', '.pictures a'), topic: await first(editor, 'topics', 'tbody th a'),
        author: await first(editor, 'authors', 'tbody th a'),
        section: await first(chief, 'sections', 'tbody th a'), mail: await first(admin, 'outbox', 'main a[href^="/outbox/"]'),
        campaign: await first(tabs.fundraiser, 'campaigns', 'tbody th a') };
}

async function shootOffice(folder, wanted = /./) {
    const camera = new OfficeCamera(folder, wanted);
    await openOffice({ serve: true });
    const tabs = { admin: await atTheDoor(camera) };
    for (const role of ['reporter', 'editor', 'chief', 'fundraiser']) {
        tabs[role] = await signedIn(role);
    }
    const found = await happened(tabs);
    const place = (page) => page.replace(/\{(\w+)\}/g, (all, name) => found[name]);
    for (const [role, pages] of Object.entries(PAGES)) {
        for (const page of pages) {
            await camera.take(tabs[role], nameOf(role, page), place(page));
        }
    }
    await camera.take(await tab(), 'office-door-read', found.reading);
    await looked(camera, tabs.chief);
    for (const [locale, roles] of Object.entries(TONGUES)) {
        for (const [role, pages] of Object.entries(roles)) {
            const context = await tabs[role].context().browser().newContext({ locale, storageState: await tabs[role].context().storageState() });
            const foreign = await context.newPage();
            for (const page of pages) {
                await camera.take(foreign, `${nameOf(role, page)}-${locale}`, place(page), ['light']);
            }
            await context.close();
        }
    }
    return camera.count;
}

module.exports = { shootOffice };
